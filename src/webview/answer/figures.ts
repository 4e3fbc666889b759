import type { Answer } from '../../core/chat/answer';
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
export function toCostView({ cost, status }: Answer): CostView | undefined {
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

/** OpenRouter's finish reasons in plain words; providers add their own. */
const finishWords: Readonly<Record<string, string>> = {
  stop: 'finished by itself',
  length: 'hit the limit',
  tool_calls: 'asked for a tool',
  content_filter: 'stopped by a content filter',
  error: 'ended by an error',
};

export const finishInWords = (reason: string): string => finishWords[reason] ?? 'ended';
