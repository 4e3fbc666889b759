import * as v from 'valibot';
import type { Conversation } from './conversation';
import { isUnsent } from './failure';
import { conversationSchema } from './schemas/conversationSchema';

/** A conversation from the text it was kept as; undefined when it is none, or one that this version cannot read. */
export function parseConversation(json: string): Conversation | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), conversationSchema), json);
  return parsed.success ? parsed.output : undefined;
}

/**
 * True when `ours` has every turn of `theirs` that was sent, with at least as much of its answer: nothing is lost
 * when it takes the place of `theirs`. A text that cannot be read counts as one whose turns we lack.
 */
export function holdsAllTurns(ours: Conversation, theirs: string): boolean {
  const kept = parseConversation(theirs);
  if (!kept) return false;
  const lengths = new Map(ours.turns.map(({ id, answer }) => [id, answer.text.length]));
  return kept.turns
    .filter(({ answer }) => answer.earlier || !isUnsent(answer.ending?.failure?.kind))
    .every(({ id, answer }) => (lengths.get(id) ?? -1) >= answer.text.length);
}
