import type { BudgetStop } from '../../core/chat/failure';
import type { Model } from '../../core/models/model';
import { affordableMaxTokens, type TokenEstimate } from '../../core/money/estimate';
import { formatPico, type Pico } from '../../core/money/pico';
import { answerPrice } from '../../core/money/priceText';
import type { Question } from './asker';

/** Some providers refuse to give a shorter answer. */
export const fewestTokens = 16;

/** The question with `maxTokens` lowered so that the answer cannot cost more than `limitPico`. */
export function limitCost(
  question: Question,
  { highTokens }: TokenEstimate,
  model: Model | undefined,
  limitPico: Pico | undefined,
): Question {
  if (limitPico === undefined || model === undefined || question.isForced) return question;
  const { sent } = question.turn;
  const atMs = Date.now();
  const maxTokens = affordableMaxTokens(limitPico, highTokens, sent.maxTokens, model.pricing, atMs);
  if (maxTokens === undefined || maxTokens === sent.maxTokens) return question;
  if (maxTokens < Math.min(fewestTokens, sent.maxTokens)) {
    const shortestPico = answerPrice(model.pricing, highTokens, fewestTokens, atMs);
    return { ...question, stop: toStop(limitPico, shortestPico ?? limitPico) };
  }
  return withMaxTokens(question, maxTokens, `by your limit of $${formatPico(limitPico)} per answer`);
}

function toStop(limitPico: Pico, shortestPico: Pico): BudgetStop {
  return {
    kind: 'maxAnswerCost',
    limitUsd: formatPico(limitPico),
    committedUsd: formatPico(shortestPico),
  };
}

function withMaxTokens(question: Question, maxTokens: number, maxTokensReason: string): Question {
  const { turn } = question;
  return { ...question, turn: { ...turn, sent: { ...turn.sent, maxTokens, maxTokensReason } } };
}
