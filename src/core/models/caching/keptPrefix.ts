import type { Turn } from '../../chat/conversation';
import type { Usage } from '../../money/usage';
import { leftTokens } from './cacheTrials';

/** The last request of a conversation that asked one model, and what it left in its provider's cache. */
export interface KeptPrefix {
  readonly provider: string;
  /** Epoch ms. */
  readonly startedAtMs: number;
  /** Tokens that can be read while the cache is warm. */
  readonly leftTokens: number;
  /** All that was sent, as the provider counted it. */
  readonly promptTokens: number;
  /** Its answer, as the provider counted it, without reasoning; undefined when it was not told. */
  readonly answerTokens?: number;
  /** What the answer before it and its own question added, as the provider counted it, and that answer's tokens. */
  readonly growth?: { readonly tokens: number; readonly answerTokens: number };
  /** How many messages of the next request it sent already; its answer is the next one. */
  readonly sentMessages: number;
  /** How many requests of the conversation asked this model, this one included. */
  readonly asked: number;
}

/**
 * What the last turn of `history` that asked `model` left in a cache; undefined when none did, or when that is
 * not known. Messages are those of `toMessages`: the system prompt, then two for each turn.
 */
export function keptPrefix(history: readonly Turn[], model: string): KeptPrefix | undefined {
  const index = history.findLastIndex(turn => turn.sent.parameters.model === model);
  const turn = history[index];
  const { usage, provider } = turn?.answer ?? {};
  if (!turn || provider === undefined || usage?.promptTokens === undefined) return undefined;
  const { promptTokens, cachedTokens, cacheWriteTokens } = usage;
  const row = { requestedModel: model, provider, startedAt: turn.startedAtMs, promptTokens };
  return {
    provider,
    startedAtMs: turn.startedAtMs,
    leftTokens: leftTokens({ ...row, cachedTokens, cacheWriteTokens }),
    promptTokens,
    answerTokens: answerTokens(usage),
    growth: growth(history[index - 1], turn),
    sentMessages: 2 + 2 * index,
    asked: history.filter(({ sent }) => sent.parameters.model === model).length,
  };
}

function answerTokens({ completionTokens, reasoningTokens = 0 }: Usage): number | undefined {
  return completionTokens === undefined ? undefined : Math.max(0, completionTokens - reasoningTokens);
}

/** Known where both turns asked the same model. */
function growth(before: Turn | undefined, turn: Turn): KeptPrefix['growth'] {
  const [first, second] = [before?.answer.usage, turn.answer.usage];
  const answer = first && answerTokens(first);
  if (before?.sent.parameters.model !== turn.sent.parameters.model || answer === undefined) return undefined;
  const tokens = (second?.promptTokens ?? 0) - (first?.promptTokens ?? 0);
  return first?.promptTokens !== undefined && tokens > 0 ? { tokens, answerTokens: answer } : undefined;
}
