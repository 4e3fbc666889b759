import { assertNever } from '../base/assertNever';
import { knownFields } from '../base/knownFields';
import type { Cost } from '../money/cost';
import type { SentEstimate } from '../money/sentEstimate';
import { mergeUsage, type Usage } from '../money/usage';
import { type AnswerImage, mostAnswerImages } from './answerImage';
import { type AnswerPart, settlePart } from './answerParts';
import type { ChatEvent, Ending, Outcome } from './chatClient';
import { type Failure, isUnsent } from './failure';
import { mergeRouting, type Routing } from './routing';
import type { Spending } from './spending';

export type AnswerStatus = 'streaming' | Outcome;

/**
 * What a request has given so far, or several that went on from each other: their texts are one, the figures those of
 * the last. Plain JSON: it crosses to the page and to disk.
 */
export interface Answer {
  readonly status: AnswerStatus;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly { readonly name: string; readonly arguments: string }[];
  readonly citations: readonly { readonly url: string; readonly title?: string }[];
  /** All that the answer holds. */
  readonly imageCount: number;
  /** The first of them, at most {@link mostAnswerImages}; undefined in what older versions kept. */
  readonly images?: readonly AnswerImage[];
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
  /** The requests that the last one goes on from, in order; undefined when it goes on from none. */
  readonly earlier?: readonly AnswerPart[];
  /** The ledger row of the last request; undefined: the turn's own. */
  readonly requestId?: string;
  /** What it costs so far, and may cost; undefined when nothing limits it, and after the end. */
  readonly spending?: Spending;
  /** The user is content with an answer that is not whole: it is not offered to go on. */
  readonly isKept?: boolean;
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
  /** Another request goes on with the answer. `from` is the ledger row of the last one. */
  | { readonly type: 'continued'; readonly from: string; readonly requestId: string }
  | { readonly type: 'spent'; readonly spending: Spending }
  | { readonly type: 'kept' }
  /** What a request cost that had ended without saying so became known, or was given up. `usage` may be a part. */
  | {
      readonly type: 'settled';
      /** Its ledger row; undefined: that of the last request. */
      readonly requestId?: string;
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
    case 'retrying':
      return { ...answer, retry: retryOf(event) };
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
      return withImage(answer, event.image);
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
      return settled(answer, event);
    case 'continued':
      return continued(answer, event.from, event.requestId);
    case 'spent':
      return { ...answer, spending: event.spending };
    case 'kept':
      return { ...answer, isKept: true };
    case 'priced':
    case 'counted':
    case 'received':
      return answer;
    case 'ended':
      return {
        ...answer,
        status: event.ending.outcome,
        ending: event.ending,
        retry: undefined,
        usage: isBill(answer, event.ending) ? answer.usage : undefined,
        isUsageRunning: undefined,
        spending: undefined,
      };
    default:
      return assertNever(event);
  }
}

function withImage(answer: Answer, image: AnswerImage | undefined): Answer {
  const { images = [], imageCount } = answer;
  const isKept = image !== undefined && images.length < mostAnswerImages;
  return { ...answer, imageCount: imageCount + 1, ...(isKept && { images: [...images, image] }) };
}
const retryOf = ({ type: _, ...retry }: Extract<ChatEvent, { type: 'retrying' }>): Answer['retry'] => retry;

type Settled = Extract<AnswerEvent, { type: 'settled' }>;

function settled(answer: Answer, event: Settled): Answer {
  const settle = <Known extends Pick<Answer, 'usage' | 'finishReason' | 'servedModel' | 'provider'>>(
    known: Known,
  ): Known => ({
    ...known,
    cost: event.cost,
    usage: { ...known.usage, ...knownFields(event.usage) },
    finishReason: known.finishReason ?? event.finishReason,
    servedModel: known.servedModel ?? event.model,
    provider: known.provider ?? event.provider,
  });
  const earlier = settlePart(answer.earlier ?? [], event.requestId, settle);
  if (earlier) return { ...answer, earlier };
  // The answer's own word tells more of it.
  const routing = event.routing ? mergeRouting(event.routing, answer.routing ?? {}) : answer.routing;
  return { ...settle(answer), routing };
}

/** The answer as the request that goes on with it finds it: its texts stay, its figures become those of a part. */
function continued(answer: Answer, from: string, requestId: string): Answer {
  const { text, reasoning, toolCalls, citations, imageCount, images, earlier = [], status, ending } = answer;
  const { servedModel, provider, generationId, finishReason, usage, cost } = answer;
  const part: AnswerPart = {
    requestId: from,
    outcome: status === 'streaming' ? 'interrupted' : status,
    textEnd: text.length,
    reasoningEnd: reasoning.length,
    ...knownFields({ servedModel, provider, generationId, finishReason, usage, cost }),
  };
  // A request that never left has no row and no cost.
  const parts = isUnsent(ending?.failure?.kind) ? earlier : [...earlier, part];
  return {
    ...emptyAnswer,
    text,
    reasoning,
    toolCalls,
    citations,
    imageCount,
    ...(images && { images }),
    earlier: parts,
    requestId,
  };
}

/** `next`, with what became known since of the costs of its earlier requests: `shown` has it. */
export function keepSettled(next: Answer, shown: Answer | undefined): Answer {
  const isSame = shown?.earlier && next.earlier && shown.requestId === next.requestId;
  return isSame ? { ...next, earlier: shown.earlier } : next;
}

/** Where the text and the reasoning of the last request begin, in UTF-16 units. */
export function partStart({ earlier }: Answer): Pick<AnswerPart, 'textEnd' | 'reasoningEnd'> {
  return earlier?.at(-1) ?? { textEnd: 0, reasoningEnd: 0 };
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
