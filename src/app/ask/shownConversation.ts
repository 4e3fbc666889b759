import type { AnswerEvent } from '../../core/chat/answer';
import { applyToTurn, type Conversation, replaceTurn, type Turn } from '../../core/chat/conversation';
import { isUnsent } from '../../core/chat/failure';
import { addTurn, keepTurn, showVersion } from '../../core/chat/versions';

/** The conversation in the panel, and the one before it: its requests may still be ending. */
export class ShownConversation {
  private shown: Conversation;
  private before: Conversation | undefined;

  constructor(private readonly newId: () => string) {
    this.shown = { id: newId(), turns: [] };
  }

  get current(): Conversation {
    return this.shown;
  }

  /** The turn with that id, or with a request whose ledger row has it. */
  find(id: string): Turn | undefined {
    const isIt = ({ id: turnId, answer }: Turn): boolean =>
      turnId === id ||
      answer.requestId === id ||
      answer.earlier?.some(part => part.requestId === id) === true;
    return this.shown.turns.findLast(isIt) ?? this.before?.turns.findLast(isIt);
  }

  /** The one of the two that has the turn. */
  holderOf(turnId: string): Conversation | undefined {
    return [this.shown, this.before].find(each => each?.turns.findLast(({ id }) => id === turnId));
  }

  add(turn: Turn): void {
    this.shown = addTurn(this.shown, turn);
  }

  /** The turn after `event`; undefined when it is not there. */
  apply(turnId: string, event: AnswerEvent): Turn | undefined {
    const turn = this.find(turnId);
    return turn && this.replace(applyToTurn(turn, event));
  }

  replace(turn: Turn): Turn {
    this.before &&= replaceTurn(this.before, turn);
    this.shown = replaceTurn(this.shown, turn);
    return turn;
  }

  /** Takes `turn` out if it was never sent: it gives way to the one that asks again. True when it did. */
  removeUnsent({ id, answer }: Turn): boolean {
    // What an earlier request gave is not given up because the one that was to go on with it did not leave.
    if (!isUnsent(answer.ending?.failure?.kind) || answer.earlier) return false;
    this.show({ ...this.shown, turns: this.shown.turns.filter(turn => turn.id !== id) });
    return true;
  }

  /** Chooses among turns that stand for the same question. */
  choose(turn: Turn, how: 'keep' | 'show'): void {
    this.shown = (how === 'keep' ? keepTurn : showVersion)(this.shown, turn);
  }

  startNew(): void {
    this.open({ id: this.newId(), turns: [] });
  }

  /** Shows `conversation` in the place of the current one, whose requests may still be ending. */
  open(conversation: Conversation): void {
    const before = this.shown;
    this.show(conversation);
    this.before = before;
  }

  /** Gives the conversation `id` another id. True when it is the current one. */
  changeId(id: string, newId: string): boolean {
    if (this.before?.id === id) this.before = { ...this.before, id: newId };
    if (this.shown.id !== id) return false;
    this.shown = { ...this.shown, id: newId };
    return true;
  }

  /** True until the new conversation has begun; a conversation without turns is nothing to bring back. */
  get canUndoStartNew(): boolean {
    return this.before !== undefined && this.before.turns.length > 0 && this.shown.turns.length === 0;
  }

  /** Brings back the conversation before the last `startNew`, unless the new one has begun. True when it did. */
  undoStartNew(): boolean {
    if (!this.before || this.shown.turns.length > 0) return false;
    this.show(this.before);
    return true;
  }

  show(conversation: Conversation): void {
    this.shown = conversation;
    this.before = undefined;
  }
}
