import type { Answer } from '../../core/chat/answer';
import { totalCost } from '../../core/chat/answerTotals';
import type { CombinedCost } from '../../core/money/combineCosts';
import type { CostState } from '../../core/money/cost';

export interface CostView {
  readonly state: CostState;
  readonly text: string;
  /** USD as decimal text, to the last digit; undefined when there is no figure. */
  readonly usd?: string;
  /** Shown after the state's name. */
  readonly hint?: string;
  /** True when `text` already says the state. */
  readonly isPlain: boolean;
}

/** How a cost is shown; `undefined` while there is nothing to show yet. */
export function toCostView(answer: Answer): CostView | undefined {
  const { status, earlier } = answer;
  const total = earlier && status !== 'streaming' ? totalCost(answer) : undefined;
  if (total) return totalView(total, (earlier?.length ?? 0) + 1);
  const { cost } = answer;
  if (!cost) {
    // A request that was never sent has no cost; every other ending comes with one.
    return status === 'completed' || status === 'truncated'
      ? { state: 'unknown', text: 'unknown', isPlain: true }
      : undefined;
  }
  const { state, usd } = cost;
  if (state === 'pending') return { state, text: '…', hint: ': asking OpenRouter', isPlain: false };
  if (state === 'free') return { state, text: 'Free', usd: usd ?? '0', isPlain: true };
  if (state === 'unknown' || usd === undefined) return { state: 'unknown', text: 'unknown', isPlain: true };
  return { state, text: `${state === 'estimated' ? '≈ ' : ''}$${usd}`, usd, isPlain: false };
}

/** What several requests cost together: what is not known counts apart. */
function totalView({ state, usd, pending, unknown }: CombinedCost, requests: number): CostView {
  const open = [pending > 0 ? `${pending} pending` : '', unknown > 0 ? `${unknown} unknown` : ''].filter(
    Boolean,
  );
  const known = usd === undefined ? undefined : `${state === 'estimated' ? '≈ ' : ''}$${usd}`;
  return {
    state,
    usd,
    text: [known, ...open].filter(Boolean).join(' + ') || state,
    hint: pending > 0 ? `: asking OpenRouter about ${pending} of ${requests} requests` : undefined,
    isPlain: false,
  };
}

/** An amount in three digits that count, never more than it is: `0.0497`. */
export function shortUsd(usd: string): string {
  const [shown = usd] = /^0\.0*[1-9]\d{0,2}|^\d+(?:\.\d{1,2})?/.exec(usd) ?? [];
  return shown;
}

/** OpenRouter's finish reasons in plain words; providers add their own. */
const finishWords: Readonly<Record<string, string>> = {
  stop: 'finished by itself',
  length: 'hit the limit',
  tool_calls: 'asked for a tool',
  content_filter: 'stopped by a content filter',
  error: 'ended by an error',
};

export const finishInWords = (reason: string): string => finishWords[reason] ?? 'ended';
