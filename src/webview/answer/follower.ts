/** Nearer to the end than this counts as being there: zoom leaves fractions of a pixel. */
const nearPx = 4;
const upKeys = new Set(['ArrowUp', 'PageUp', 'Home']);

/**
 * Keeps the end of a growing page in view while the reader is there. Any step up hands the scrolling
 * to the reader; being at the end again, or `resume`, takes it back.
 */
export class Follower {
  private following = true;
  private lastTop = 0;
  private readonly sizes = new ResizeObserver(() => this.keepUp());

  /** `onDidChange` is told when following begins or ends. */
  constructor(private readonly onDidChange: (isFollowing: boolean) => void) {}

  connect(content: Element): void {
    this.sizes.observe(content);
    addEventListener('scroll', this.onScroll, { passive: true });
    addEventListener('wheel', this.onWheel, { passive: true });
    addEventListener('keydown', this.onKey);
  }

  disconnect(): void {
    this.sizes.disconnect();
    removeEventListener('scroll', this.onScroll);
    removeEventListener('wheel', this.onWheel);
    removeEventListener('keydown', this.onKey);
  }

  /** Goes to the end and stays there. */
  resume(): void {
    this.set(true);
    this.keepUp();
  }

  pause(): void {
    this.set(false);
  }

  /**
   * Goes to the end if the reader is there. Called when the page grows, after layout and before paint, so the
   * reader never sees it behind its end; called earlier, it saves the layout of what is passed over.
   */
  keepUp(): void {
    if (this.following) scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
  }

  private readonly onScroll = (): void => {
    const { scrollHeight, clientHeight } = document.documentElement;
    const isAtEnd = scrollY >= scrollHeight - clientHeight - nearPx;
    if (isAtEnd) this.set(true);
    else if (scrollY < this.lastTop) this.set(false);
    this.lastTop = scrollY;
  };

  /** Before the scroll itself: a frame in between would take the reader back to the end. */
  private readonly onWheel = (event: WheelEvent): void => {
    if (event.deltaY < 0 && scrollY > 0 && !isInsideScroller(event.target)) this.set(false);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.target instanceof HTMLTextAreaElement) return;
    if (upKeys.has(event.key) && scrollY > 0) this.set(false);
    if (event.key !== 'End') return;
    // The browser's own way there is animated, and its steps look like the reader's.
    event.preventDefault();
    this.resume();
  };

  private set(isFollowing: boolean): void {
    if (isFollowing === this.following) return;
    this.following = isFollowing;
    this.onDidChange(isFollowing);
  }
}

/** The composer scrolls by itself when its text is long. */
const isInsideScroller = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement && target.scrollHeight > target.clientHeight;
