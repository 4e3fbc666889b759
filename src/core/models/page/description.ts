import { links } from '../../base/links';

/** A piece of a description: words, or words that lead somewhere. */
export interface DescriptionPart {
  readonly text: string;
  /** An address of the web. */
  readonly href?: string;
}

/** `[words](address)` with an address of the web or of OpenRouter's own site, or an address alone. */
const link = /\[([^\][]+)\]\(<?(\/[^)\s>]*|https?:\/\/[^)\s>]+)>?\)|https?:\/\/[^\s)\]>,]+[^\s)\]>,.:;]/g;

/** A description by its paragraphs. Its links are read, all other Markdown in it is shown as it is. */
export function describeInParagraphs(description: string): readonly (readonly DescriptionPart[])[] {
  return description
    .split(/\n\s*\n/)
    .map(paragraph => paragraph.trim())
    .filter(paragraph => paragraph !== '')
    .map(toParts);
}

function toParts(paragraph: string): readonly DescriptionPart[] {
  const parts: DescriptionPart[] = [];
  let end = 0;
  for (const match of paragraph.matchAll(link)) {
    const [whole, words = whole, address = whole] = match;
    if (match.index > end) parts.push({ text: paragraph.slice(end, match.index) });
    parts.push({ text: words, href: address.startsWith('/') ? `${links.home}${address}` : address });
    end = match.index + whole.length;
  }
  if (end < paragraph.length) parts.push({ text: paragraph.slice(end) });
  return parts;
}
