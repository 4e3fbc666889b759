import { fewestAnswerTokens } from '../../core/chat/chatClient';
import type { ModelOffer } from '../../core/chat/failure';

/** That a question with all that goes along does not fit into the model, and what helps. */
export interface TooMuch {
  /** So many tokens too many. */
  readonly overTokens: number;
  /** Of the model, prompt and answer together. */
  readonly contextTokens: number;
  /** Ids of what to leave out so that it fits, the largest first; empty when nothing that was added would help. */
  readonly drop: readonly string[];
  /** The cheapest models with room for it. */
  readonly larger: readonly ModelOffer[];
}

/** How many of `promptTokens` are too many for a model of `contextTokens`; undefined when they fit. */
export function tokensOver(promptTokens: number, contextTokens: number | undefined): number | undefined {
  const over = contextTokens === undefined ? 0 : promptTokens + fewestAnswerTokens - contextTokens;
  return over > 0 ? over : undefined;
}

/** What to leave out of `added` to save `overTokens`: as few as possible, the largest first. */
export function dropAdvice(
  added: readonly { readonly id: string; readonly tokens: number }[],
  overTokens: number,
): readonly string[] {
  const drop: string[] = [];
  let saved = 0;
  for (const { id, tokens } of [...added].sort((a, b) => b.tokens - a.tokens)) {
    if (saved >= overTokens) break;
    drop.push(id);
    saved += tokens;
  }
  if (saved < overTokens) return [];
  // A smaller one may do where only the last of them was needed.
  const last = drop.at(-1);
  const withoutLast = saved - (added.find(({ id }) => id === last)?.tokens ?? 0);
  const enough = added
    .filter(({ id, tokens }) => !drop.includes(id) && withoutLast + tokens >= overTokens)
    .sort((a, b) => a.tokens - b.tokens)[0];
  return enough ? [...drop.slice(0, -1), enough.id] : drop;
}
