import type { ChatEvent } from '../../core/chat/chatClient';
import type { RawBody } from '../../core/chat/rawResponse/rawResponse';
import { BodyReader } from '../call/bodyReader';
import type { CallGuard } from '../call/callGuard';
import type { Clock } from '../call/clock';
import { type FailureContext, failureOfBreak, plainFailure } from '../failures';
import { AnswerBody } from './answerBody';
import { ChunkReader } from './chunks';
import { judge, type Verdict } from './ending';

/** An answer that comes as fast as it is read leaves the rest of the process a turn this often. */
const longestSpellMs = 8;

export interface Reading {
  readonly response: Response;
  readonly guard: CallGuard;
  readonly clock: Clock;
  /** What the headers told. */
  readonly context: FailureContext;
}

export interface ReadAnswer extends Verdict {
  /** When the first text or reasoning came, on the clock's monotonic time. */
  readonly firstTextMs?: number;
  /** How many events were no part of an answer. */
  readonly skippedEvents: number;
  readonly received: RawBody;
}

/** Yields the events of the answer in `response` and returns how it ended. Never throws. */
export async function* readAnswer(reading: Reading): AsyncGenerator<ChatEvent, ReadAnswer> {
  const { response, guard, clock, context } = reading;
  const chunks = new ChunkReader((provider, generationId) => ({
    ...context,
    provider: provider ?? context.provider,
    generationId: context.generationId ?? generationId,
  }));
  const body = new AnswerBody(chunks, response.headers.get('content-type') ?? '');
  const reader = new BodyReader(response, guard);
  let firstTextMs: number | undefined;
  let turnAtMs = clock.monotonicMs();
  while (!body.done && !body.isForeign) {
    const bytes = await reader.next();
    if (!bytes || guard.stoppedBy) break;
    const { events, hasData } = body.push(bytes);
    guard.receive(hasData);
    yield* take(events);
    if (clock.monotonicMs() - turnAtMs < longestSpellMs) continue;
    await clock.turn();
    turnAtMs = clock.monotonicMs();
  }
  // From here on only the caller takes time.
  guard.receive(false);
  const isCut = reader.broken !== undefined || guard.stoppedBy !== undefined;
  if (!isCut) yield* take(body.end());
  if (!isCut || chunks.finishReason !== undefined) yield* take(chunks.end(body.done));
  if (body.done) guard.complete(reader.drain());
  return { ...conclude(), firstTextMs, skippedEvents: chunks.skippedEvents, received: body.received };

  function* take(events: readonly ChatEvent[]): Generator<ChatEvent> {
    if (firstTextMs === undefined && events.some(isText)) firstTextMs = clock.monotonicMs();
    for (const event of events) {
      if (guard.stoppedBy === 'cancelled') return;
      yield event;
    }
  }

  function conclude(): Verdict {
    if (guard.stoppedBy === 'cancelled') return { outcome: 'cancelled' };
    const told = chunks.failureContext();
    if (guard.stoppedBy === 'stalled') return judge(chunks, body, plainFailure('stalled', told));
    return judge(chunks, body, reader.broken ? failureOfBreak(reader.broken, told) : undefined);
  }
}

const isText = ({ type }: ChatEvent): boolean => type === 'text' || type === 'reasoning';
