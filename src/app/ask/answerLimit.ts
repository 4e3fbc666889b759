import { formatCount } from '../../core/base/formatCount';
import { fewestAnswerTokens } from '../../core/chat/chatClient';
import type { BudgetStop } from '../../core/chat/failure';
import { type CapBy, leftPhrase } from '../../core/chat/spending';
import type { Model } from '../../core/models/model';
import { affordableWithin, type TokenEstimate } from '../../core/money/estimate';
import type { MaxPrice } from '../../core/money/maxPrice';
import { formatPico, type Pico } from '../../core/money/pico';
import { runningCost } from '../../core/money/runningCost';
import type { AskRequest } from './askRequest';

/** A prompt is hardly longer than this share of the estimate, in percent, whatever was counted so far. */
const safetyPercent = 115;

/** The most that a prompt is expected to come to, where money depends on it. */
export const cappedPromptTokens = ({ tokens, highTokens }: TokenEstimate): number =>
  Math.max(highTokens, Math.ceil((tokens * safetyPercent) / 100));

/**
 * The request with `maxTokens` lowered so that prompt and answer together cannot cost more than `limitPico`; stopped
 * when not even a short answer can be had for that. `by` `stop`: it is ended while it runs, and may be as long as it
 * is asked to be.
 */
export function limitCost(
  request: AskRequest,
  prompt: TokenEstimate,
  model: Pick<Model, 'pricing'> | undefined,
  limitPico: Pico | undefined,
  by: CapBy = 'maxTokens',
): AskRequest {
  if (limitPico === undefined || model === undefined || request.isForced) return request;
  const asked = request.turn.sent.parameters.maxTokens;
  const [promptTokens, atMs] = [cappedPromptTokens(prompt), Date.now()];
  const cost = (tokens: number) => runningCost(model.pricing, promptTokens, tokens, atMs, prompt.images);
  const maxTokens = affordableWithin(limitPico, asked, cost);
  if (maxTokens === undefined || maxTokens === asked) return request;
  if (maxTokens < Math.min(fewestAnswerTokens, asked)) {
    return { ...request, stop: toStop(limitPico, cost(fewestAnswerTokens) ?? limitPico) };
  }
  if (by === 'stop') return request;
  return withMaxTokens(request, maxTokens, `by ${leftPhrase('maxAnswerCost', formatPico(limitPico))}`);
}

/** The request with `maxTokens` lowered to what the model can give, and to what its context leaves beside the prompt. */
export function fitAnswer(request: AskRequest, prompt: TokenEstimate, model: Model | undefined): AskRequest {
  const { maxTokens } = request.turn.sent.parameters;
  const longest = Math.min(maxTokens, asLimit(model?.maxCompletionTokens) ?? maxTokens);
  const room = roomFor(longest, prompt, model);
  const context = contextOf(model);
  if (context !== undefined && room < longest) {
    const why = `because the model's context of ${formatCount(context)} tokens holds the prompt too`;
    return withMaxTokens(request, room, why);
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

/** The request with `maxTokens` lowered, and why: `by your limit of $0.05 per answer`. */
export function withMaxTokens(request: AskRequest, maxTokens: number, maxTokensReason: string): AskRequest {
  const { turn } = request;
  return {
    ...request,
    turn: {
      ...turn,
      sent: { ...turn.sent, parameters: { ...turn.sent.parameters, maxTokens }, maxTokensReason },
    },
  };
}
