import type { Disposable } from '../../core/base/event';
import { type SetTimer, setTimer } from '../../core/base/wait';
import type { AnswerEvent } from '../../core/chat/answer';
import type { ToAnswerPage } from '../../protocol/answerMessages';

/** Time between two messages of a fast answer: about half a frame, since more messages could not be shown. */
const pauseMs = 8;
/** So many messages may be on their way. Only a page that does not run is that far behind. */
const mostInFlight = 16;

/**
 * Sends events of a turn to the page in batches. What one network packet brought goes together: it is handled
 * before the first timer runs. After a message the next one waits for {@link pauseMs}, but not for the page to
 * take the first: that answer has to pass through a window that may be busy for a hundred milliseconds.
 * Made for one page: what a page that went away never took would count as on its way forever.
 */
export class Outbox implements Disposable {
  private turnId = '';
  private events: AnswerEvent[] = [];
  private inFlight = 0;
  private cancelTimer: (() => void) | undefined;

  /** `post` resolves when the page has the message. */
  constructor(
    private readonly post: (message: ToAnswerPage) => Promise<void>,
    private readonly set: SetTimer = setTimer,
  ) {}

  add(turnId: string, events: readonly AnswerEvent[]): void {
    if (turnId !== this.turnId) this.flush();
    this.turnId = turnId;
    this.events.push(...events);
    if (!this.cancelTimer) this.startTimer(0);
  }

  /** Sends what waits, whether the page is behind or not. */
  flush(): void {
    if (this.events.length > 0) void this.send();
  }

  /** Drops what waits. */
  dispose(): void {
    this.events = [];
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
    if (this.events.length === 0 || this.cancelTimer || this.inFlight >= mostInFlight) return;
    void this.send();
    this.startTimer(pauseMs);
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
