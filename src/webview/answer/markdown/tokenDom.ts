import type { Token } from 'markdown-it';
import type { IdleQueue } from '../../shared/idleQueue';
import { CodeBlock } from './codeBlock';
import { createLink } from './links';

/** What may come of a token that opens an element. Any other kind shows its content without one. */
const plainElements = new Set('p ul ol li blockquote table thead tbody tr th td strong em s'.split(' '));

/**
 * Builds the DOM of parsed Markdown, element by element: no HTML text in between, so nothing an
 * answer says can become markup.
 */
export function createNodes(tokens: readonly Token[], idle: IdleQueue): ChildNode[] {
  const root = document.createElement('div');
  fill(root, tokens, idle);
  return [...root.childNodes];
}

/** Straight into its place: an element that is moved costs as much as one that is made. */
function fill(root: HTMLElement, tokens: readonly Token[], idle: IdleQueue): void {
  const open: HTMLElement[] = [];
  let parent = root;
  for (const token of tokens) {
    if (token.nesting === 0) {
      appendLeaf(parent, token, idle);
    } else if (!token.hidden && token.nesting === 1) {
      open.push(parent);
      parent = appendElement(parent, token);
    } else if (!token.hidden) {
      parent = open.pop() ?? root;
    }
  }
}

/** Adds the element of an opening token; gives the one that its content goes into. */
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

/** The page's own headings are `h1` and `h2`: an answer's begin below them. */
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
      code.append(token.content);
      parent.append(code);
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

/** The word of a fence's info string that names the language. */
export const languageOf = (info: string): string => /^[^\s{,:]+/.exec(info.trim())?.[0] ?? '';

/** Images are not loaded (nothing leaves the machine for them): their place is a link. */
function createImageLink(token: Token): HTMLElement {
  const link = createLink(attribute(token, 'src'));
  link.append(`Image: ${token.content || attribute(token, 'src')}`);
  return link;
}

const attribute = (token: Token, name: string): string => String(token.attrGet(name) ?? '');
