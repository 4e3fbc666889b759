import type { IdleQueue } from '../shared/idleQueue';
import type { TurnView } from './turnView';

/** A turn's Markdown is rendered when the turn comes this near to the window. */
const margin = '1200px 0px';

/** Tells turns when the reader comes near them. The other turns are completed in idle time, the last ones first. */
export class NearTurns {
  private readonly known = new WeakSet<Element>();
  private sparse: TurnView[] = [];
  private readonly observer = new IntersectionObserver(
    entries => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        this.observer.unobserve(target);
        (target as TurnView).comeNear();
      }
    },
    { rootMargin: margin },
  );

  constructor(private readonly idle: IdleQueue) {}

  /** Watches the turns that are new. A turn that was rendered once stays rendered. */
  watch(turns: Iterable<TurnView>): void {
    for (const turn of turns) {
      if (this.known.has(turn)) continue;
      this.known.add(turn);
      this.observer.observe(turn);
      this.sparse.push(turn);
    }
    this.idle.add(this.fillNext);
  }

  private readonly fillNext = (): boolean => {
    const turn = this.sparse.pop();
    if (turn?.isConnected && !turn.isFull) turn.fillNow();
    return this.sparse.length > 0;
  };
}
