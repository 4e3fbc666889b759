import { toLines } from '../code/lines';

/** What begins a comment in the languages that models write. */
const commentStart = String.raw`(?:\/\/+|#+|--|;+|%+|\/\*+|<!--|\{\/\*|'\s|REM\b|\(\*)`;
const commented = new RegExp(`^${commentStart}\\s*(.*?)\\s*(?:\\*\\/\\}?|-->|\\*\\))?$`, 'i');
/** Words within a comment of several lines are about the code: they may well say that something is unchanged. */
const withinComment = /^\*(?:\s|$)|^\/\*\*/;
const trailing = /\s(?:\/\/|#|--|\/\*|<!--)\s*(?:\.{3}|…)/;
/** `{ ... }` in the place of a body. */
const emptiedBody = /(?:[)\w]|=>)\s*\{\s*(?:\/\*\s*)?(?:\.{3}|…)(?:\s*\*\/)?\s*\}\W*$/;
/** `(...)` in the place of arguments; in C++ it is code behind `catch`. */
const emptiedCall = /^(?!.*(?:["'`]|\bcatch\b)).*\w\((?:\.{3}|…)\)/;

const what =
  '(?:code|methods?|functions?|logic|implementations?|imports?|lines?|contents?|properties|fields|cases|members|class|file|definitions?|body|items|entries|tests?)';
const leftOut = [
  /^(?:\.{3}|…)(?:\s|\W*$)/,
  /^(?:\.{3}|…)\W*(?:rest|remaining|existing|other|more|unchanged|previous|same|code|omitted|as before|keep|your|original|implementation)\b/i,
  /^\W*(?:the )?(?:rest|remainder)\b.*\b(?:of|remains?|is|stays?|unchanged|here|same|omitted|below|above)\b/i,
  new RegExp(
    String.raw`^\W*(?:\w+\s+){0,2}(?:existing|remaining|previous|original|other|unchanged|same|rest of(?: the)?)\s+(?:\w+\s+)?${what}\b.*(?:\.{3}|…|\b(?:here|unchanged|remains?|stays?|goes|same|as (?:before|is)|above|below|omitted)\b)`,
    'i',
  ),
  new RegExp(
    String.raw`^\W*(?:your |the )?(?:existing|previous|original|remaining|unchanged)\s+${what}\W*$`,
    'i',
  ),
  /^\W*(?:\w+\s+){0,4}(?:remains?|stays?|kept|is|are|left)\s+(?:unchanged|the same|as (?:is|before))\W*$/i,
  /\bomitted for\b|^\W*omitted\b|\bfor brevity\W*$/i,
  /^\W*(?:unchanged|omitted|snip(?:ped)?|no changes?(?: here)?|same as (?:before|above|original))\W*$/i,
  /^\W*(?:\w+\s+){0,3}(?:rest|remaining|existing|unchanged|as before|omitted|same as|previous code)\b.*(?:\.{3}|…)$/i,
];
const bare = /^[[(<]?\s*(?:\.{3}|…)\s*[\])>]?[,;]?$/;
const bracketed =
  /^[[(<]+\s*(?:(?:\.{3}|…)\s.*|(?:\w+ ){0,3}(?:rest|remaining|existing|unchanged|snip|omitted)\b[^=;]*)[\])>]+$/i;

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
  if (bare.test(line)) return true;
  if (withinComment.test(line)) return false;
  const comment = commented.exec(line)?.[1];
  if (comment !== undefined) return leftOut.some(pattern => pattern.test(comment));
  return [bracketed, trailing, emptiedBody, emptiedCall].some(pattern => pattern.test(line));
}
