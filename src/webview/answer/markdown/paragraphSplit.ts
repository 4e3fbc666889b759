/** The last so many characters stay in the second part: emphasis that begins there may still be closed. */
const openChars = 1_000;
/** How far back a place to split is looked for. */
const searchedChars = 2_000;
const tries = 12;

/** The end of a sentence or line, then a letter: a part that begins there cannot become a list, heading or quote. */
const boundary = /(?:[.!?…][)"'”»]*[ \t]|[。！？]|\n)(?=\p{L})/gu;
const anySpace = /[ \t](?=\p{L})/gu;

/** Where a long paragraph can be split without changing how either part is parsed; `undefined`: nowhere. */
export function findParagraphSplit(source: string): number | undefined {
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

/** True when no emphasis, code or link seems to reach across the end of `text`, judged by counting signs. */
function isBalanced(text: string): boolean {
  const count = (sign: string): number => text.split(sign).length - 1;
  return (
    ['`', '*', '_', '~', '$'].every(sign => count(sign) % 2 === 0) &&
    count('[') === count(']') &&
    count('(') === count(')')
  );
}
