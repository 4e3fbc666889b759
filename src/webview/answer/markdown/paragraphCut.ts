/** So much of the end stays open: emphasis that begins there may still find its end. */
const openChars = 1_000;
/** So far back a place is looked for. */
const searchedChars = 2_000;
const tries = 12;

/** A sentence or line end, then a letter: what begins there cannot be a list, a heading or a quote. */
const boundary = /(?:[.!?…][)"'”»]*[ \t]|[。！？]|\n)(?=\p{L})/gu;
const anySpace = /[ \t](?=\p{L})/gu;

/**
 * Where a long paragraph may be cut without changing how either part reads; `undefined` when no place is safe.
 */
export function paragraphCut(source: string): number | undefined {
  const settled = source.slice(0, -openChars);
  return lastBalanced(settled, boundary) ?? lastBalanced(settled, anySpace);
}

function lastBalanced(text: string, pattern: RegExp): number | undefined {
  const from = Math.max(0, text.length - searchedChars);
  const places = [...text.slice(from).matchAll(pattern)].map(match => from + match.index + match[0].length);
  return places
    .reverse()
    .slice(0, tries)
    .find(place => isBalanced(text.slice(0, place)));
}

/** No emphasis, code, link or strike-through reaches across the end of `text`, as far as counting can tell. */
function isBalanced(text: string): boolean {
  const count = (sign: string): number => text.split(sign).length - 1;
  return (
    ['`', '*', '_', '~'].every(sign => count(sign) % 2 === 0) &&
    count('[') === count(']') &&
    count('(') === count(')')
  );
}
