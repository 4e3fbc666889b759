import type { LedgerEntry } from '../core/ledger/ledger';

/** How a field is kept: SQLite knows no booleans, and amounts need all 64 bits. */
type ColumnKind = 'text' | 'integer' | 'pico' | 'flag';

export type ColumnName = keyof LedgerEntry;

/** Every field of a row and how it is kept; the type makes forgetting one an error. */
export const ledgerColumns: { readonly [Name in keyof Required<LedgerEntry>]: ColumnKind } = {
  id: 'text',
  startedAt: 'integer',
  endedAt: 'integer',
  origin: 'text',
  action: 'text',
  promptId: 'text',
  workspace: 'text',
  languageId: 'text',
  requestedModel: 'text',
  servedModel: 'text',
  provider: 'text',
  generationId: 'text',
  outcome: 'text',
  finishReason: 'text',
  nativeFinishReason: 'text',
  httpStatus: 'integer',
  errorKind: 'text',
  promptTokens: 'integer',
  cachedTokens: 'integer',
  cacheWriteTokens: 'integer',
  completionTokens: 'integer',
  reasoningTokens: 'integer',
  reservedPico: 'pico',
  costPico: 'pico',
  costState: 'text',
  isByok: 'flag',
  upstreamPico: 'pico',
  ttftMs: 'integer',
  durationMs: 'integer',
  maxTokens: 'integer',
  estimatedPromptTokens: 'integer',
  compareGroup: 'text',
  prompt: 'text',
  answer: 'text',
  endpoint: 'text',
};

export const columnNames = Object.keys(ledgerColumns) as readonly ColumnName[];

/** What SQLite takes for a field's value. */
export function toSqlValue(name: ColumnName, value: unknown): string | bigint | null {
  if (value === undefined || value === null) return null;
  switch (ledgerColumns[name]) {
    case 'flag':
      return value ? 1n : 0n;
    case 'integer':
      return BigInt(Math.round(Number(value)));
    case 'pico':
      return BigInt(value as bigint);
    case 'text':
      return String(value);
  }
}

/** A row as read with big integers, as the entry it was written from. */
export function toEntry(row: Readonly<Record<string, unknown>>): LedgerEntry {
  const entry: Partial<Record<ColumnName, unknown>> = {};
  for (const name of columnNames) {
    const value = row[name];
    if (value !== null && value !== undefined) entry[name] = fromSqlValue(name, value);
  }
  return entry as unknown as LedgerEntry;
}

function fromSqlValue(name: ColumnName, value: unknown): unknown {
  switch (ledgerColumns[name]) {
    case 'flag':
      return value === 1n;
    case 'integer':
      return Number(value);
    default:
      return value;
  }
}
