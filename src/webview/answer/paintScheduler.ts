import { IdleQueue } from '../shared/idleQueue';

/** What is left after a paint: nothing, something for a later frame, or more than the time allowed. */
export type RemainingWork = 'nothing' | 'later' | 'more';

/** Something that builds its part of the page piece by piece. */
export interface Paintable {
  /** Builds what is new until `deadlineMs` (as `performance.now()`). */
  paint(deadlineMs: number): RemainingWork;
  /** Puts what is built so far into the document: more is on its way. */
  attach(): void;
}

/** Longest script time in one go: the rest of a frame is needed for layout and paint. */
const stretchMs = 10;
/**
 * The pause after a frame of ours, as a multiple of what the frame took. A flood of text would otherwise spend
 * most of the time on the layout of frames that nobody can tell apart, and the end of the text would come late.
 */
const pauseFactor = 1;
const longestPauseMs = 100;
/** While more text is waiting, the document is updated this often: each layout costs more than building a screenful. */
const attachEveryMs = 280;

/** Decides when the page works: text the reader waits for in paced frames, everything else in idle time. */
export class PaintScheduler {
  readonly idle = new IdleQueue();
  private readonly dirty = new Set<Paintable>();
  private readonly behind = new Set<Paintable>();
  private frame: number | undefined;
  private pauseTimer: ReturnType<typeof setTimeout> | undefined;
  private pauseUntilMs = 0;
  private frameStartMs = 0;
  private isInFrame = false;
  private isCatchingUp = false;
  private attachedAtMs = Number.NEGATIVE_INFINITY;
  private readonly next = new MessageChannel();
  private readonly painted = new MessageChannel();

  /** `beforeLayout` is called in each frame in which the page has grown, before the browser lays it out. */
  constructor(private readonly beforeLayout: () => void) {
    this.next.port1.onmessage = () => this.catchUp();
    this.painted.port1.onmessage = () => this.planPause();
  }

  /**
   * Paints `part` in one of the next frames; with `isUrgent`, in the very next one. A hidden page gets no frames
   * and only keeps its state.
   */
  paintSoon(part: Paintable, isUrgent = false): void {
    this.dirty.add(part);
    this.requestFrame(isUrgent);
  }

  /** Call this when something was added to the document. */
  readonly grown = (): void => {
    if (!this.isInFrame) this.requestFrame(true);
  };

  private requestFrame(isUrgent: boolean): void {
    if (this.frame !== undefined) return;
    const pauseMs = isUrgent ? 0 : this.pauseUntilMs - performance.now();
    if (pauseMs > 0) {
      this.pauseTimer ??= setTimeout(() => this.endPause(), pauseMs);
      return;
    }
    this.endPause();
  }

  private endPause(): void {
    clearTimeout(this.pauseTimer);
    this.pauseTimer = undefined;
    this.frame ??= requestAnimationFrame(this.paintFrame);
  }

  private readonly paintFrame = (): void => {
    this.frame = undefined;
    this.frameStartMs = performance.now();
    this.isInFrame = true;
    this.paint(this.dirty);
    this.isInFrame = false;
    this.beforeLayout();
    // The message arrives when the browser has laid out and painted this frame.
    this.painted.port2.postMessage(undefined);
  };

  private planPause(): void {
    const nowMs = performance.now();
    const tookMs = nowMs - this.frameStartMs;
    this.pauseUntilMs = nowMs + Math.min(tookMs * pauseFactor, longestPauseMs);
    if (this.dirty.size > 0) this.requestFrame(false);
  }

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
    this.attachTogether();
    if (this.dirty.size > 0 && !this.isInFrame) this.requestFrame(false);
    if (this.behind.size === 0 || this.isCatchingUp) return;
    this.isCatchingUp = true;
    this.next.port2.postMessage(undefined);
  }

  /** All that are behind at once: several answers side by side are laid out together. */
  private attachTogether(): void {
    const nowMs = performance.now();
    if (this.behind.size === 0 || nowMs < this.attachedAtMs + attachEveryMs) return;
    this.attachedAtMs = nowMs;
    for (const part of this.behind) part.attach();
  }
}
