import type { Choices, Conversation, Turn } from './conversation';

export const noChoices: Choices = { kept: [], shown: [] };

/** The first version of what `turn` asks: the same for all of them. */
export const firstVersionId = ({ id, versionOf }: Turn): string => versionOf ?? id;

/** All versions of what `turn` asks, the oldest first; `turn` alone when it was never asked again. */
export function versionsOf({ turns }: Conversation, turn: Turn): readonly Turn[] {
  const first = firstVersionId(turn);
  return turns.filter(other => firstVersionId(other) === first);
}

/** The version that is shown: the one that was chosen, else the newest. */
export function shownVersion(versions: readonly Turn[], choices: Choices | undefined): Turn | undefined {
  return versions.find(({ id }) => choices?.shown.includes(id)) ?? versions.at(-1);
}

export function isShownVersion(conversation: Conversation, turn: Turn): boolean {
  return shownVersion(versionsOf(conversation, turn), conversation.choices)?.id === turn.id;
}

/** The conversation after `turn` was kept of its comparison: no other answer of that is kept any more. */
export function keepTurn(conversation: Conversation, turn: Turn): Conversation {
  const isSameGroup = (other: Turn): boolean => turn.group !== undefined && other.group === turn.group;
  return choose(conversation, turn, 'kept', isSameGroup);
}

/** The conversation in which `turn` is the version that is shown. */
export function showVersion(conversation: Conversation, turn: Turn): Conversation {
  const first = firstVersionId(turn);
  return choose(conversation, turn, 'shown', other => firstVersionId(other) === first);
}

/** The conversation with `turn` at the end. Of its versions it is the one that is shown, whichever was chosen before. */
export function addTurn(conversation: Conversation, turn: Turn): Conversation {
  const added = { ...conversation, turns: [...conversation.turns, turn] };
  return turn.versionOf === undefined || conversation.choices === undefined
    ? added
    : showVersion(added, turn);
}

function choose(
  conversation: Conversation,
  turn: Turn,
  field: keyof Choices,
  isRival: (other: Turn) => boolean,
): Conversation {
  const choices = conversation.choices ?? noChoices;
  const rivals = new Set(conversation.turns.filter(isRival).map(({ id }) => id));
  const chosen = [...choices[field].filter(id => !rivals.has(id)), turn.id];
  return { ...conversation, choices: { ...choices, [field]: chosen } };
}

/** What stands at one place of the conversation: a turn in all its versions, or the turns of a comparison. */
export type Passage =
  | { readonly kind: 'turn'; readonly id: string; readonly versions: readonly Turn[] }
  | { readonly kind: 'compare'; readonly id: string; readonly columns: readonly (readonly Turn[])[] };

/** The passages in the order in which they began. A version stands where its first one stands. */
export function toPassages(turns: readonly Turn[]): readonly Passage[] {
  const versions = new Map<string, Turn[]>();
  for (const turn of turns) {
    const same = versions.get(firstVersionId(turn));
    if (same) same.push(turn);
    else versions.set(firstVersionId(turn), [turn]);
  }
  const groups = new Map<string, (readonly Turn[])[]>();
  const passages: Passage[] = [];
  for (const [id, same] of versions) {
    const group = same[0]?.group;
    const columns = group === undefined ? undefined : groups.get(group);
    if (columns) columns.push(same);
    else if (group === undefined) passages.push({ kind: 'turn', id, versions: same });
    else {
      const first = [same];
      groups.set(group, first);
      passages.push({ kind: 'compare', id: group, columns: first });
    }
  }
  return passages;
}
