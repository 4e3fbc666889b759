import MarkdownIt, { type Env, type Token } from 'markdown-it';
import { addFences } from './syntax/fence';
import { addFootnotes } from './syntax/footnotes';
import { addMath } from './syntax/math';
import { addSafeHtml } from './syntax/safeHtml';

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false });
// `main.rs` and `build.sh` are files here, not hosts: only what names its scheme becomes a link.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
// `createLink` decides which addresses may be links; a refused link then shows its text instead of its source.
markdown.validateLink = () => true;
addFences(markdown);
addMath(markdown);
addSafeHtml(markdown);
addFootnotes(markdown);

/** One top-level block of a piece of Markdown. */
export interface Block {
  readonly tokens: readonly Token[];
  /** 0-based line of the piece on which the block begins. */
  readonly startLine: number;
}

/** Parses a piece of Markdown. `env` carries link definitions from piece to piece. */
export function parseBlocks(source: string, env: Env): Block[] {
  const blocks: Block[] = [];
  let current: Token[] = [];
  for (const token of markdown.parse(source, env)) {
    current.push(token);
    if (token.level > 0 || token.nesting === 1) continue;
    blocks.push({ tokens: current, startLine: current[0]?.map?.[0] ?? 0 });
    current = [];
  }
  return blocks;
}

/** A label in brackets that may refer to a link definition; code is skipped. */
const reference = /`+[^`]*`+|\\.|\[((?:`[^`]*`|\\.|[^[\]\\`])+)\](?!\()/g;

/** The labels that `block` refers to and that have no definition in `env`. */
export function missingLabels({ tokens }: Block, env: Env): string[] {
  const named = tokens.flatMap(({ type, content }) =>
    type === 'inline' && content.includes('[')
      ? [...content.matchAll(reference)].map(match => markdown.utils.normalizeReference(match[1] ?? ''))
      : [],
  );
  return named.filter(label => label !== '' && !Object.hasOwn(env.references ?? {}, label));
}

/** Parses the inline text of `block` again, with the definitions that `env` has now. */
export function parseInlineAgain(block: Block, env: Env): Block {
  for (const token of block.tokens) {
    if (token.type === 'inline') token.children = markdown.parseInline(token.content, env)[0]?.children ?? [];
  }
  return block;
}
