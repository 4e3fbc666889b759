import { fewestAnswerTokens } from '../../core/chat/chatClient';
import type { BudgetStop } from '../../core/chat/failure';
import type { Model } from '../../core/models/model';
import { affordableMaxTokens, type TokenEstimate } from '../../core/money/estimate';
import { formatPico, type Pico } from '../../core/money/pico';
import { answerPrice } from '../../core/money/priceText';
import type { Question } from './asker';

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
  if (maxTokens < Math.min(fewestAnswerTokens, sent.maxTokens)) {
    const shortestPico = answerPrice(model.pricing, highTokens, fewestAnswerTokens, atMs);
    return { ...question, stop: toStop(limitPico, shortestPico ?? limitPico) };
  }
  return withMaxTokens(question, maxTokens, `by your limit of $${formatPico(limitPico)} per answer`);
}

/** The question with `maxTokens` lowered to what the model can give, and to what its context leaves beside the prompt. */
export function fitAnswer(question: Question, prompt: TokenEstimate, model: Model | undefined): Question {
  const { maxTokens } = question.turn.sent;
  // Zero is a catalogue's way to say nothing.
  const longest = Math.min(maxTokens, model?.maxCompletionTokens || maxTokens);
  const room = roomFor(longest, prompt, model);
  if (room < longest) {
    const context = model?.contextTokens?.toLocaleString('en-US');
    return withMaxTokens(
      question,
      room,
      `because the model's context of ${context} tokens holds the prompt too`,
    );
  }
  return longest < maxTokens
    ? withMaxTokens(question, longest, 'because the model gives no longer answers')
    : question;
}

/** True when the model's context leaves no room for an answer, however short the prompt turns out to be. */
export function isPromptTooLong({ lowTokens }: TokenEstimate, model: Model | undefined): boolean {
  return !!model?.contextTokens && model.contextTokens - lowTokens < fewestAnswerTokens;
}

/**
 * `maxTokens` while it may fit, or when nothing would; else what the context leaves beside a prompt of the
 * likely length, which is less than the most it may leave.
 */
function roomFor(maxTokens: number, prompt: TokenEstimate, model: Model | undefined): number {
  if (!model?.contextTokens || isPromptTooLong(prompt, model)) return maxTokens;
  const [most, likely] = [model.contextTokens - prompt.lowTokens, model.contextTokens - prompt.tokens];
  if (maxTokens <= most) return maxTokens;
  return likely < fewestAnswerTokens ? most : likely;
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
