import { placedFormats } from './placedSecrets';
import { type FoundSecret, findPrivateKeys } from './privateKeys';
import type { SecretFormat } from './secretFormat';
import { tokenFormats } from './tokenFormats';

const formats: readonly SecretFormat[] = [...tokenFormats, ...placedFormats];

/** What the user may be told of, each once. */
export const secretKinds: readonly string[] = [
  'private key',
  'PGP private key',
  ...formats.map(({ kind }) => kind),
];

/** Secrets in `text`, from the beginning on, none over another. Takes time in proportion to the length of `text`. */
export function findSecrets(text: string): readonly FoundSecret[] {
  const found = [...findPrivateKeys(text), ...formats.flatMap(format => matchesOf(format, text))];
  return joinOverlapping(found);
}

function matchesOf({ kind, pattern, accepts }: SecretFormat, text: string): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const match of text.matchAll(pattern)) {
    const secret = match[1] ?? match[0];
    if (accepts && !accepts(secret, match[0])) continue;
    // A group is the last thing in its match that is spelt so: what stands before it is a name.
    const start = match.index + (match[1] === undefined ? 0 : match[0].lastIndexOf(secret));
    found.push({ kind, start, end: start + secret.length });
  }
  return found;
}

/** Those that overlap are one, of the kind that was found first: its format says most. */
export function joinOverlapping(found: readonly FoundSecret[]): readonly FoundSecret[] {
  const order = new Map(found.map((each, index) => [each, index]));
  const joined: FoundSecret[] = [];
  let rank = 0;
  for (const next of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = joined.at(-1);
    const nextRank = order.get(next) ?? 0;
    if (!last || next.start >= last.end) {
      joined.push(next);
      rank = nextRank;
      continue;
    }
    const kind = nextRank < rank ? next.kind : last.kind;
    rank = Math.min(rank, nextRank);
    joined[joined.length - 1] = { kind, start: last.start, end: Math.max(last.end, next.end) };
  }
  return joined;
}
