import { IdleQueue } from '../shared/idleQueue';

/** What is left after a paint: nothing, something that waits for a later frame, or more than fitted in. */
export type Left = 'nothing' | 'later' | 'more';

/** Something that builds its part of the page piece by piece. */
export interface Paintable {
  /** Builds what is new until `deadlineMs` (as `performance.now()`). */
  paint(deadlineMs: number): Left;
}

/** Script time at a stretch; the rest of a frame belongs to layout and paint. */
const stretchMs = 10;

/** When the page does its work: what the reader waits for once per frame, the rest in idle time. */
export class PageWork {
  readonly idle = new IdleQueue();
  private readonly dirty = new Set<Paintable>();
  private readonly behind = new Set<Paintable>();
  private frame: number | undefined;
  private isInFrame = false;
  private isCatchingUp = false;
  private readonly next = new MessageChannel();

  /** `beforeLayout` is called in frames in which the page has grown. */
  constructor(private readonly beforeLayout: () => void) {
    this.next.port1.onmessage = () => this.catchUp();
  }

  /** Has `part` painted in the next frame. A hidden page gets no frames: it just keeps its state. */
  paintSoon(part: Paintable): void {
    this.dirty.add(part);
    this.frame ??= requestAnimationFrame(this.paintFrame);
  }

  /** Something came onto the page. */
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

  /** Between frames, which the browser puts in as it likes: waiting for each of them would cost most of the time. */
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
