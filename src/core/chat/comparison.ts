import { formatPico, type Pico, parsePico } from '../money/pico';
import { type Answer, tokensPerSecond } from './answer';
import type { Turn } from './conversation';

/** Fewer are no comparison; more do not fit side by side. */
export const fewestCompared = 2;
export const mostCompared = 6;
/** Of one model. */
export const mostEndpoints = 4;

/** What stands above one answer of a comparison: its model, and the endpoint when it is tied to one. */
export function columnName({ sent }: Turn): string {
  const { model, provider } = sent.parameters;
  const pinned = provider?.allow_fallbacks === false ? provider.only : undefined;
  return pinned?.length === 1 ? `${model} via ${pinned[0]}` : model;
}

/** The heading of a turn. */
export const turnHeading = (turn: Turn): string => (turn.group === undefined ? turn.title : columnName(turn));

/** How the answers of a comparison compare, as far as they have ended. */
export interface ComparisonSummary {
  readonly running: number;
  /** Ended with their whole answer. */
  readonly completed: number;
  readonly failed: number;
  /** What is known of the cost of all, in USD: decimal text. */
  readonly totalUsd: string;
  /** So many costs are not known, or not yet. */
  readonly openCosts: number;
  /** Of those with a whole answer and a known cost. */
  readonly cheapest?: Turn;
  /** Of those with a whole answer: it was there the soonest after it was asked for. */
  readonly fastest?: Turn;
  /** Of those with a whole answer: the longest text. */
  readonly longest?: Turn;
}

export function summarize(turns: readonly Turn[]): ComparisonSummary {
  const whole = turns.filter(({ answer }) => answer.status === 'completed');
  const sent = turns.filter(({ answer }) => answer.ending === undefined || answer.cost !== undefined);
  const costs = sent.map(({ answer }) => costOf(answer));
  const known = costs.filter(cost => cost !== undefined);
  return {
    running: turns.filter(({ answer }) => answer.status === 'streaming').length,
    completed: whole.length,
    failed: turns.filter(({ answer }) => answer.status === 'failed' || answer.status === 'interrupted')
      .length,
    totalUsd: formatPico(known.reduce((sum, cost) => sum + cost, 0n)),
    openCosts: costs.length - known.length,
    cheapest: least(whole, ({ answer }) => costOf(answer)),
    fastest: least(whole, ({ answer }) => answer.ending?.durationMs),
    longest: least(whole, ({ answer }) => -answer.text.length),
  };
}

/** Undefined while it is not known. */
export function costOf({ cost }: Answer): Pico | undefined {
  if (cost?.state === 'free') return parsePico(cost.usd ?? '0');
  return cost?.usd === undefined ? undefined : parsePico(cost.usd);
}

/** "3.2 s" is said with its speed, where that is known. */
export const speedOf = (turn: Turn): number | undefined => tokensPerSecond(turn.answer);

/** The first of those with the least figure; undefined when none has a figure, or there is nothing to compare with. */
function least<N extends number | bigint>(
  turns: readonly Turn[],
  figureOf: (turn: Turn) => N | undefined,
): Turn | undefined {
  let best: { readonly turn: Turn; readonly figure: N } | undefined;
  let count = 0;
  for (const turn of turns) {
    const figure = figureOf(turn);
    if (figure === undefined) continue;
    count += 1;
    if (best === undefined || figure < best.figure) best = { turn, figure };
  }
  return count > 1 ? best?.turn : undefined;
}
