import { IdleQueue } from '../shared/idleQueue';

/** Something that builds its part of the page piece by piece. */
export interface Paintable {
  /** Builds what is new until `deadlineMs` (as `performance.now()`); true when some is left. */
  paint(deadlineMs: number): boolean;
}

/** Script time per frame; the rest of a frame belongs to layout and paint. */
const frameBudgetMs = 10;

/** When the page does its work: what the reader waits for once per frame, the rest in idle time. */
export class PageWork {
  readonly idle = new IdleQueue();
  private readonly dirty = new Set<Paintable>();
  private frame: number | undefined;

  /** Has `part` painted in the next frame. A hidden page gets no frames: it just keeps its state. */
  paintSoon(part: Paintable): void {
    this.dirty.add(part);
    this.frame ??= requestAnimationFrame(this.paint);
  }

  private readonly paint = (): void => {
    this.frame = undefined;
    const deadlineMs = performance.now() + frameBudgetMs;
    for (const part of [...this.dirty]) {
      this.dirty.delete(part);
      if (part.paint(deadlineMs)) this.dirty.add(part);
      if (performance.now() >= deadlineMs) break;
    }
    if (this.dirty.size > 0) this.frame ??= requestAnimationFrame(this.paint);
  };
}
