import type { Model } from '../../core/models/model';
import { type CostEstimate, estimateCost } from '../../core/money/estimate';
import { toMessages } from '../../core/prompts/messages';
import { toSent } from '../ask/askRequest';
import type { AskSession } from '../ask/askSession';
import type { Editors } from '../ports/editors';
import type { SettingsReader } from '../ports/settingsReader';
import { parametersFor } from '../settings';
import type { Estimates } from '../usage/estimates';

/** Tells what the code or question at hand would cost with a model; undefined when there is nothing at hand. */
export type ModelEstimator = (model: Model) => CostEstimate | undefined;

/** Gets ready to tell that of each of `models`. */
export type PrepareEstimator = (models: readonly Model[]) => Promise<ModelEstimator>;

/**
 * What the list of models tells: what each of them would take for the code that is selected, else for the question
 * in the panel's box. Looks at what is at hand when it is called.
 */
export function estimateAtHand(
  session: Pick<AskSession, 'added' | 'draft' | 'followUpHistory'>,
  editors: Pick<Editors, 'selectedCode'>,
  estimates: Pick<Estimates, 'ofEach'>,
  settings: Pick<SettingsReader, 'current'>,
): PrepareEstimator {
  // Which instruction goes with selected code is not known yet; it is a sentence.
  const code = editors.selectedCode();
  const history = code ? [] : session.followUpHistory;
  const { current } = settings;
  const typed = code ? { prompt: '', code } : { prompt: session.draft, added: session.added };
  const sent = toSent(typed, history, current);
  if (sent.prompt.trim() === '' && code === undefined && sent.added === undefined)
    return async () => () => undefined;
  const messages = toMessages(history, sent);
  return async models => {
    const tokensOf = await estimates.ofEach(messages, models);
    return model => {
      const { maxTokens } = parametersFor(current, model.id);
      return estimateCost(tokensOf(model), maxTokens, model.pricing, Date.now());
    };
  };
}
