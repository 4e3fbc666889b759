/** More text than this is no introduction. */
const longestIntroduction = 240;
/** Shorter starts can still become an introduction. */
const shortestOpener = 24;

const opener =
  /^[\s*_([]*(?:sure|certainly|of course|okay|ok|absolutely|understood|got it|continu\w*|here(?:'s|’s| is| are| you go)|apologies|sorry|i(?:'ll|’ll| will)|picking up|resuming|let me|let's|let’s|the (?:rest|remain\w*|continuation))\b/i;
const aboutGoingOn = /continu|left off|stopp|cut off|rest of|the rest|remain|resum|picking up|interrupt/i;
const bareOpener =
  /^\s*(?:sure|certainly|of course|okay|ok|absolutely|understood|got it|here you go)[^\n]{0,40}[:.!]\s*$/i;

/**
 * How much of `text` is talk about going on, before the answer itself goes on. `wait`: more text decides it; `isWhole`:
 * there is no more.
 */
export function introductionLength(text: string, isWhole: boolean): number | 'wait' {
  const [, line = '', breaks = ''] = /^(\s*[^\n]*)(\n*)/.exec(text) ?? [];
  const isOpener = opener.test(line);
  if (!isWhole && breaks === '') {
    if (line.trimStart().length < shortestOpener && /^\s*[*_([]*\p{Lu}?[\p{L}'’ ]*$/u.test(line))
      return 'wait';
    if (isOpener && line.length < longestIntroduction) return 'wait';
  }
  // More line breaks may follow.
  if (!isWhole && isOpener && line.length + breaks.length === text.length && breaks.length < 3) return 'wait';
  if (!isOpener || breaks === '' || line.length > longestIntroduction) return 0;
  const isTalk = /^\s*[\p{Lu}*_([]/u.test(line) && (bareOpener.test(line) || /[:.…!)*_\]-]\s*$/.test(line));
  if (!isTalk || !(bareOpener.test(line) || aboutGoingOn.test(line))) return 0;
  // What stands between the talk and the answer is one empty line.
  return line.length + Math.min(2, breaks.length);
}
