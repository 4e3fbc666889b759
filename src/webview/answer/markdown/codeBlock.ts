import { html, render } from 'lit';
import { findHidden } from '../../../core/base/hiddenCharacters';
import { icons } from '../../shared/icons';
import type { IdleQueue } from '../../shared/idleQueue';
import { isSpecialText, markCodeText } from './codeText';
import { highlight, isHighlightable } from './highlight';
import { SlicedText } from './slicedText';

/** Code that still grows is highlighted at most this often. */
const recolourMs = 120;
/** Code beyond this length stays plain: nobody reads that much of it in a panel. */
const mostColoured = 400_000;

const owners = new WeakMap<Node, CodeBlock>();

/** The code block whose element is `node`; `undefined` when it is none. */
export const codeBlockOf = (node: Node | undefined): CodeBlock | undefined => node && owners.get(node);

/** A block of code with its language and buttons. It can grow, and is highlighted in idle time. */
export class CodeBlock {
  readonly element: HTMLElement;
  private readonly slices: SlicedText;
  private readonly uncoloured: HTMLElement[] = [];
  private colouredLength = 0;
  private lastColouredMs = 0;
  private openChanged = false;
  private content = '';
  /** The code holds characters that must be marked or isolated. */
  private isSpecial = false;
  private hiddenCount = 0;

  /** `language` is the first word of the fence, '' when there is none. */
  constructor(
    readonly language: string,
    private readonly idle: IdleQueue,
  ) {
    const { element, code } = createElements(language);
    this.element = element;
    this.slices = new SlicedText(code, slice => this.uncoloured.push(slice));
    owners.set(element, this);
  }

  /** The code as written, without the fence. */
  get text(): string {
    return this.content;
  }

  append(text: string): void {
    if (text === '') return;
    this.content += text;
    this.slices.append(text);
    this.isSpecial ||= isSpecialText(text);
    this.openChanged = true;
    this.countHidden(text);
    this.planColouring();
  }

  /** Takes over the text of `other` when that only adds to this one's; false when it does not. */
  growTo(other: CodeBlock): boolean {
    if (other.language !== this.language || !other.content.startsWith(this.content)) return false;
    this.append(other.content.slice(this.content.length));
    return true;
  }

  finish(): void {
    this.slices.close();
    this.planColouring();
  }

  /** Call this when the element has entered the document: only there it is highlighted. */
  wake(): void {
    this.planColouring();
  }

  private planColouring(): void {
    if (this.mayColour || this.isSpecial) this.idle.add(this.colourNext);
  }

  /** Without a look at the languages, which may not be loaded yet. */
  private get mayColour(): boolean {
    return this.language !== '' && this.colouredLength < mostColoured;
  }

  private get canColour(): boolean {
    return this.mayColour && isHighlightable(this.language);
  }

  private countHidden(text: string): void {
    const count = findHidden(text).length;
    if (count === 0) return;
    this.hiddenCount += count;
    const label = this.element.querySelector<HTMLElement>('.code-warning');
    if (label)
      label.textContent =
        this.hiddenCount === 1 ? '1 hidden character' : `${this.hiddenCount} hidden characters`;
  }

  private readonly colourNext = (): boolean => {
    if (!this.element.isConnected || !(this.canColour || this.isSpecial)) return false;
    const closed = this.uncoloured.shift();
    if (closed) {
      const nodes = this.toNodes(closed);
      if (nodes) closed.replaceChildren(nodes);
      this.colouredLength += closed.textContent.length;
      return (this.canColour || this.isSpecial) && (this.uncoloured.length > 0 || this.openChanged);
    }
    return this.colourOpen();
  };

  private colourOpen(): boolean {
    const { open } = this.slices;
    if (!open || !this.openChanged) return false;
    const waitMs = this.lastColouredMs + recolourMs - performance.now();
    if (waitMs > 0 || isSelected(open)) {
      setTimeout(() => this.planColouring(), Math.max(waitMs, recolourMs));
      return false;
    }
    this.lastColouredMs = performance.now();
    this.openChanged = false;
    const nodes = this.toNodes(open);
    if (nodes) this.slices.replaceOpen(nodes);
    return false;
  }

  /** What a slice looks like highlighted and with its marks; undefined when it stays as it is. */
  private toNodes(slice: HTMLElement): DocumentFragment | undefined {
    const code = slice.textContent;
    const nodes = this.canColour && !isSelected(slice) ? highlight(code, this.language) : undefined;
    if (!this.isSpecial) return nodes;
    const marked = nodes ?? document.createDocumentFragment();
    if (!nodes) marked.append(code);
    markCodeText(marked);
    return marked;
  }
}

/** Replacing selected nodes would lose the reader's selection. */
function isSelected(element: HTMLElement): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(element, true);
}

let template: HTMLElement | undefined;

function createElements(language: string): { element: HTMLElement; code: HTMLElement } {
  template ??= createTemplate();
  const element = template.cloneNode(true) as HTMLElement;
  const [bar, pre] = element.children;
  const label = bar?.firstElementChild;
  const code = pre?.firstElementChild;
  if (!label || !(code instanceof HTMLElement)) throw new Error('The code block template is broken');
  label.textContent = language;
  pre?.setAttribute('aria-label', language === '' ? 'Code' : `Code, ${language}`);
  return { element, code };
}

function createTemplate(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'code';
  element.dataset.part = 'code';
  const bar = document.createElement('div');
  bar.className = 'code-bar';
  render(
    html`<span class="code-language"></span><span class="code-warning" data-part="hidden-characters"></span><span class="code-actions"
      ><button class="icon-button" data-part="copy" aria-label="Copy code" title="Copy">${icons.copy}</button
      ><button class="icon-button" data-part="insert" aria-label="Insert code at cursor" title="Insert at Cursor">${icons.insert}</button
      ><button class="icon-button" data-part="replace" aria-label="Show what this code would replace" title="Replace…">${icons.replace}</button
      ><button class="icon-button" data-part="new-file" aria-label="Open code in a new file" title="Open in New File">${icons.newFile}</button
    ></span>`,
    bar,
  );
  const pre = document.createElement('pre');
  pre.dir = 'ltr';
  // Long lines scroll sideways: without a tab stop the keyboard could not reach their ends.
  pre.tabIndex = 0;
  pre.setAttribute('role', 'group');
  const code = document.createElement('code');
  code.translate = false;
  pre.append(code);
  element.append(bar, pre);
  return element;
}
