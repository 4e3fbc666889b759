import { assertNever } from '../base/assertNever';
import { knownFields } from '../base/knownFields';
import type { Cost } from '../money/cost';
import type { SentEstimate } from '../money/sentEstimate';
import { mergeUsage, type Usage } from '../money/usage';
import type { ChatEvent, Ending, Outcome } from './chatClient';
import type { Failure } from './failure';
import { mergeRouting, type Routing } from './routing';

export type AnswerStatus = 'streaming' | Outcome;

/** What one request has given so far. Plain JSON: it crosses to the page and to disk. */
export interface Answer {
  readonly status: AnswerStatus;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly { readonly name: string; readonly arguments: string }[];
  readonly citations: readonly { readonly url: string; readonly title?: string }[];
  readonly imageCount: number;
  readonly servedModel?: string;
  readonly provider?: string;
  readonly generationId?: string;
  /** What OpenRouter told of how it handled the request; undefined while it has told nothing. */
  readonly routing?: Routing;
  readonly finishReason?: string;
  readonly nativeFinishReason?: string;
  /** While it streams what was reported so far; after the end the bill's own, undefined when none came. */
  readonly usage?: Usage;
  /** `usage` came before the model had finished: it may be counted on, and is no bill. */
  readonly isUsageRunning?: boolean;
  /** Undefined until the request ends. */
  readonly cost?: Cost;
  readonly ending?: Ending;
  /** The wait before the next try; undefined while bytes flow. */
  readonly retry?: {
    readonly attempt: number;
    readonly delayMs: number;
    readonly atMs: number;
    readonly failure: Failure;
  };
}

/** What can happen to an answer: the client's events, and the price when it is worked out or settled. */
export type AnswerEvent =
  | ChatEvent
  | { readonly type: 'cost'; readonly cost: Cost; readonly usage?: Usage }
  /** The list of models came after the request had left: what it was expected to cost is known only now. */
  | { readonly type: 'priced'; readonly estimate: SentEstimate }
  /** What a request cost that had ended without saying so became known, or was given up. `usage` may be a part. */
  | {
      readonly type: 'settled';
      readonly cost: Cost;
      readonly usage: Usage;
      readonly finishReason?: string;
      readonly model?: string;
      readonly provider?: string;
      readonly routing?: Routing;
    };

export const emptyAnswer: Answer = {
  status: 'streaming',
  text: '',
  reasoning: '',
  toolCalls: [],
  citations: [],
  imageCount: 0,
};

/** The one place that turns events into state; host and page both use it, so they cannot differ. */
export function reduceAnswer(answer: Answer, event: AnswerEvent): Answer {
  switch (event.type) {
    case 'retrying': {
      const { type: _, ...retry } = event;
      return { ...answer, retry };
    }
    case 'accepted':
    case 'served':
      return {
        ...answer,
        retry: undefined,
        servedModel: (event.type === 'served' ? event.model : undefined) ?? answer.servedModel,
        provider: event.provider ?? answer.provider,
        generationId: event.generationId ?? answer.generationId,
      };
    case 'reasoning':
      return { ...answer, reasoning: answer.reasoning + event.text };
    case 'text':
      return { ...answer, text: answer.text + event.text };
    case 'toolCall':
      return {
        ...answer,
        toolCalls: [...answer.toolCalls, { name: event.name, arguments: event.arguments }],
      };
    case 'image':
      return { ...answer, imageCount: answer.imageCount + 1 };
    case 'citation':
      return { ...answer, citations: [...answer.citations, { url: event.url, title: event.title }] };
    case 'usage':
      return {
        ...answer,
        usage: mergeUsage(answer.usage, event.usage),
        isUsageRunning: answer.finishReason === undefined ? true : undefined,
      };
    case 'routing':
      return { ...answer, routing: mergeRouting(answer.routing, event.routing) };
    case 'finish':
      return {
        ...answer,
        finishReason: event.finishReason ?? answer.finishReason,
        nativeFinishReason: event.nativeFinishReason ?? answer.nativeFinishReason,
      };
    case 'cost':
      return { ...answer, cost: event.cost, usage: event.usage ?? answer.usage };
    case 'settled':
      return {
        ...answer,
        cost: event.cost,
        usage: { ...answer.usage, ...knownFields(event.usage) },
        finishReason: answer.finishReason ?? event.finishReason,
        servedModel: answer.servedModel ?? event.model,
        provider: answer.provider ?? event.provider,
        // The answer's own word tells more of it.
        routing: event.routing ? mergeRouting(event.routing, answer.routing ?? {}) : answer.routing,
      };
    case 'priced':
      return answer;
    case 'ended':
      return {
        ...answer,
        status: event.ending.outcome,
        ending: event.ending,
        retry: undefined,
        usage: isBill(answer, event.ending) ? answer.usage : undefined,
        isUsageRunning: undefined,
      };
    default:
      return assertNever(event);
  }
}

/**
 * Usage is the bill only of an answer that has ended well, and only when it came after the model had finished:
 * before, some servers count along. An answer that is whole without a finish reason has said so by its own end,
 * and what was counted until then covers it. Without a generation id nobody can be asked: it is the best there is.
 */
function isBill({ isUsageRunning, finishReason, generationId }: Answer, { outcome }: Ending): boolean {
  const isEndedWell = outcome === 'completed' || outcome === 'truncated';
  return isEndedWell && (!isUsageRunning || finishReason === undefined || generationId === undefined);
}

/** Output tokens per second after the first token; undefined when it cannot be known. */
export function tokensPerSecond(answer: Answer): number | undefined {
  const tokens = answer.usage?.completionTokens;
  const { ttftMs, durationMs, retriedMs = 0 } = answer.ending ?? {};
  if (tokens === undefined || ttftMs === undefined || durationMs === undefined) return undefined;
  const streamedMs = durationMs - retriedMs - ttftMs;
  return streamedMs > 0 && tokens > 1 ? (tokens * 1000) / streamedMs : undefined;
}
