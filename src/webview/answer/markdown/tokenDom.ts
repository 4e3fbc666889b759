import type { Token } from 'markdown-it';
import type { IdleQueue } from '../../shared/idleQueue';
import { CodeBlock } from './codeBlock';
import { createLink } from './links';

/** The elements that tokens may become. A token of any other kind becomes a `span`. */
const plainElements = new Set('p ul ol li blockquote table thead tbody tr th td strong em s'.split(' '));

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

/** The word of a fence's info string that names its language. */
export const languageOf = (info: string): string => /^[^\s{,:]+/.exec(info.trim())?.[0] ?? '';

/** Images are never loaded, because nothing may leave the machine unasked: a link is shown instead. */
function createImageLink(token: Token): HTMLElement {
  const link = createLink(attribute(token, 'src'));
  link.append(`Image: ${token.content || attribute(token, 'src')}`);
  return link;
}

const attribute = (token: Token, name: string): string => String(token.attrGet(name) ?? '');
