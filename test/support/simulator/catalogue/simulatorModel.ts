import { toCatalogueModel } from './row';
import type { CatalogueModel } from './wireModel';

/** The provider behind `simulator/…`: one that stops billing when a stream is aborted. */
export const simulatorProvider = 'DeepInfra';

/** `simulator/<fault or answer>`: not in `/models`, priced at $1 and $2 per million tokens. */
export function simulatorModel(id: string): CatalogueModel {
  return toCatalogueModel({
    id,
    name: `Simulator: ${id.slice('simulator/'.length)}`,
    created: 1767225600,
    about: 'Behaves as its name says.',
    context: 1_000_000,
    maxOutput: 500_000,
    pricing: { prompt: '0.000001', completion: '0.000002', input_cache_read: '0.0000001' },
    tokenizer: 'Other',
    providers: [
      simulatorProvider,
      {
        provider: 'Fireworks',
        pricing: { prompt: '0.000003', completion: '0.000004', input_cache_read: '0.0000003' },
      },
    ],
  });
}
