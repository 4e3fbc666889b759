import type { Emitter } from 'highlight.js';
import { createHighlighter } from './languages';

/** Longer lines than this (minified code) stay plain: one of them can cost a whole frame. */
const longestLine = 2000;

/** Builds DOM nodes where the library's own emitter would build HTML text. */
class NodeEmitter implements Emitter {
  readonly root = document.createElement('span');
  private readonly open: HTMLElement[] = [this.root];

  addText(text: string): void {
    if (text !== '') this.top.append(text);
  }

  startScope(scope: string): void {
    const span = document.createElement('span');
    const [first, ...rest] = scope.split('.');
    span.className = [`hljs-${first}`, ...rest.map(part => `${part}_`)].join(' ');
    this.top.append(span);
    this.open.push(span);
  }

  endScope(): void {
    if (this.open.length > 1) this.open.pop();
  }

  /** The names under which the library's core calls the two above. */
  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(emitter: Emitter): void {
    if (emitter instanceof NodeEmitter) this.top.append(...emitter.root.childNodes);
  }

  finalize(): void {
    this.open.length = 1;
  }

  toHTML(): string {
    return '';
  }

  private get top(): HTMLElement {
    return this.open.at(-1) ?? this.root;
  }
}

const highlighter = createHighlighter();
highlighter.configure({ __emitter: NodeEmitter });

/** True when `language` (a fence word or a VS Code language id) can be highlighted. */
export function isHighlightable(language: string): boolean {
  return highlighter.getLanguage(language) !== undefined;
}

/** `code` as nodes with `hljs-…` classes; `undefined` when it is better left plain. */
export function highlight(code: string, language: string): DocumentFragment | undefined {
  if (!isHighlightable(language) || code.split('\n').some(line => line.length > longestLine))
    return undefined;
  const result = highlighter.highlight(code, { language, ignoreIllegals: true });
  if (!(result._emitter instanceof NodeEmitter)) return undefined;
  const fragment = document.createDocumentFragment();
  fragment.append(...result._emitter.root.childNodes);
  return fragment.textContent === code ? fragment : undefined;
}
