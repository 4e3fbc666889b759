import type { Answer } from './answer';
import type { Conversation } from './conversation';

/** The conversation as it is after its window has ended: answers that were cut off by that are `interrupted`. */
export function closeOpenTurns(conversation: Conversation): Conversation {
  return {
    ...conversation,
    turns: conversation.turns.map(turn =>
      turn.answer.status === 'streaming' ? { ...turn, answer: interrupted(turn.answer) } : turn,
    ),
  };
}

function interrupted(answer: Answer): Answer {
  return {
    ...answer,
    retry: undefined,
    // What was counted along is no bill.
    usage: undefined,
    isUsageRunning: undefined,
    status: 'interrupted',
    cost: answer.cost ?? { state: answer.generationId === undefined ? 'unknown' : 'pending' },
    ending: { outcome: 'interrupted', failure: { kind: 'cutOff' }, durationMs: 0 },
  };
}
