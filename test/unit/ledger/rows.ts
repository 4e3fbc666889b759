import type { LedgerDraft, LedgerPatch } from '../../../src/core/ledger/ledger';
import { estimatorVersion } from '../../../src/core/money/estimate';

let made = 0;

/** A draft with only what must be there, but for `fields`; every one has a new id. */
export function draft(fields: Partial<LedgerDraft> = {}): LedgerDraft {
  made += 1;
  return {
    id: `R${String(made).padStart(8, '0')}`,
    startedAt: 1_000,
    origin: 'command',
    action: 'explain',
    requestedModel: 'vendor/model',
    maxTokens: 100,
    estimator: estimatorVersion,
    ...fields,
  };
}

/** The update that ends a request with a bill. */
export function billed(costPico: bigint, fields: Partial<LedgerPatch> = {}): LedgerPatch {
  return { outcome: 'completed', costState: 'billed', costPico, endedAt: 2_000, ...fields };
}

/** The update that ends a request whose cost only `/generation` can tell. */
export function unsettled(fields: Partial<LedgerPatch> = {}): LedgerPatch {
  return { outcome: 'cancelled', costState: 'pending', generationId: 'gen-1', endedAt: 2_000, ...fields };
}
