import { diffLines, diffWordsWithSpace } from 'diff';
import { yieldToEventLoop } from '../../../core/base/yieldToEventLoop';

/** A stretch of text that both have, or that only the one or the other has. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Words that differ more than this are no longer the same sentence: they are shown as a whole. */
const mostEdits = 160;
/** The page must go on meanwhile. */
const longestMs = 25;

/**
 * How `after` differs from `before`, word by word. First by lines, which is quick, then by words within lines that
 * were replaced; between two of those the page does what else it has to do.
 */
export async function wordDiff(before: string, after: string): Promise<readonly DiffPart[]> {
  const lines = toParts(diffLines(before, after, { timeout: longestMs }) ?? whole(before, after));
  const parts: DiffPart[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const [part, next] = [lines[index], lines[index + 1]];
    if (!part) continue;
    if (part.kind === 'removed' && next?.kind === 'added') {
      parts.push(...byWords(part.text, next.text));
      index += 1;
      await yieldToEventLoop();
    } else parts.push(part);
  }
  return parts;
}

function byWords(before: string, after: string): readonly DiffPart[] {
  const changes = diffWordsWithSpace(before, after, { maxEditLength: mostEdits, timeout: longestMs });
  return toParts(changes ?? whole(before, after));
}

interface Change {
  readonly value: string;
  readonly added?: boolean;
  readonly removed?: boolean;
}

const whole = (before: string, after: string): readonly Change[] => [
  { value: before, removed: true },
  { value: after, added: true },
];

const toParts = (changes: readonly Change[]): readonly DiffPart[] =>
  changes
    .filter(({ value }) => value !== '')
    .map(({ value, added, removed }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value,
    }));
