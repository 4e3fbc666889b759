import type { Disposable } from '../../core/base/event';
import type { AnswerEvent } from '../../core/chat/answer';
import type { ToAnswerPage } from '../../protocol/answerMessages';

/** Batches on their way at a time: one alone would leave the page idle for the length of a round trip. */
const mostInFlight = 2;

/**
 * Sends events of a turn to the page: at once while the line is free, else together when the page has taken
 * what is on its way. A fast stream then costs two messages per round trip, not one per token. Made for one
 * page: what a page that went away never took would count as on its way forever.
 */
export class Outbox implements Disposable {
  private turnId = '';
  private events: AnswerEvent[] = [];
  private inFlight = 0;

  /** `post` resolves when the page has the message. */
  constructor(private readonly post: (message: ToAnswerPage) => Promise<void>) {}

  add(turnId: string, events: readonly AnswerEvent[]): void {
    if (turnId !== this.turnId) this.flush();
    this.turnId = turnId;
    this.events.push(...events);
    this.sendWhenDue();
  }

  /** Sends what waits, whether the page is behind or not. */
  flush(): void {
    if (this.events.length > 0) void this.send();
  }

  /** Drops what waits. */
  dispose(): void {
    this.events = [];
  }

  private sendWhenDue(): void {
    if (this.events.length > 0 && this.inFlight < mostInFlight) void this.send();
  }

  private async send(): Promise<void> {
    const { events, turnId } = this;
    this.events = [];
    this.inFlight++;
    try {
      await this.post({ type: 'events', turnId, events });
    } finally {
      this.inFlight--;
      this.sendWhenDue();
    }
  }
}
