import MarkdownIt, { type Env, type Token } from 'markdown-it';

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false });
// `main.rs` and `build.sh` are files here, not hosts: only what names its scheme becomes a link.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
// What may be a link is decided where links are made; a refused one shows its text, not its source.
markdown.validateLink = () => true;

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

/** The lines on which the items of a list block begin; empty when the block is no list. */
export function itemLines(block: Block): number[] {
  return isList(block) ? block.tokens.flatMap(token => (isTopItem(token) ? (token.map?.[0] ?? []) : [])) : [];
}

export function isList({ tokens }: Block): boolean {
  return tokens[0]?.type === 'bullet_list_open' || tokens[0]?.type === 'ordered_list_open';
}

const isTopItem = (token: Token): boolean => token.type === 'list_item_open' && token.level === 1;
