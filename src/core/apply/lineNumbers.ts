import { isBlank, toLines } from '../code/lines';

/** A number and what stands between it and the code. */
const numbered = /^[ \t]*(\d+)(?:[ \t]*[|│:][ \t]?|\.?\t|\.?[ ]+|\.?$)/;

/** `text` without the line numbers that each of its lines begins with, if they count up and the original has none. */
export function withoutLineNumbers(text: string, original: string): string {
  const lines = toLines(text.replace(/\n+$/, ''));
  if (lines.length < 2 || !countsUp(lines) || countsUp(toLines(original.trimEnd()))) return text;
  // Numbers are set flush right: the same space stands behind each, apart from the code's own indentation.
  const codes = lines.map(line => {
    const mark = /^[ \t]*\d+(?:[ \t]*[|│:]|\.)?/.exec(line)?.[0] ?? '';
    return line.slice(mark.length);
  });
  const isSpaced = codes.every(code => isBlank(code) || /^[ \t]/.test(code));
  return codes.map(code => (isSpaced ? code.slice(1) : code)).join('\n');
}

function countsUp(lines: readonly string[]): boolean {
  const first = Number(numbered.exec(lines[0] ?? '')?.[1]);
  return lines.every((line, index) => Number(numbered.exec(line)?.[1]) === first + index);
}
