import { knownFields } from '../knownFields';
import type { LedgerEntry, LedgerPatch } from '../money/ledger';

/** `entry` with what `patch` knows; an absent field stays as it was. */
export function patched(entry: LedgerEntry, patch: LedgerPatch): LedgerEntry {
  return { ...entry, ...knownFields(patch) };
}
