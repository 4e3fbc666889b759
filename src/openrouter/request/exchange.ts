import type { Redactor } from '../../core/base/redact';
import { wait } from '../../core/base/wait';
import type { ChatEvent, ChatRequest, Outcome } from '../../core/chat/chatClient';
import type { Failure } from '../../core/chat/failure';
import { provesNothingRan } from '../../core/chat/nothingRan';
import type { RawResponse } from '../../core/chat/rawResponse/rawResponse';
import { readAnswer } from '../answer/answerReader';
import { toRawBody, toRawResponse } from '../answer/rawResponse';
import { BodyReader } from '../call/bodyReader';
import { CallGuard } from '../call/callGuard';
import type { Clock } from '../call/clock';
import type { StallLimits } from '../call/stall';
import { type Connection, isOwnHost, redactorOf } from '../connection';
import {
  cleanName,
  type FailureContext,
  failureOfThrown,
  plainFailure,
  type Refusal,
  refusalOf,
} from '../failures';
import { compact } from '../wire/json';
import { postChat } from './post';
import { retryDelayMs } from './retry';

export interface ExchangeOptions {
  readonly stallLimits: StallLimits;
  readonly clock: Clock;
  readonly random: () => number;
}

/** What an end has besides its outcome. */
interface EndingParts {
  readonly firstTextMs?: number;
  readonly skippedEvents?: number;
  readonly nothingRan?: boolean;
}

/** A refusal with the response that it was made of; undefined: none came. */
interface Refused {
  readonly refusal: Refusal;
  readonly received?: RawResponse;
}

type Opened = { readonly response: Response } | Refused;

/** More of the body of a refusal is not read, in bytes. */
const longestRefusal = 1024 * 1024;

/** One request from its sending to its end: tries, waits between them, answer. Its events are read once. */
export class Exchange {
  private readonly startedMs: number;
  private readonly redactor: Redactor;
  /** A try has ended in a way that does not show that it never ran. */
  private mayHaveRun = false;
  /** When the try under way was sent. */
  private triedMs: number;

  constructor(
    private readonly connection: Connection,
    private readonly options: ExchangeOptions,
    private readonly request: ChatRequest,
    private readonly signal: AbortSignal,
  ) {
    this.startedMs = options.clock.monotonicMs();
    this.triedMs = this.startedMs;
    this.redactor = redactorOf(connection);
  }

  async *events(): AsyncGenerator<ChatEvent, void> {
    if (!this.connection.apiKey) return yield this.ended('failed', { kind: 'noKey' });
    for (let attempt = 1; ; attempt++) {
      if (this.signal.aborted) return yield this.stoppedBetweenTries();
      if (attempt > 1) this.triedMs = this.options.clock.monotonicMs();
      const guard = new CallGuard(this.signal, this.options.stallLimits, this.options.clock);
      let refused: Refused;
      try {
        const opened = await this.open(guard);
        if ('response' in opened) return yield* this.answer(opened.response, guard);
        refused = opened;
      } finally {
        guard.dispose();
      }
      const { refusal } = refused;
      const delayMs = retryDelayMs(refusal, attempt, this.options.random);
      if (this.signal.aborted) return yield this.ended('cancelled');
      if (delayMs === undefined) return yield* this.refused(refused);
      yield this.retrying(attempt + 1, delayMs, refusal.failure);
      this.mayHaveRun ||= !provesNothingRan(refusal.failure);
      await wait(delayMs, this.signal, (ms, callback) => this.options.clock.after(ms, callback));
    }
  }

  /** One try: the response whose answer can be read, or what came instead of it. */
  private async open(guard: CallGuard): Promise<Opened> {
    try {
      const response = await postChat(this.connection, this.request, guard);
      guard.receive(false);
      return response.ok ? { response } : await this.readRefusal(response, guard);
    } catch (error) {
      const context = this.context();
      const isStalled = guard.stoppedBy === 'stalled';
      return {
        refusal: { failure: isStalled ? plainFailure('stalled', context) : failureOfThrown(error, context) },
      };
    }
  }

  private async readRefusal(response: Response, guard: CallGuard): Promise<Refused> {
    const { status, headers } = response;
    guard.resume();
    // The status alone says a lot: a body that breaks off counts as none.
    const body = await guard.race(new BodyReader(response, guard).text(longestRefusal)).catch(() => '');
    return {
      refusal: refusalOf({ status, headers, body }, this.context(headers)),
      received: toRawResponse(response, toRawBody(body), this.redactor),
    };
  }

  private async *answer(response: Response, guard: CallGuard): AsyncGenerator<ChatEvent, void> {
    const context = this.context(response.headers);
    const { generationId, provider } = context;
    yield compact({
      type: 'accepted',
      generationId: cleanName(generationId, context),
      provider: cleanName(provider, context),
    } as const);
    const reading = { response, guard, clock: this.options.clock, context };
    const { outcome, failure, firstTextMs, skippedEvents, received } = yield* readAnswer(reading);
    yield { type: 'received', response: toRawResponse(response, received, this.redactor) };
    yield this.ended(outcome, failure, { firstTextMs, skippedEvents });
  }

  private *refused({ refusal: { failure, routing }, received }: Refused): Generator<ChatEvent, void> {
    if (routing) yield { type: 'routing', routing };
    if (received) yield { type: 'received', response: received };
    yield this.ended('failed', failure);
  }

  private context(headers?: Headers): FailureContext {
    return {
      redactor: this.redactor,
      nowMs: this.options.clock.epochMs(),
      isOwnHost: isOwnHost(this.connection),
      generationId: headers?.get('x-generation-id') ?? undefined,
      provider: headers?.get('x-provider-name') ?? undefined,
    };
  }

  private retrying(attempt: number, delayMs: number, failure: Failure): ChatEvent {
    return { type: 'retrying', attempt, delayMs, atMs: this.options.clock.epochMs(), failure };
  }

  private stoppedBetweenTries(): ChatEvent {
    return this.ended('cancelled', undefined, { nothingRan: this.mayHaveRun ? undefined : true });
  }

  private ended(outcome: Outcome, failure?: Failure, more: EndingParts = {}): ChatEvent {
    const { startedMs, triedMs } = this;
    const {
      firstTextMs,
      skippedEvents = 0,
      nothingRan = this.mayHaveRun && failure ? false : undefined,
    } = more;
    const ending = compact({
      outcome,
      failure,
      nothingRan,
      ttftMs: firstTextMs === undefined ? undefined : Math.round(firstTextMs - triedMs),
      durationMs: Math.round(this.options.clock.monotonicMs() - startedMs),
      retriedMs: triedMs > startedMs ? Math.round(triedMs - startedMs) : undefined,
      skippedEvents: skippedEvents || undefined,
    });
    return { type: 'ended', ending };
  }
}
