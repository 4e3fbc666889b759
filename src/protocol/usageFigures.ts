import type { LedgerEntry } from '../core/ledger/ledger';
import type { UsageTotals } from '../core/ledger/ledgerQueries';
import { formatPico, type Pico, parsePico } from '../core/money/pico';

type PicoTotal = 'spentPico' | 'estimatedPico' | 'heldPico';
type PicoColumn = 'reservedPico' | 'costPico' | 'upstreamPico';
/** What only the details of one row need. */
type DetailText = 'prompt' | 'answer' | 'costParts';

/** {@link UsageTotals} as messages carry them: amounts are USD, decimal text. */
export interface TotalsFigures extends Omit<UsageTotals, PicoTotal> {
  readonly spentUsd: string;
  readonly estimatedUsd: string;
  readonly heldUsd: string;
}

/** A row of the ledger as messages carry it, without what only its details show. */
export interface UsageRow extends Omit<LedgerEntry, PicoColumn | DetailText> {
  readonly reservedUsd?: string;
  readonly costUsd?: string;
  readonly upstreamUsd?: string;
}

export function toTotalsFigures(totals: UsageTotals): TotalsFigures {
  const { spentPico, estimatedPico, heldPico, ...counts } = totals;
  return {
    ...counts,
    spentUsd: formatPico(spentPico),
    estimatedUsd: formatPico(estimatedPico),
    heldUsd: formatPico(heldPico),
  };
}

/** The way back, for sums and for wording. */
export function fromTotalsFigures({
  spentUsd,
  estimatedUsd,
  heldUsd,
  ...counts
}: TotalsFigures): UsageTotals {
  return {
    ...counts,
    spentPico: toPico(spentUsd),
    estimatedPico: toPico(estimatedUsd),
    heldPico: toPico(heldUsd),
  };
}

export function toUsageRow(entry: LedgerEntry): UsageRow {
  const { reservedPico, costPico, upstreamPico, ...others } = entry;
  const { prompt: _prompt, answer: _answer, costParts: _costParts, ...rest } = others;
  return {
    ...rest,
    reservedUsd: toUsd(reservedPico),
    costUsd: toUsd(costPico),
    upstreamUsd: toUsd(upstreamPico),
  };
}

/** Text of our own making, which is known to be a number. */
export const toPico = (usd: string): Pico => parsePico(usd) ?? 0n;

function toUsd(pico: Pico | undefined): string | undefined {
  return pico === undefined ? undefined : formatPico(pico);
}
