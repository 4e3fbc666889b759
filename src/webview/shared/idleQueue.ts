/** Does one piece of work; true when more is left. Each call must take much less time than a frame. */
export type IdleWork = () => boolean;

/** Time left unused at the end of an idle period, in case a piece takes longer than it should. */
const reserveMs = 4;
/** A browser that paints all the time is never idle: one piece then runs this often all the same. */
const longestWaitMs = 1000;

/** Runs work in the browser's idle time, one piece after the other, in the order of their arrival. */
export class IdleQueue {
  private readonly waiting = new Set<IdleWork>();
  private handle: number | undefined;

  add(work: IdleWork): void {
    this.waiting.add(work);
    this.handle ??= requestIdleCallback(this.run, { timeout: longestWaitMs });
  }

  private readonly run = (deadline: IdleDeadline): void => {
    this.handle = undefined;
    do {
      const [work] = this.waiting;
      if (!work) return;
      this.waiting.delete(work);
      if (work()) this.waiting.add(work);
    } while (deadline.timeRemaining() > reserveMs);
    if (this.waiting.size > 0) {
      this.handle = requestIdleCallback(this.run, { timeout: longestWaitMs });
    }
  };
}
