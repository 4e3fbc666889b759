import type { LedgerEntry } from './ledger';
import { type FieldKind, type FieldName, ledgerFields } from './ledgerFields';

/** More tokens than any request has, few enough that sums over millions of rows fit into 64 bits. */
const mostTokens = 2 ** 40;
/** $100,000: no request costs as much. */
const mostPico = 100_000n * 10n ** 12n;

/**
 * `row` without figures that cannot be true: out of range is unknown, and a cost that is unknown is not
 * billed. A reservation beyond the range holds the most there is: it must never hold less. Figures are
 * checked where they are read; this is the ledger's own door, for those that come another way.
 */
export function withinBounds<Row extends Partial<LedgerEntry>>(row: Row): Row {
  const changes: { [Name in FieldName]?: LedgerEntry[Name] } = {};
  for (const name of Object.keys(row) as FieldName[]) {
    const value = row[name];
    if (value === undefined || isInRange(ledgerFields[name]?.kind, value)) continue;
    if (name === 'maxTokens') changes.maxTokens = mostTokens;
    else if (name === 'reservedPico') changes.reservedPico = mostPico;
    else changes[name] = undefined;
    if (name === 'costPico') changes.costState = 'unknown';
  }
  return Object.keys(changes).length === 0 ? row : { ...row, ...changes };
}

/** `entry` with nothing that the file could refuse: what happened stays, what it cost is unknown. */
export function withoutFigures(entry: LedgerEntry): LedgerEntry {
  const { costState, startedAt, maxTokens, ...rest } = entry;
  const kept = Object.entries(rest).filter(([name]) => {
    const { kind } = ledgerFields[name as FieldName];
    return kind === 'text' || kind === 'flag';
  });
  const isOver = entry.outcome !== 'started' && costState !== 'pending';
  const required = { startedAt, maxTokens: Math.min(maxTokens, mostTokens) };
  return {
    ...(Object.fromEntries(kept) as unknown as LedgerEntry),
    ...required,
    costState: isOver ? 'unknown' : costState,
  };
}

function isInRange(kind: FieldKind | undefined, value: unknown): boolean {
  switch (kind) {
    case 'count':
      return Number(value) >= 0 && Number(value) <= mostTokens;
    case 'usd':
      return typeof value === 'bigint' && value >= 0n && value <= mostPico;
    case 'time':
    case 'duration':
    case 'code':
      return Number.isSafeInteger(Math.round(Number(value)));
    default:
      return true;
  }
}
