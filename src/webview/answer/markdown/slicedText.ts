/** A slice ends at the first blank line past this many characters. */
const softLimit = 2_000;
/** Past this it ends at any line end; past four times this, at any character. */
const hardLimit = 4_000;

/**
 * Text that only grows, kept in elements ("slices") of limited size. Adding to it costs the same however long
 * the text is, because the browser lays out only the last slice. The text content of the container is exactly
 * the text that was added, line ends included.
 */
export class SlicedText {
  private slice: HTMLElement | undefined;
  private tail: Text | undefined;
  private length = 0;
  private lastChars = '';

  /** `onClosed` is called with each slice that will not change any more. */
  constructor(
    private readonly container: HTMLElement,
    private readonly onClosed: (slice: HTMLElement) => void = () => {},
  ) {}

  /** The slice that still grows. */
  get open(): HTMLElement | undefined {
    return this.slice;
  }

  append(text: string): void {
    let rest = text;
    while (rest !== '') {
      const cut = this.findSplit(rest);
      this.add(cut === undefined ? rest : rest.slice(0, cut));
      if (cut === undefined) return;
      this.close();
      rest = rest.slice(cut);
    }
  }

  /** No more text will come. */
  close(): void {
    const { slice } = this;
    this.slice = undefined;
    this.tail = undefined;
    this.length = 0;
    this.lastChars = '';
    if (slice) this.onClosed(slice);
  }

  /** Replaces the nodes of the open slice by `nodes`, which hold the same text; later text is added after them. */
  replaceOpen(nodes: DocumentFragment): void {
    this.tail = undefined;
    this.slice?.replaceChildren(nodes);
  }

  private add(text: string): void {
    if (text === '') return;
    if (!this.slice) {
      this.slice = document.createElement('span');
      this.slice.className = 'slice';
      this.container.append(this.slice);
    }
    if (this.tail) {
      this.tail.appendData(text);
    } else {
      this.tail = document.createTextNode(text);
      this.slice.append(this.tail);
    }
    this.length += text.length;
    this.lastChars = (this.lastChars + text.slice(-2)).slice(-2);
  }

  /** Where in `rest` the open slice ends; `undefined` when all of `rest` belongs to it. */
  private findSplit(rest: string): number | undefined {
    if (this.length + rest.length <= softLimit) return undefined;
    const text = this.lastChars + rest;
    const offset = this.lastChars.length;
    const from = (limit: number): number => Math.max(0, limit - this.length);
    // A blank line before an unindented one: strings and comments rarely reach across it.
    const calm = /\n\n(?=[^\s)\]}])/g;
    calm.lastIndex = from(softLimit);
    const match = calm.exec(text);
    if (match && match.index + 2 - offset <= from(hardLimit)) return match.index + 2 - offset;
    if (this.length + rest.length <= hardLimit) return undefined;
    const lineEnd = rest.indexOf('\n', from(hardLimit));
    if (lineEnd !== -1 && lineEnd < from(4 * hardLimit)) return lineEnd + 1;
    return this.length + rest.length > 4 * hardLimit ? from(4 * hardLimit) : undefined;
  }
}
