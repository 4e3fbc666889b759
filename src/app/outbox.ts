import type { Disposable } from '../core/base/event';
import { type SetTimer, setTimer } from '../core/base/wait';

/** Time between two messages of a fast answer: about half a frame, since more messages could not be shown. */
const pauseMs = 8;
/** The pause with a page that is behind: two frames, since each message takes time of the thread that paints them. */
const longestPauseMs = 32;
/** So many messages may be on their way. Only a page that does not run is that far behind. */
const mostInFlight = 16;

/** Which of a page's messages may wait for each other and go as one. */
export interface Batching<Message> {
  /**
   * Those with the same key become one message. Between different keys the order does not count; undefined: such a
   * message always goes by itself, at once, after all that wait.
   */
  keyOf(message: Message): string | undefined;
  /** One message instead of several with the same key. */
  join(first: Message, others: readonly Message[]): Message;
}

/**
 * Sends messages to a page in the order in which they come; those that may be batched go in batches, one for each key:
 * several answers that stream side by side take turns with every packet. What one network packet brought goes together:
 * it is handled before the first timer runs. After the batches the next ones wait for {@link pauseMs}, and as long again
 * for each message on its way up to {@link longestPauseMs}, but not for the page to take the first: that answer has to
 * pass through a window that may be busy for a hundred milliseconds.
 * Made for one load of a page: messages that a page never took because it went away would count as on their way forever.
 */
export class Outbox<Message> implements Disposable {
  /** By key, in the order in which the first of each came. */
  private readonly waiting = new Map<string, Message[]>();
  private inFlight = 0;
  private cancelTimer: (() => void) | undefined;

  constructor(
    /** Resolves when the page has the message. */
    private readonly send: (message: Message) => PromiseLike<unknown>,
    private readonly batching?: Batching<Message>,
    private readonly set: SetTimer = setTimer,
  ) {}

  post(message: Message): void {
    const key = this.batching?.keyOf(message);
    if (key === undefined) {
      this.flush();
      void this.send(message);
      return;
    }
    const batch = this.waiting.get(key);
    if (batch) batch.push(message);
    else this.waiting.set(key, [message]);
    if (!this.cancelTimer) this.startTimer(0);
  }

  /** Sends `message` by itself, after what waits; resolves when the page has it. */
  async deliver(message: Message): Promise<void> {
    this.flush();
    await this.send(message);
  }

  /** Sends what waits, even when the page is behind: what follows must not overtake it. */
  flush(): void {
    const batches = [...this.waiting.values()];
    this.waiting.clear();
    for (const batch of batches) void this.sendBatch(batch);
  }

  /** Drops what waits. */
  dispose(): void {
    this.waiting.clear();
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  private startTimer(delayMs: number): void {
    this.cancelTimer = this.set(delayMs, () => {
      this.cancelTimer = undefined;
      this.sendWhenDue();
    });
  }

  private sendWhenDue(): void {
    if (this.waiting.size === 0 || this.cancelTimer || this.inFlight >= mostInFlight) return;
    const delayMs = Math.min(pauseMs * (1 + this.inFlight), longestPauseMs);
    this.flush();
    this.startTimer(delayMs);
  }

  private async sendBatch([first, ...others]: readonly Message[]): Promise<void> {
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
