import type { Disposable } from '../core/base/event';

/** Batches on their way at a time: one alone would leave the page idle for the length of a round trip. */
const mostInFlight = 2;

/** Which of a page's messages may wait for each other and go as one. */
export interface Batching<Message> {
  /** Neighbours with the same key become one message; undefined: such a message always goes by itself, at once. */
  keyOf(message: Message): string | undefined;
  /** One message instead of several with the same key. */
  join(first: Message, others: readonly Message[]): Message;
}

/**
 * Sends messages to a page in the order in which they come. Those that may be batched go at once while the line
 * is free, else together when the page has taken what is on its way: a fast stream then costs two messages per
 * round trip, not one per token. Made for one load of a page: messages that a page never took because it went
 * away would count as on their way forever.
 */
export class Outbox<Message> implements Disposable {
  private waiting: Message[] = [];
  private waitingKey: string | undefined;
  private inFlight = 0;

  constructor(
    /** Resolves when the page has the message. */
    private readonly send: (message: Message) => PromiseLike<unknown>,
    private readonly batching?: Batching<Message>,
  ) {}

  post(message: Message): void {
    const key = this.batching?.keyOf(message);
    if (key === undefined || key !== this.waitingKey) this.flush();
    if (key === undefined) {
      void this.send(message);
      return;
    }
    this.waitingKey = key;
    this.waiting.push(message);
    this.sendWhenDue();
  }

  /** Drops what waits. */
  dispose(): void {
    this.waiting = [];
  }

  /** Sends what waits, even when the page is behind: what follows must not overtake it. */
  private flush(): void {
    if (this.waiting.length > 0) void this.sendBatch();
  }

  private sendWhenDue(): void {
    if (this.waiting.length > 0 && this.inFlight < mostInFlight) void this.sendBatch();
  }

  private async sendBatch(): Promise<void> {
    const [first, ...others] = this.waiting;
    this.waiting = [];
    if (first === undefined || !this.batching) return;
    this.inFlight++;
    try {
      await this.send(others.length === 0 ? first : this.batching.join(first, others));
    } finally {
      this.inFlight--;
      this.sendWhenDue();
    }
  }
}
