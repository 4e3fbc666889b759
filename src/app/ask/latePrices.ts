import type { Model } from '../../core/models/model';
import { toSentEstimate } from '../../core/money/sentEstimate';
import type { ActiveConversation } from './activeConversation';

/** Tells running answers that left before the list of models was there what they cost, for the cost so far. */
export function priceRunning(
  conversation: Pick<ActiveConversation, 'conversation' | 'apply'>,
  findModel: (id: string) => Model | undefined,
): void {
  for (const { id, answer, sent, startedAtMs, estimate } of conversation.conversation.turns) {
    if (answer.status !== 'streaming' || !estimate || estimate.promptUsd !== undefined) continue;
    const priced = toSentEstimate(estimate.promptTokens, findModel(sent.model)?.pricing, startedAtMs);
    if (priced.promptUsd !== undefined) conversation.apply(id, { type: 'priced', estimate: priced });
  }
}
