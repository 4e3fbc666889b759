import { codeBlockOf } from '../../src/webview/answer/markdown/codeBlock';
import { MarkdownView } from '../../src/webview/answer/markdown/markdownView';
import { IdleQueue } from '../../src/webview/shared/idleQueue';

/**
 * Renders an answer that arrives in `pieces`, painting after each of them, and says what it looks like: its
 * elements, and each code block as the text that Copy and Insert take. Runs in a page.
 */
export function renderPieces(pieces: readonly string[]): string {
  const root = document.createElement('div');
  const view = new MarkdownView(root, new IdleQueue());
  for (const piece of pieces) {
    view.append(piece);
    view.paint(Number.POSITIVE_INFINITY);
  }
  view.complete();
  while (view.paint(Number.POSITIVE_INFINITY) !== 'nothing');
  for (const part of [...root.querySelectorAll<HTMLElement>('.is-continued')].reverse()) joinNext(part);
  return outline(root);
}

/** Joins the first part of a block that was split with the second, which repeats the head of a table. */
function joinNext(first: HTMLElement): void {
  const second = first.nextElementSibling ?? first.parentElement?.nextElementSibling?.firstElementChild;
  if (!second) return;
  first.classList.remove('is-continued');
  const [into, from] = [first.querySelector('tbody') ?? first, second.querySelector('tbody') ?? second];
  into.append(...from.childNodes);
  second.remove();
}

/** Elements that only group others are passed over, and the parts of a long block that was split are one. */
function outline(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replace(/\s+/g, ' ');
  const inner = (): string => [...node.childNodes].map(outline).join('');
  if (!(node instanceof HTMLElement)) return inner();
  const code = codeBlockOf(node);
  if (code) return `<code-block ${JSON.stringify([code.language, code.text])}>`;
  if (node.matches('.chunk, .isolated, .hidden-character') || !node.parentElement) return inner();
  const attributes = ['href', 'start', 'class', 'type'].map(name =>
    node.getAttribute(name) ? `${name}=${node.getAttribute(name)}` : '',
  );
  if (node.hasAttribute('checked')) attributes.push('checked');
  return `<${[node.localName, ...attributes].filter(Boolean).join(' ')}>${inner()}</${node.localName}>`;
}
