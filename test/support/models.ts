import type { Model } from '../../src/core/models/model';

/** A row of the catalogue as tests need it; each field can be replaced. */
export function makeModel(changes: Partial<Model> = {}): Model {
  return {
    id: 'acme/m1',
    name: 'Acme: M1',
    pricing: { prompt: '0.000001', completion: '0.000002' },
    inputModalities: ['text'],
    outputModalities: ['text'],
    supportedParameters: ['max_tokens'],
    ...changes,
  };
}
