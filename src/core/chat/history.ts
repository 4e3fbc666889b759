import type { Conversation, Turn } from './conversation';
import { isShownVersion } from './versions';

/**
 * The turn that a question typed below the conversation goes on from: the last one with an answer, as it is shown. Of a
 * comparison only the answer that was kept counts.
 */
export function lastAnswered(conversation: Conversation): Turn | undefined {
  const { turns, choices } = conversation;
  return turns.findLast(
    turn =>
      turn.kind !== 'check' &&
      turn.answer.status !== 'streaming' &&
      turn.answer.text !== '' &&
      (turn.group === undefined || choices?.kept.includes(turn.id) === true) &&
      isShownVersion(conversation, turn),
  );
}

/**
 * What goes along with a question that goes on from `turnId`: that turn and those it goes on from itself,
 * the oldest first. Other turns of the panel stay out: they would cost tokens nobody asked to spend.
 */
export function historyUpTo({ turns }: Conversation, turnId: string | undefined): readonly Turn[] {
  const byId = new Map(turns.map(turn => [turn.id, turn]));
  const history: Turn[] = [];
  for (let turn = byId.get(turnId ?? ''); turn; turn = byId.get(turn.follows ?? '')) {
    byId.delete(turn.id);
    history.unshift(turn);
  }
  return history;
}
