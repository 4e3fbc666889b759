import type { Usage } from '../money/usage';
import type { AnswerImage } from './answerImage';
import type { Failure } from './failure';
import type { RawResponse } from './rawResponse/rawResponse';
import type { RequestParameters } from './requestParameters';
import type { Routing } from './routing';
import type { Spending } from './spending';

/** An image beside the text of a message. */
export interface MessageImage {
  /** A `data:` address. */
  readonly url: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  /** Go along behind the text; undefined: none. */
  readonly images?: readonly MessageImage[];
  /** The provider is asked to keep all up to here in its prompt cache (`cache_control`). */
  readonly endsCachedPrefix?: boolean;
}

/** Some providers refuse to give a shorter answer. */
export const fewestAnswerTokens = 16;

/** One visible request: exactly what the user asked to send. */
export interface ChatRequest {
  readonly parameters: RequestParameters;
  readonly messages: readonly ChatMessage[];
  /** Groups a conversation's requests at OpenRouter and keeps them on one provider (cache hits). */
  readonly sessionId?: string;
}

/** How a request ended. The end of the stream alone is not success. */
export type Outcome =
  /** A finish reason arrived and it was not `length`. */
  | 'completed'
  /** `finish_reason: length`: the answer hit `maxTokens` or the context. */
  | 'truncated'
  /** An error, before or within the stream. */
  | 'failed'
  /** The caller's signal was aborted. */
  | 'cancelled'
  /** The stream ended with neither a finish reason nor an error, or the process died. */
  | 'interrupted';

export interface Ending {
  readonly outcome: Outcome;
  /** Present when `outcome` is `failed` or `interrupted` (then `cutOff`). */
  readonly failure?: Failure;
  /**
   * Whether it is sure that no try of the request can have run, when the failure alone does not tell: it was
   * stopped while none was under way (true), or an earlier try may have run (false).
   */
  readonly nothingRan?: boolean;
  /** The try that was answered sent → first text or reasoning, in ms; undefined if none came. */
  readonly ttftMs?: number;
  /** First try sent → end, in ms, waits between tries included. */
  readonly durationMs: number;
  /** How much of `durationMs` went to failed tries and the waits after them; undefined when there were none. */
  readonly retriedMs?: number;
  /** The limit that ended it, with what it had cost by then; present only when one did and `outcome` is `cancelled`. */
  readonly moneyStop?: Spending;
  /** How many events of the answer's stream were no part of an answer and were skipped; undefined when none. */
  readonly skippedEvents?: number;
}

/** What happens to one request, in order. `ended` comes exactly once and last. */
export type ChatEvent =
  /** A try failed before its first byte and will be repeated after `delayMs`. */
  | {
      readonly type: 'retrying';
      /** The number of the coming try: 2 for the first repetition. */
      readonly attempt: number;
      readonly delayMs: number;
      /** Epoch ms when the wait began. */
      readonly atMs: number;
      readonly failure: Failure;
    }
  /** Response headers arrived: from here on the request may be billed. */
  | { readonly type: 'accepted'; readonly generationId?: string; readonly provider?: string }
  /** What really serves the answer; sent when first known and when it changes. */
  | {
      readonly type: 'served';
      readonly model?: string;
      readonly provider?: string;
      readonly generationId?: string;
    }
  /** `pieces` it came in, when they were more than one: most servers send a token at a time. */
  | { readonly type: 'reasoning'; readonly text: string; readonly pieces?: number }
  | { readonly type: 'text'; readonly text: string; readonly pieces?: number }
  /** The model asked for a tool. We run none: the user is told. `arguments` is the whole JSON text. */
  | { readonly type: 'toolCall'; readonly name: string; readonly arguments: string }
  /** The answer holds an image; `image` is undefined for those that are only counted. */
  | { readonly type: 'image'; readonly image?: AnswerImage }
  | { readonly type: 'citation'; readonly url: string; readonly title?: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** What a server counts along while the answer runs: no bill, and not to be shown. */
  | { readonly type: 'counted'; readonly usage: Usage }
  /** How OpenRouter handled the request; sent when it is known and when more becomes known. */
  | { readonly type: 'routing'; readonly routing: Routing }
  /** The response as it came, right before the end; none when nothing came. Not to be shown or kept with the answer. */
  | { readonly type: 'received'; readonly response: RawResponse }
  | { readonly type: 'finish'; readonly finishReason?: string; readonly nativeFinishReason?: string }
  | { readonly type: 'ended'; readonly ending: Ending };

export interface ChatClient {
  /**
   * Sends the request and yields its events. Never throws for what servers and networks do: that
   * ends with `ended`. Aborting `signal` closes the connection at once and ends with `cancelled`;
   * leaving the loop early aborts too.
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent>;
}
