import { type Disposable, Emitter, type Event } from '../../core/base/event';
import type { AnswerEvent } from '../../core/chat/answer';
import { addTurn, type Conversation, reduceTurn, type Turn } from '../../core/chat/conversation';
import { isUnsent } from '../../core/chat/failure';
import type { Asker, Question } from './asker';

export type ConversationChange =
  | { readonly type: 'turn'; readonly turn: Turn }
  | { readonly type: 'events'; readonly turnId: string; readonly events: readonly AnswerEvent[] }
  /** Everything may have changed. */
  | { readonly type: 'replaced' };

/** The conversation of this window's panel and the requests that run in it. */
export class ActiveConversation implements Disposable {
  private current: Conversation;
  /** The one before `current`: its requests may still be ending. */
  private before: Conversation | undefined;
  private readonly running = new Map<string, AbortController>();
  private readonly changed = new Emitter<ConversationChange>();
  private readonly runningChanged = new Emitter<void>();

  readonly onDidChange: Event<ConversationChange> = this.changed.event;
  /** A request started or ended. */
  readonly onDidChangeRunning: Event<void> = this.runningChanged.event;

  constructor(
    private readonly asker: Asker,
    private readonly newId: () => string,
  ) {
    this.current = { id: newId(), turns: [] };
  }

  get conversation(): Conversation {
    return this.current;
  }

  get isRunning(): boolean {
    return this.running.size > 0;
  }

  find(turnId: string): Turn | undefined {
    const isIt = (turn: Turn): boolean => turn.id === turnId;
    return this.current.turns.find(isIt) ?? this.before?.turns.find(isIt);
  }

  /** Adds the question's turn and runs it; resolves with the ended turn. Rejects only for surprises. */
  async run(question: Question): Promise<Turn> {
    return this.runEvents(question.turn, signal => this.asker.ask(question, signal));
  }

  /** Adds `turn` and fills it with `events`; resolves with the ended turn. */
  async runEvents(turn: Turn, events: (signal: AbortSignal) => AsyncIterable<AnswerEvent>): Promise<Turn> {
    const abort = new AbortController();
    this.running.set(turn.id, abort);
    // What leads to the request begins before anybody is told: showing the turn takes longer than that.
    const answering = started(events(abort.signal));
    this.current = addTurn(this.current, turn);
    this.changed.fire({ type: 'turn', turn });
    this.runningChanged.fire();
    try {
      for await (const event of answering) this.apply(turn.id, event);
    } catch (error) {
      this.apply(turn.id, { type: 'ended', ending: surprise });
      throw error;
    } finally {
      this.running.delete(turn.id);
      this.runningChanged.fire();
    }
    return this.find(turn.id) ?? turn;
  }

  /** Applies an event that came from elsewhere, such as a settled cost. */
  apply(turnId: string, event: AnswerEvent): void {
    this.before &&= reduceTurn(this.before, turnId, [event]);
    this.current = reduceTurn(this.current, turnId, [event]);
    this.changed.fire({ type: 'events', turnId, events: [event] });
  }

  /** Ends one request, or all of them; the text so far stays. */
  stop(turnId?: string): void {
    if (turnId === undefined) for (const abort of this.running.values()) abort.abort();
    else this.running.get(turnId)?.abort();
  }

  /** Takes `turn` out if it was never sent: it gives way to the one that asks again. */
  removeUnsent({ id, answer }: Turn): void {
    if (!isUnsent(answer.ending?.failure?.kind)) return;
    this.replace({ ...this.current, turns: this.current.turns.filter(turn => turn.id !== id) });
  }

  /** Ends what runs and begins an empty one. */
  startNew(): void {
    this.stop();
    const before = this.current;
    this.replace({ id: this.newId(), turns: [] });
    this.before = before;
  }

  /** Brings back the conversation that the last `startNew` put away, unless the new one has begun. */
  undoStartNew(): void {
    if (this.before && this.current.turns.length === 0) this.replace(this.before);
  }

  /** Shows a conversation kept from an earlier session. */
  restore(conversation: Conversation): void {
    this.replace(conversation);
  }

  dispose(): void {
    this.stop();
    this.changed.dispose();
    this.runningChanged.dispose();
  }

  private replace(conversation: Conversation): void {
    this.current = conversation;
    this.before = undefined;
    this.changed.fire({ type: 'replaced' });
  }
}

const surprise = { outcome: 'failed', failure: { kind: 'unknown' }, durationMs: 0 } as const;

/** `events`, with the first of them already on its way. */
function started(events: AsyncIterable<AnswerEvent>): AsyncIterable<AnswerEvent> {
  const iterator = events[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<AnswerEvent>> | undefined = iterator.next();
  const next = (): Promise<IteratorResult<AnswerEvent>> => {
    const result = first ?? iterator.next();
    first = undefined;
    return result;
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: () => iterator.return?.() ?? noMore }) };
}

const noMore = Promise.resolve({ done: true, value: undefined } as const);
