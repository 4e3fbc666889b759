import type { KeyInfo } from '../chat/account';
import type { LedgerEntry } from '../ledger/ledger';
import { formatPico, type Pico, parsePico } from '../money/pico';
import { startOfUtcSpan, type UtcSpan } from './utcSpans';

/** This ledger beside what OpenRouter counts for the key. Amounts: USD, decimal text. */
export interface KeyComparison {
  /** The key as the server masks it. */
  readonly keyLabel?: string;
  readonly spans: readonly KeySpan[];
}

export interface KeySpan {
  readonly span: UtcSpan;
  /** Start of the span in UTC, epoch ms; it ends now. */
  readonly fromMs: number;
  readonly requests: number;
  /** What the ledger's billed and settled rows took from OpenRouter's credits. */
  readonly oursUsd: string;
  /** What the user's own providers billed beside it; the key's usage does not count it. */
  readonly upstreamUsd: string;
  /** Rows that are in no sum: estimated, pending or unknown. */
  readonly unsettled: number;
  /** `undefined`: the server did not say. */
  readonly theirsUsd?: string;
}

/** Sums of one span as they grow. */
interface Sums {
  requests: number;
  credits: Pico;
  upstream: Pico;
  unsettled: number;
}

const spans = ['day', 'week', 'month'] as const;
const theirsOf = {
  day: 'usageDailyUsd',
  week: 'usageWeeklyUsd',
  month: 'usageMonthlyUsd',
} as const satisfies Record<UtcSpan, keyof KeyInfo>;

/** The oldest moment any span needs: a week can begin in the month before. */
export function keyComparisonFromMs(nowMs: number): number {
  return Math.min(...spans.map(span => startOfUtcSpan(span, nowMs)));
}

/** `rows` are those from {@link keyComparisonFromMs} on. `undefined` when `signal` is aborted: half a sum is none. */
export async function compareWithKey(
  key: KeyInfo,
  rows: AsyncIterable<LedgerEntry>,
  nowMs: number,
  signal: AbortSignal,
): Promise<KeyComparison | undefined> {
  const sums = spans.map(span => ({ span, fromMs: startOfUtcSpan(span, nowMs), ...emptySums() }));
  for await (const entry of rows) {
    if (signal.aborted) return undefined;
    for (const sum of sums) if (entry.startedAt >= sum.fromMs) add(sum, entry);
  }
  return {
    keyLabel: key.label,
    spans: sums.map(({ span, fromMs, requests, credits, upstream, unsettled }) => ({
      span,
      fromMs,
      requests,
      oursUsd: formatPico(credits),
      upstreamUsd: formatPico(upstream),
      unsettled,
      theirsUsd: normalized(key[theirsOf[span]]),
    })),
  };
}

const emptySums = (): Sums => ({ requests: 0, credits: 0n, upstream: 0n, unsettled: 0 });

function add(sums: Sums, { costState, costPico = 0n, isByok, upstreamPico = 0n }: LedgerEntry): void {
  sums.requests += 1;
  if (costState === 'estimated' || costState === 'pending' || costState === 'unknown') {
    sums.unsettled += 1;
    return;
  }
  const upstream = isByok ? upstreamPico : 0n;
  sums.credits += costPico - upstream;
  sums.upstream += upstream;
}

function normalized(usd: string | undefined): string | undefined {
  const pico = usd === undefined ? undefined : parsePico(usd);
  return pico === undefined ? undefined : formatPico(pico);
}
