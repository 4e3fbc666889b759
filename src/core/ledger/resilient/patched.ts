import { knownFields } from '../../base/knownFields';
import type { LedgerEntry, LedgerPatch } from '../ledger';

/** `entry` with what `patch` knows; an absent field stays as it was. */
export function patched(entry: LedgerEntry, patch: LedgerPatch): LedgerEntry {
  return { ...entry, ...knownFields(patch) };
}
