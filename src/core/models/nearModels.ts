import type { Model } from './model';
import { answersInText } from './modelRow';

const mostNear = 2;

/** The ids of the list that are spelt most like `typed`, which is not in it; none when none is like it. */
export function nearIds(models: readonly Model[], typed: string): readonly string[] {
  const wanted = spelling(typed);
  if (wanted === '') return [];
  return models
    .filter(answersInText)
    .map(({ id }) => ({ id, distance: distanceOf(wanted, spelling(id)) }))
    .filter(({ id, distance }) => distance <= Math.max(wanted.length, id.length) / 3)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostNear)
    .map(({ id }) => id);
}

const longestCompared = 100;

const spelling = (id: string): string =>
  id
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
    .slice(0, longestCompared);

/** How many characters must be put in, taken out or replaced; without its vendor an id is no farther away. */
function distanceOf(wanted: string, id: string): number {
  const whole = editDistance(wanted, id);
  return wanted.includes('/') ? whole : Math.min(whole, editDistance(wanted, id.slice(id.indexOf('/') + 1)));
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
