import { randomInt } from 'node:crypto';
import type { Key } from '../account/keys';
import { contentText } from '../answers/prompt';
import {
  countTokens,
  messageOverhead,
  nativePromptTokens,
  promptOverhead,
  tokenize,
} from '../answers/tokens';
import type { Provider } from '../catalogue/providers';
import type { WireModel } from '../catalogue/wireModel';
import { isRecord } from '../http/exchange';
import type { Answer } from './answer';
import type { Strategy } from './metadata';
import { nativeReason } from './nativeReason';
import type { Route } from './routing';

/** One answer, cut into tokens and to its limit, before any of it was sent. */
export interface Generation {
  readonly id: string;
  readonly createdSeconds: number;
  readonly startedAtMs: number;
  readonly requestedModel: string;
  readonly servedAs: string;
  readonly model: WireModel;
  readonly provider: Provider;
  readonly route: Route;
  readonly strategy: Strategy;
  /** Whether `openrouter_metadata` was asked for. */
  readonly wantsMetadata: boolean;
  /** Said by the request; the answer says which tier served it. */
  readonly serviceTier?: string;
  /** In the prompt. */
  readonly images: number;
  readonly writesForAnHour: boolean;
  readonly key: Key;
  readonly isByok: boolean;
  readonly streamed: boolean;
  readonly prompt: { readonly tokens: number; readonly cached: number; readonly cacheWrite: number };
  readonly answer: Answer;
  readonly reasoning: readonly string[];
  readonly showsReasoning: boolean;
  readonly content: readonly string[];
  /** Pieces of arguments, per tool call. */
  readonly toolCalls: readonly { readonly name: string; readonly pieces: readonly string[] }[];
  readonly finishReason: string;
  readonly nativeFinishReason: string;
  readonly referer?: string;
  readonly userAgent?: string;
  readonly sessionId?: string;
}

/** Tokens generated so far; `completion` includes `reasoning`. */
export interface Progress {
  completion: number;
  reasoning: number;
}

export type GenerationSeed = Omit<
  Generation,
  'id' | 'createdSeconds' | 'reasoning' | 'content' | 'toolCalls' | 'finishReason' | 'nativeFinishReason'
>;

export function createGeneration(seed: GenerationSeed, maxTokens: number | undefined): Generation {
  const limit = Math.min(
    maxTokens ?? Number.POSITIVE_INFINITY,
    seed.route.endpoint.maxOutput ?? Number.POSITIVE_INFINITY,
  );
  const budget = new Budget(limit);
  const reasoning = budget.take(tokenize(seed.answer.reasoning ?? ''));
  const content = budget.take(tokenize(seed.answer.content));
  const toolCalls = (seed.answer.toolCalls ?? []).map(call => ({
    name: call.name,
    pieces: budget.take(tokenize(call.arguments)),
  }));
  const natural = toolCalls.length ? 'tool_calls' : 'stop';
  const finishReason = budget.isExhausted ? 'length' : (seed.answer.finishReason ?? natural);
  const createdSeconds = Math.floor(seed.startedAtMs / 1000);
  return {
    ...seed,
    id: newGenerationId(createdSeconds),
    createdSeconds,
    reasoning,
    content,
    toolCalls,
    finishReason,
    nativeFinishReason: nativeReason(seed.provider.name, finishReason),
  };
}

export const allOf = (generation: Generation): Progress => ({
  completion:
    generation.reasoning.length +
    generation.content.length +
    generation.toolCalls.reduce((sum, call) => sum + call.pieces.length, 0),
  reasoning: generation.reasoning.length,
});

/** As the model's own tokenizer counts a prompt: a few tokens per message for its frame. */
export function promptTokens(messages: readonly unknown[], tokenizer: string): number {
  const plain = messages.reduce<number>(
    (sum, message) =>
      sum + messageOverhead + (isRecord(message) ? countTokens(contentText(message.content)) : 0),
    promptOverhead,
  );
  return nativePromptTokens(plain, tokenizer);
}

class Budget {
  isExhausted = false;

  constructor(private left: number) {}

  take(tokens: readonly string[]): readonly string[] {
    if (tokens.length > this.left) this.isExhausted = true;
    const taken = tokens.slice(0, this.left);
    this.left -= taken.length;
    return taken;
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const newGenerationId = (seconds: number): string =>
  `gen-${seconds}-${Array.from({ length: 20 }, () => alphabet[randomInt(alphabet.length)]).join('')}`;
