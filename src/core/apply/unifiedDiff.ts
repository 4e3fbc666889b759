import { toLines } from '../code/lines';

const hunkHead = /^@@+ .*@@|^@@\s*$/;
const fileHead = /^(?:diff |index |--- |\+\+\+ |new file|deleted file|similarity|rename )/;

/** True for code that is written as a diff: lines to take out and lines to put in. */
export function isDiff(text: string, language: string): boolean {
  const lines = toLines(text);
  const isChange = lines.some(line => /^[+-]/.test(line));
  return isChange && (language === 'diff' || language === 'patch' || lines.some(line => hunkHead.test(line)));
}

/** `original` after the diff; undefined when a part of it does not fit, or fits in several places. */
export function applyDiff(diff: string, original: string): string | undefined {
  const lines = toLines(original);
  let from = 0;
  for (const hunk of hunksOf(diff)) {
    const old = hunk.filter(line => !line.startsWith('+')).map(line => line.slice(1));
    const fresh = hunk.filter(line => !line.startsWith('-')).map(line => line.slice(1));
    const at = onlyPlace(lines, old, from);
    if (at === undefined) return undefined;
    lines.splice(at, old.length, ...fresh);
    from = at + fresh.length;
  }
  return lines.join('\n');
}

function hunksOf(diff: string): readonly (readonly string[])[] {
  const hunks: string[][] = [[]];
  for (const line of toLines(diff)) {
    if (hunkHead.test(line)) hunks.push([]);
    else if (line.startsWith('\\') || (hunks.at(-1)?.length === 0 && fileHead.test(line))) continue;
    else hunks.at(-1)?.push(line === '' ? ' ' : line);
  }
  return hunks.map(withoutBlankEnd).filter(hunk => hunk.some(line => /^[+-]/.test(line)));
}

/** Models end a hunk with blank lines that are not the code's. */
function withoutBlankEnd(hunk: readonly string[]): readonly string[] {
  return hunk.slice(0, hunk.findLastIndex(line => line.trim() !== '') + 1);
}

function onlyPlace(lines: readonly string[], wanted: readonly string[], from: number): number | undefined {
  if (wanted.length === 0) return undefined;
  const places: number[] = [];
  for (let at = from; at + wanted.length <= lines.length; at += 1)
    if (wanted.every((line, index) => line.trimEnd() === lines[at + index]?.trimEnd())) places.push(at);
  return places.length === 1 ? places[0] : undefined;
}
