/** A distance to the end that still counts as being there: zoom leaves fractions of a pixel. */
const nearPx = 4;
const upKeys = new Set(['ArrowUp', 'PageUp', 'Home']);

/**
 * Keeps the end of the growing page in view while the reader is there ("following"). Following ends when the
 * reader scrolls up; it begins again when the reader reaches the end, or with `resume`.
 */
export class AutoScroll {
  private following = true;
  private lastTop = 0;
  private readonly sizes = new ResizeObserver(() => this.keepUp());

  /** `onDidChange` is called when following begins or ends. */
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
   * Scrolls to the end while following. Called after layout and before paint when the page has grown, so that no
   * frame shows the page short of its end. Called before layout, it also saves laying out what is scrolled past.
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

  /** Ends following before the scroll happens: a frame in between would scroll back to the end. */
  private readonly onWheel = (event: WheelEvent): void => {
    if (event.deltaY < 0 && scrollY > 0 && !isInsideScroller(event.target)) this.set(false);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.target instanceof HTMLTextAreaElement) return;
    if (upKeys.has(event.key) && scrollY > 0) this.set(false);
    if (event.key !== 'End') return;
    // The browser would animate the scroll, and its steps look like the reader's own scrolling.
    event.preventDefault();
    this.resume();
  };

  private set(isFollowing: boolean): void {
    if (isFollowing === this.following) return;
    this.following = isFollowing;
    this.onDidChange(isFollowing);
  }
}

/** A composer with a long text scrolls by itself. */
const isInsideScroller = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement && target.scrollHeight > target.clientHeight;
