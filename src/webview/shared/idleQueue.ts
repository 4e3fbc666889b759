/** One piece of work; true when more of it is left. Each call must stay well under a frame. */
export type IdleWork = () => boolean;

/** A pause this short still leaves a frame whole when a piece takes longer than it should. */
const reserveMs = 4;
/** Under a flood of frames the browser is never idle; then one piece runs this often all the same. */
const longestWaitMs = 1000;

/** Runs work in the browser's idle time, first come first served, never two pieces of one at once. */
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
