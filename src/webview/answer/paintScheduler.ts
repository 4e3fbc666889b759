import { IdleQueue } from '../shared/idleQueue';

/** What is left after a paint: nothing, something for a later frame, or more than the time allowed. */
export type RemainingWork = 'nothing' | 'later' | 'more';

/** Something that builds its part of the page piece by piece. */
export interface Paintable {
  /** Builds what is new until `deadlineMs` (as `performance.now()`). */
  paint(deadlineMs: number): RemainingWork;
}

/** Longest script time in one go: the rest of a frame is needed for layout and paint. */
const stretchMs = 10;

/** Decides when the page works: text the reader waits for in each frame, everything else in idle time. */
export class PaintScheduler {
  readonly idle = new IdleQueue();
  private readonly dirty = new Set<Paintable>();
  private readonly behind = new Set<Paintable>();
  private frame: number | undefined;
  private isInFrame = false;
  private isCatchingUp = false;
  private readonly next = new MessageChannel();

  /** `beforeLayout` is called in each frame in which the page has grown, before the browser lays it out. */
  constructor(private readonly beforeLayout: () => void) {
    this.next.port1.onmessage = () => this.catchUp();
  }

  /** Paints `part` in the next frame. A hidden page gets no frames and only keeps its state. */
  paintSoon(part: Paintable): void {
    this.dirty.add(part);
    this.frame ??= requestAnimationFrame(this.paintFrame);
  }

  /** Call this when something was added to the document. */
  readonly grown = (): void => {
    if (!this.isInFrame) this.frame ??= requestAnimationFrame(this.paintFrame);
  };

  private readonly paintFrame = (): void => {
    this.frame = undefined;
    this.isInFrame = true;
    this.paint(this.dirty);
    this.isInFrame = false;
    this.beforeLayout();
  };

  /** Works between frames as well: waiting for the next frame each time would waste most of the time. */
  private catchUp(): void {
    this.isCatchingUp = false;
    this.paint(this.behind);
  }

  private paint(parts: Set<Paintable>): void {
    const deadlineMs = performance.now() + stretchMs;
    for (const part of [...parts]) {
      if (performance.now() >= deadlineMs) break;
      this.dirty.delete(part);
      this.behind.delete(part);
      const left = part.paint(deadlineMs);
      if (left === 'later') this.dirty.add(part);
      if (left === 'more') this.behind.add(part);
    }
    if (this.dirty.size > 0) this.frame ??= requestAnimationFrame(this.paintFrame);
    if (this.behind.size === 0 || this.isCatchingUp) return;
    this.isCatchingUp = true;
    this.next.port2.postMessage(undefined);
  }
}
