import { isBlank, sayingLines } from '../code/lines';
import { shareOf } from './chooseBlock';
import { isDiff } from './unifiedDiff';

/** In these languages a sentence is no sign that the text is not meant as code. */
const proseLanguages: ReadonlySet<string> = new Set([
  'markdown',
  'plaintext',
  'latex',
  'restructuredtext',
  'html',
]);

/** So many of the lines that were sent are in code that came without a fence, at least. */
const leastShare = 0.2;
const leastProseShare = 0.5;

/** An answer without any fence as code; undefined when it may be, or hold, words about the code. */
export function bareCode(lines: readonly string[], original: string, languageId: string): string | undefined {
  const text = lines.join('\n');
  const quoted = /^`([^`\n]+)`$/.exec(text.trim())?.[1];
  if (quoted !== undefined && !original.trim().includes('\n')) return quoted;
  if (isDiff(text, '') && languageId !== 'diff') return text;
  const share = shareOf(text, original);
  if (proseLanguages.has(languageId)) return share >= leastProseShare ? text : undefined;
  const own = sayingLines(original);
  const isTold = lines.some(line => !isBlank(line) && !own.has(line.trim()) && isSentence(line.trim()));
  return share >= leastShare && !isTold ? text : undefined;
}

/** What code has and sentences do not; comments are code. */
const codeSigns = /[;{}=]|=>|^(?:\/\/|#!|\/?\*|--|"""|''')/;
const blockHead =
  /^(?:if|elif|else|for|while|def|class|with|try|except|finally|case|match|async|func|fn|function|module|begin|when|unless|until|do)\b.*:$/;
const chatter =
  /^(?:here(?:['’]s| is| are)|sure\b|certainly\b|of course|okay\b|note that|this (?:code|function|version)|i(?:['’]ve| have)? )/i;

/** Words as people write them, not as code has them. */
const isSentence = (line: string): boolean =>
  chatter.test(line) ||
  (/^[\p{L}"“*_`#-]/u.test(line) &&
    /[.:!?][)"”*_`]*$/.test(line) &&
    line.split(/\s+/).length >= 3 &&
    !codeSigns.test(line) &&
    !blockHead.test(line));
