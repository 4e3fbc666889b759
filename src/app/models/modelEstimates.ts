import type { Sent, Turn } from '../../core/chat/conversation';
import { rangeText } from '../../core/models/estimateText';
import type { Model } from '../../core/models/model';
import { estimateCost } from '../../core/money/estimate';
import { toMessages } from '../../core/prompts/messages';
import type { Estimates } from '../usage/estimates';

/** Tells what the code or question at hand would cost with a model; undefined when nobody can say. */
export type ModelEstimator = (model: Model) => string | undefined;

/** Gets ready to tell that of each of `models`. */
export type PrepareEstimator = (models: readonly Model[]) => Promise<ModelEstimator>;

/** What the list of models tells of the question at hand: what each of them would take for it. */
export function prepareModelEstimates(
  estimates: Estimates,
  history: readonly Turn[],
  sent: Sent,
): PrepareEstimator {
  if (sent.prompt.trim() === '' && sent.code === undefined) return async () => () => undefined;
  const messages = toMessages(history, sent);
  return async models => {
    const tokensOf = await estimates.ofEach(messages, models);
    return model => {
      const range = rangeText(estimateCost(tokensOf(model), sent.maxTokens, model.pricing, Date.now()));
      return range && `${range} for this`;
    };
  };
}
