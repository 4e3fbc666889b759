import { fewestAnswerTokens } from '../../core/chat/chatClient';
import type { BudgetStop } from '../../core/chat/failure';
import type { Model } from '../../core/models/model';
import { affordableMaxTokens, type TokenEstimate } from '../../core/money/estimate';
import type { MaxPrice } from '../../core/money/maxPrice';
import { formatPico, type Pico } from '../../core/money/pico';
import { answerPrice } from '../../core/money/priceText';
import type { AskRequest } from './askRequest';

/** The request with `maxTokens` lowered so that the answer cannot cost more than `limitPico`. */
export function limitCost(
  request: AskRequest,
  { highTokens }: TokenEstimate,
  model: Pick<Model, 'pricing'> | undefined,
  limitPico: Pico | undefined,
): AskRequest {
  if (limitPico === undefined || model === undefined || request.isForced) return request;
  const { sent } = request.turn;
  const atMs = Date.now();
  const maxTokens = affordableMaxTokens(
    limitPico,
    highTokens,
    sent.parameters.maxTokens,
    model.pricing,
    atMs,
  );
  if (maxTokens === undefined || maxTokens === sent.parameters.maxTokens) return request;
  if (maxTokens < Math.min(fewestAnswerTokens, sent.parameters.maxTokens)) {
    const shortestPico = answerPrice(model.pricing, highTokens, fewestAnswerTokens, atMs);
    return { ...request, stop: toStop(limitPico, shortestPico ?? limitPico) };
  }
  return withMaxTokens(request, maxTokens, `by your limit of $${formatPico(limitPico)} per answer`);
}

/** The request with `maxTokens` lowered to what the model can give, and to what its context leaves beside the prompt. */
export function fitAnswer(request: AskRequest, prompt: TokenEstimate, model: Model | undefined): AskRequest {
  const { maxTokens } = request.turn.sent.parameters;
  const longest = Math.min(maxTokens, asLimit(model?.maxCompletionTokens) ?? maxTokens);
  const room = roomFor(longest, prompt, model);
  if (room < longest) {
    const context = contextOf(model)?.toLocaleString('en-US');
    return withMaxTokens(
      request,
      room,
      `because the model's context of ${context} tokens holds the prompt too`,
    );
  }
  return longest < maxTokens
    ? withMaxTokens(request, longest, 'because the model gives no longer answers')
    : request;
}

/** True when the model's context leaves no room for an answer, however short the prompt turns out to be. */
export function isPromptTooLong({ lowTokens }: TokenEstimate, model: Model | undefined): boolean {
  const context = contextOf(model);
  return context !== undefined && context - lowTokens < fewestAnswerTokens;
}

/** The model's context in tokens, prompt and answer together; undefined when the catalogue names none that is one. */
export function contextOf(model: Model | undefined): number | undefined {
  return asLimit(model?.contextTokens);
}

/** Zero, -1 and the like are catalogues' ways to say nothing. */
function asLimit(tokens: number | undefined): number | undefined {
  return tokens !== undefined && tokens >= 1 ? Math.floor(tokens) : undefined;
}

/**
 * `maxTokens` while it may fit, or when nothing would; else what the context leaves beside a prompt of the
 * likely length, which is less than the most it may leave.
 */
function roomFor(maxTokens: number, prompt: TokenEstimate, model: Model | undefined): number {
  const context = contextOf(model);
  if (context === undefined || isPromptTooLong(prompt, model)) return maxTokens;
  const [most, likely] = [context - prompt.lowTokens, context - prompt.tokens];
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

/** The request that no endpoint serves which asks for more than `maxPrice`. */
export function withMaxPrice(request: AskRequest, maxPrice: MaxPrice): AskRequest {
  const { turn } = request;
  const parameters = { ...turn.sent.parameters, maxPrice };
  return { ...request, turn: { ...turn, sent: { ...turn.sent, parameters } } };
}

function withMaxTokens(request: AskRequest, maxTokens: number, maxTokensReason: string): AskRequest {
  const { turn } = request;
  return {
    ...request,
    turn: {
      ...turn,
      sent: { ...turn.sent, parameters: { ...turn.sent.parameters, maxTokens }, maxTokensReason },
    },
  };
}
