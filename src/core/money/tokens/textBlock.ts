/** UTF-16 code units of a text that are read at a time: memory stays small for the largest. */
const blockLength = 4096;
const lineFeed = 0x0a;
/** One for all texts, which are counted one after the other. */
const units = new Uint16Array(blockLength + 2);
units[0] = lineFeed;
/** The block in UTF-8, which has at most three bytes for a code unit. */
const bytes = new Uint8Array(3 * blockLength);
const encoder = new TextEncoder();

/** Where the text of a block begins. */
export const blockStart = 1;

/**
 * A part of a text as an array, which is read many times as fast as a string. A line end stands before it and a zero
 * behind it, so that whoever reads a run needs not ask for the ends.
 */
export interface TextBlock {
  readonly units: Uint16Array;
  /** Where the zero is. */
  readonly end: number;
}

/** Reads the block of `text` that starts at `start`; it ends with a line, unless that is too long. */
export function readBlock(text: string, start: number): TextBlock {
  const length = Math.min(text.length - start, blockLength);
  const { written } = encoder.encodeInto(text.slice(start, start + length), bytes);
  if (written === length) units.set(bytes.subarray(0, length), blockStart);
  else readMixed(text, start, length);
  const end = blockStart + (start + length < text.length ? wholeLines(length) : length);
  units[end] = 0;
  return { units, end };
}

/** Takes what is ASCII from {@link bytes}, since one unit of a string takes as long as several of an array. */
function readMixed(text: string, start: number, length: number): void {
  let byte = 0;
  for (let index = 0; index < length; index++) {
    const first = bytes[byte] ?? 0;
    if (first < 0x80) {
      units[blockStart + index] = first;
      byte++;
      continue;
    }
    units[blockStart + index] = text.charCodeAt(start + index);
    byte += first < 0xe0 ? 2 : 3;
    if (first < 0xf0) continue;
    // A surrogate pair: four bytes, two units.
    byte++;
    index++;
    units[blockStart + index] = text.charCodeAt(start + index);
  }
}

/** How many of the `length` units read are whole lines; all, when the last line takes more than half of them. */
function wholeLines(length: number): number {
  let line = length;
  while (line > blockLength / 2 && units[blockStart + line - 1] !== lineFeed) line--;
  return line > blockLength / 2 ? line : length;
}
