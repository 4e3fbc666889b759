import type { ChatMessage } from '../../core/chat/chatClient';
import { affordableWithin } from '../../core/money/estimate';
import { displayUsd } from '../../core/money/pico';
import { runningCost } from '../../core/money/runningCost';
import type { ModelList } from '../models/modelList';
import type { SettingsReader } from '../ports';
import { parametersFor } from '../settings';
import type { Estimates } from '../usage/estimates';
import type { AnswerCaps } from './answerCap';
import { cappedPromptTokens } from './answerLimit';

/** How the limit per answer would be kept for a question, in one line; undefined when there is nothing to say. */
export type CapNote = (messages: readonly ChatMessage[]) => Promise<string | undefined>;

/** Says in one line how the limit per answer would be kept for a draft; nothing when there is no such limit. */
export function createCapNote(
  estimates: Pick<Estimates, 'ofPrompt'>,
  models: Pick<ModelList, 'findCached'>,
  settings: Pick<SettingsReader, 'current'>,
  caps: Pick<AnswerCaps, 'of'>,
): CapNote {
  return async messages => {
    const parameters = parametersFor(settings.current);
    const { maxAnswerPico } = settings.current.budgets;
    if (maxAnswerPico === undefined) return undefined;
    const model = await models.findCached(parameters.model);
    if (!model) return undefined;
    const { by } = await caps.of(
      [parameters.model, ...(parameters.fallbackModels ?? [])],
      model,
      new AbortController().signal,
    );
    const limit = displayUsd(maxAnswerPico);
    if (by === 'stop') return stopNote(limit);
    const { tokens } = await estimates.ofPrompt(messages, parameters.model);
    const [promptTokens, atMs] = [cappedPromptTokens(tokens), Date.now()];
    const maxTokens = affordableWithin(maxAnswerPico, parameters.maxTokens, answerTokens =>
      runningCost(model.pricing, promptTokens, answerTokens, atMs, tokens.images),
    );
    return maxTokens === undefined ? undefined : maxTokensNote(limit, maxTokens);
  };
}

const stopNote = (limit: string): string =>
  `Stops at your limit of ${limit} per answer: every provider of this model bills no more after a stop.`;

const maxTokensNote = (limit: string, maxTokens: number): string =>
  `At most ${maxTokens.toLocaleString('en-US')} tokens of answer, for your limit of ${limit}: a provider of this model may bill on after a stop.`;
