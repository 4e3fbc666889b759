import { toLines } from '../code/lines';

/** What begins a comment in the languages that models write. */
const commentStart = String.raw`(?:\/\/+|#+|--+|;+|%+|\/\*+|\*+|<!--|\{\/\*|'|REM\b|\(\*)`;
const commented = new RegExp(`^${commentStart}\\s*(.*?)\\s*(?:\\*\\/\\}?|-->|\\*\\))?$`, 'i');
const trailing = /\s(?:\/\/|#|--|\/\*|<!--)\s*(?:\.{3}|…)/;
/** `{ ... }` in the place of a body. */
const emptiedBody = /[{(]\s*(?:\/\*\s*)?(?:\.{3}|…)(?:\s*\*\/)?\s*[})]/;

const what =
  '(?:code|methods?|functions?|logic|implementations?|imports?|lines?|contents?|properties|fields|cases|members|class|file|definitions?|body|items|entries|tests?)';
const leftOut = [
  /^(?:\.{3}|…)/,
  /^\W*(?:the )?(?:rest|remainder)\b.*\b(?:of|remains?|is|stays?|unchanged|here|same|omitted|below|above)\b/i,
  new RegExp(
    String.raw`\b(?:existing|remaining|previous|original|other|unchanged|same|rest of(?: the)?)\s+(?:\w+\s+)?${what}\b.*(?:\.{3}|…|\b(?:here|unchanged|remains?|stays?|goes|same|as (?:before|is)|above|below|omitted)\b)`,
    'i',
  ),
  new RegExp(
    String.raw`^\W*(?:your |the )?(?:existing|previous|original|remaining|unchanged)\s+${what}\W*$`,
    'i',
  ),
  /\b(?:remains?|stays?|kept|is|are|left)\s+(?:unchanged|the same|as (?:is|before))\b/i,
  /\bomitted (?:for|here|to)\b|\bfor brevity\b/i,
  /^\W*(?:unchanged|omitted|snip(?:ped)?|no changes?(?: here)?|same as (?:before|above|original))\W*$/i,
  /\b(?:rest|remaining|existing|unchanged|as before|omitted|same as|previous code)\b.*(?:\.{3}|…)$/i,
];
const bare = /^[[(<]?\s*(?:\.{3}|…)\s*[\])>]?[,;]?$/;
const bracketed =
  /^[[(<]+\s*(?:(?:\.{3}|…).*|.*\b(?:rest|remaining|existing|unchanged|snip|omitted)\b.*)[\])>]+$/i;

/**
 * The first line in which a model says that it has left code out instead of writing it, such as `// ... existing
 * code ...`; undefined when there is none. Lines of the original are never meant: whoever wrote them meant them.
 */
export function findElision(text: string, original: string): string | undefined {
  const own = new Set(toLines(original).map(line => line.trim()));
  return toLines(text)
    .map(line => line.trim())
    .find(line => line !== '' && !own.has(line) && isElision(line));
}

function isElision(line: string): boolean {
  if (bare.test(line) || bracketed.test(line) || trailing.test(line) || emptiedBody.test(line)) return true;
  const comment = commented.exec(line)?.[1];
  return comment !== undefined && leftOut.some(pattern => pattern.test(comment));
}
