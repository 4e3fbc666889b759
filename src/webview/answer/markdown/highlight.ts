import { createHighlighter } from './languages';

type Highlighter = ReturnType<typeof createHighlighter>;
type HighlightedNode = ReturnType<Highlighter['highlight']>['children'][number];

/** Code with a longer line than this (minified code) stays plain: one such line can cost a whole frame. */
const longestLine = 2000;

let highlighter: Highlighter | undefined;

/** Takes longer than a frame the first time: call it before code has to be coloured, in idle time. */
export function loadLanguages(): Highlighter {
  highlighter ??= createHighlighter();
  return highlighter;
}

/** True when `language` (a fence word or a VS Code language id) can be highlighted. */
export const isHighlightable = (language: string): boolean =>
  language !== '' && loadLanguages().registered(language);

/** `code` as nodes with `hljs-…` classes; `undefined` when it is better left plain. */
export function highlight(code: string, language: string): DocumentFragment | undefined {
  if (!isHighlightable(language) || code.split('\n').some(line => line.length > longestLine))
    return undefined;
  const fragment = document.createDocumentFragment();
  appendNodes(fragment, loadLanguages().highlight(language, code).children);
  // Colour must never change the code: a grammar that drops a character is not used for it.
  return fragment.textContent === code ? fragment : undefined;
}

function appendNodes(parent: ParentNode, nodes: readonly HighlightedNode[]): void {
  for (const node of nodes) {
    if (node.type === 'text') {
      parent.append(node.value);
    } else if (node.type === 'element') {
      const span = document.createElement('span');
      const { className } = node.properties;
      if (Array.isArray(className)) span.className = className.join(' ');
      appendNodes(span, node.children);
      parent.append(span);
    }
  }
}
