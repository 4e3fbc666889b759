import type { LedgerEntry } from '../core/ledger/ledger';
import { type FieldName, fieldNames, ledgerFields } from '../core/ledger/ledgerFields';

/** What SQLite takes for a field's value: it knows no booleans, and amounts need all 64 bits. */
export function toSqlValue(name: FieldName, value: unknown): string | bigint | null {
  if (value === undefined || value === null) return null;
  switch (ledgerFields[name].kind) {
    case 'flag':
      return value ? 1n : 0n;
    case 'usd':
      return BigInt(value as bigint);
    case 'text':
      return String(value);
    default:
      return BigInt(Math.round(Number(value)));
  }
}

/** A row as read with big integers, as the entry it was written from. */
export function toEntry(row: Readonly<Record<string, unknown>>): LedgerEntry {
  const entry: Partial<Record<FieldName, unknown>> = {};
  for (const name of fieldNames) {
    const value = row[name];
    if (value !== null && value !== undefined) entry[name] = fromSqlValue(name, value);
  }
  return entry as unknown as LedgerEntry;
}

function fromSqlValue(name: FieldName, value: unknown): unknown {
  switch (ledgerFields[name].kind) {
    case 'flag':
      return value === 1n;
    case 'usd':
    case 'text':
      return value;
    default:
      return Number(value);
  }
}
