import { openFenceOf } from './openFence';

/** How far back a repetition is looked for, in UTF-16 units. */
const longestTail = 20_000;

/** How sure it must be that text is a repetition. */
export type Caution =
  /** The model was asked in words to go on: it is likely to repeat what stands last. */
  | 'instructed'
  /** The model goes on from the text itself: what looks repeated is more likely meant. */
  | 'prefilled';

/** What of a text repeats the end of the one before it. */
interface Repetition {
  /** UTF-16 units at its start. */
  readonly length: number;
  /** It cannot be told before more text comes. */
  readonly isOpen: boolean;
}

/** So many units at the start of `text`, empty lines before it included, repeat what stands last. */
export function repeatedLength(
  before: string,
  text: string,
  caution: Caution,
  isWhole: boolean,
): number | 'wait' {
  const blank = /^\s*\n\s*/.exec(text)?.[0].length ?? 0;
  const starts = blank > 0 && blank < text.length ? [0, blank] : [0];
  let longest = 0;
  for (const start of starts) {
    const { length, isOpen } = findRepetition(before, text.slice(start), caution, isWhole);
    if (isOpen) return 'wait';
    if (length > 0) longest = Math.max(longest, start + length);
  }
  return longest;
}

/** `isWhole`: no more text comes. */
function findRepetition(before: string, text: string, caution: Caution, isWhole: boolean): Repetition {
  const tail = before.slice(-longestTail);
  const mayGrow = /^[`~]+$/.test(text) || (text.length < tail.length && tail.includes(text));
  if (!isWhole && mayGrow) return { length: 0, isOpen: true };
  for (let length = Math.min(tail.length, text.length); length > 0; length--) {
    if (!tail.endsWith(text.slice(0, length))) continue;
    const rest = tail.slice(0, -length);
    if (isNextFence(rest, text, length)) continue;
    if (isRepeated(rest, text.slice(0, length), caution) || isFenceBegun(rest, text, length, caution))
      return { length, isOpen: false };
  }
  return { length: 0, isOpen: false };
}

/** Lines that stand below each other in code as they are: ends of blocks, closing tags, lines of signs. */
const closesSomething = /^(?:<\/[\w:-]+>|end|fi|done|esac|else|break|[^\p{L}\p{N}]*)[;,)\]}\s]*$/u;
const listMarker = /^(?:[-*+#>]+|\d+[.)]) $/;
const fence = /^(?:`{3}|~{3})/;

function isRepeated(rest: string, repeated: string, caution: Caution): boolean {
  // Half a sign at the end: what follows can only be its other half.
  if (/[\ud800-\udbff]$/.test(repeated)) return true;
  const core = repeated.trim();
  const isAtLineStart = /(?:^|\n)$/.test(rest) || /^\s*\n/.test(repeated);
  if (isAtLineStart && fence.test(core)) return true;
  const letters = core.match(/\p{L}/gu)?.length ?? 0;
  if (caution === 'prefilled') return letters >= 12 && isBoundary(rest, repeated);
  if (isAtLineStart && listMarker.test(repeated)) return true;
  // Code and the fence behind it: no code goes on behind a fence.
  if (isAtLineStart && /\n *(?:`{3}|~{3})/.test(core)) return true;
  if (closesSomething.test(core)) return isAtLineStart && core.length >= 8 && /\n/.test(repeated.trimStart());
  if (isAtLineStart) return core.length >= 2 && letters > (core.length > 2 ? 0 : 1);
  if (/^\S/.test(repeated) && /\s$/.test(rest) && core.length >= 5 && /\s/.test(core)) return true;
  return letters >= 2 && isBoundary(rest, repeated);
}

/** A fence that closes stands there, and one with a word comes: they only begin alike. */
function isNextFence(rest: string, text: string, length: number): boolean {
  if (!/^(?:`{3,}|~{3,})$/.test(text.slice(0, length)) || !/^[^\s`~]/.test(text.slice(length))) return false;
  return openFenceOf(rest) !== undefined;
}

/** The first signs of a fence stand there, and the whole of it comes. */
function isFenceBegun(rest: string, text: string, length: number, caution: Caution): boolean {
  if (caution === 'prefilled' || length > 2 || !/(?:^|\n) {0,3}$/.test(rest)) return false;
  const run = /^(?:`{3,}|~{3,})/.exec(text)?.[0].length ?? 0;
  return run >= (openFenceOf(rest)?.marker.length ?? 3);
}

/** No word is cut where `repeated` begins. */
function isBoundary(rest: string, repeated: string): boolean {
  return !/[\p{L}\p{N}_]$/u.test(rest) || !/^[\p{L}\p{N}_]/u.test(repeated);
}
