import { findHidden } from '../../../core/base/hiddenCharacters';

/** Hebrew, Arabic and their neighbours: a run of them, with what stands between its words. */
const rightToLeftRun =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]+(?:[\s.,:;!?-]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]+)*/g;

/** True when code holds something that {@link markCodeText} would change the look of. */
export const isSpecialText = (text: string): boolean =>
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]/.test(text) || findHidden(text).length > 0;

/** Adds `text` to `parent` as {@link markCodeText} shows it. */
export function appendCodeText(parent: ParentNode & Node, text: string): void {
  parent.append(text);
  if (isSpecialText(text)) markCodeText(parent);
}

/**
 * Shows the text below `root` as it is: each hidden character gets a mark, and words written from right to left
 * are isolated, so that they change the order of nothing around them. The text itself stays the same.
 */
export function markCodeText(root: Node): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
  for (const text of texts) {
    const spans = [...hiddenSpans(text.data), ...rightToLeftSpans(text.data)].sort(
      (a, b) => a.start - b.start,
    );
    if (spans.length > 0) text.replaceWith(split(text.data, spans));
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
  /** Undefined for words from right to left. */
  readonly name?: string;
}

const hiddenSpans = (text: string): Span[] =>
  findHidden(text).map(({ index, text: found }) => ({
    start: index,
    end: index + found.length,
    name: nameOf(found),
  }));

/** E.g. `U+202E`. */
const nameOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const rightToLeftSpans = (text: string): Span[] =>
  [...text.matchAll(rightToLeftRun)]
    .map(match => ({ start: match.index, end: match.index + match[0].length }))
    .filter(({ start, end }) => findHidden(text.slice(start, end)).length === 0);

function split(text: string, spans: readonly Span[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const { start, end, name } of spans) {
    if (start < at) continue;
    if (start > at) fragment.append(text.slice(at, start));
    const span = document.createElement('span');
    span.className = name === undefined ? 'isolated' : 'hidden-character';
    if (name !== undefined) {
      span.dataset.name = name;
      span.title = `Hidden character ${name}`;
    }
    span.append(text.slice(start, end));
    fragment.append(span);
    at = end;
  }
  if (at < text.length) fragment.append(text.slice(at));
  return fragment;
}
