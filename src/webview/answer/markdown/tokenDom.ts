import type { Token } from 'markdown-it';
import type { IdleQueue } from '../../shared/idleQueue';
import { CodeBlock } from './codeBlock';
import { appendCodeText } from './codeText';
import { languageOf } from './language';
import { createLink } from './links';

/** The elements that tokens may become. A token of any other kind becomes a `span`. */
const plainElements = new Set(
  'p ul ol li blockquote table thead tbody tr th td strong em s sub sup kbd details summary'.split(' '),
);
/** How an item of a task list begins. */
const taskMark = /^\[([ xX])\][ \t]+(?=\S)/;

/**
 * Builds the DOM of parsed Markdown element by element, without HTML text in between: nothing in an answer can
 * become markup.
 */
export function createNodes(tokens: readonly Token[], idle: IdleQueue): ChildNode[] {
  const root = document.createElement('div');
  fill(root, tokens, idle);
  return [...root.childNodes];
}

/** Every element is created in its final place: moving an element costs as much as creating it. */
function fill(root: HTMLElement, tokens: readonly Token[], idle: IdleQueue): void {
  const open: HTMLElement[] = [];
  let parent = root;
  for (const [index, token] of tokens.entries()) {
    if (token.nesting === 0) {
      appendLeaf(parent, isTask(tokens, index) ? openTask(parent, token) : token, idle);
    } else if (!token.hidden && token.nesting === 1) {
      open.push(parent);
      parent = appendElement(parent, token);
    } else if (!token.hidden) {
      parent = open.pop() ?? root;
    }
  }
}

/** True when the token at `index` is the first text of a list item and begins with a box. */
const isTask = (tokens: readonly Token[], index: number): boolean =>
  tokens[index]?.type === 'inline' &&
  tokens[index - 2]?.type === 'list_item_open' &&
  tokens[index].children?.[0]?.type === 'text' &&
  taskMark.test(tokens[index].children[0].content);

/** Adds the box of a task; returns the item's text without its mark. */
function openTask(parent: HTMLElement, inline: Token): Token {
  const [first, ...others] = inline.children ?? [];
  const mark = taskMark.exec(first?.content ?? '');
  if (!first || !mark) return inline;
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.disabled = true;
  if (mark[1] !== ' ') box.setAttribute('checked', '');
  box.setAttribute('aria-label', mark[1] === ' ' ? 'To do' : 'Done');
  parent.append(box);
  parent.closest('li')?.classList.add('task');
  const text = Object.assign(Object.create(first), { content: first.content.slice(mark[0].length) });
  return Object.assign(Object.create(inline), { children: [text, ...others] });
}

/** Adds the element of an opening token; returns the one that its content goes into. */
function appendElement(parent: HTMLElement, token: Token): HTMLElement {
  const element = createElement(token);
  if (token.tag !== 'table') {
    parent.append(element);
    return element;
  }
  const frame = document.createElement('div');
  frame.className = 'table-frame';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', 'Table');
  frame.append(element);
  parent.append(frame);
  return element;
}

function createElement(token: Token): HTMLElement {
  if (token.type === 'footnote_open') return createNote(token.content);
  if (token.type === 'link_open') return createLink(attribute(token, 'href'));
  const tag = token.type === 'heading_open' ? lowerHeading(token.tag) : token.tag;
  const isKnown = plainElements.has(tag) || token.type === 'heading_open';
  const element = document.createElement(isKnown ? tag : 'span');
  if (tag === 'ol' && attribute(token, 'start') !== '')
    element.setAttribute('start', attribute(token, 'start'));
  const alignment = /text-align:(left|center|right)/.exec(attribute(token, 'style'))?.[1];
  if (alignment) element.classList.add(`align-${alignment}`);
  return element;
}

function createNote(label: string): HTMLElement {
  const note = document.createElement('div');
  note.className = 'note';
  note.setAttribute('role', 'note');
  const mark = document.createElement('sup');
  mark.append(label);
  note.append(mark, ' ');
  return note;
}

/** The page's own headings are `h1` and `h2`: headings of an answer begin at `h3`. */
const lowerHeading = (tag: string): string => `h${Math.min(6, Number(tag.slice(1)) + 2)}`;

function appendLeaf(parent: HTMLElement, token: Token, idle: IdleQueue): void {
  switch (token.type) {
    case 'inline':
      fill(parent, token.children ?? [], idle);
      return;
    case 'softbreak':
      parent.append('\n');
      return;
    case 'hardbreak':
    case 'hr':
      parent.append(document.createElement(token.tag));
      return;
    case 'code_inline': {
      const code = document.createElement('code');
      code.translate = false;
      appendCodeText(code, token.content);
      parent.append(code);
      return;
    }
    case 'math':
    case 'math_block': {
      const math = document.createElement(token.tag);
      math.className = 'math';
      math.translate = false;
      math.append(token.content);
      parent.append(math);
      return;
    }
    case 'footnote_ref': {
      const mark = document.createElement('sup');
      mark.append(token.content);
      parent.append(mark);
      return;
    }
    case 'fence':
    case 'code_block': {
      const block = new CodeBlock(languageOf(token.info), idle);
      block.append(token.content);
      parent.append(block.element);
      return;
    }
    case 'image':
      parent.append(createImageLink(token));
      return;
    default:
      parent.append(token.content);
  }
}

/** Images are never loaded, because nothing may leave the machine unasked: a link is shown instead. */
function createImageLink(token: Token): HTMLElement {
  const link = createLink(attribute(token, 'src'));
  link.append(`Image: ${token.content || attribute(token, 'src')}`);
  return link;
}

const attribute = (token: Token, name: string): string => String(token.attrGet(name) ?? '');
