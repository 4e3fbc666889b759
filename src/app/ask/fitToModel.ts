import { knownFields } from '../../core/base/knownFields';
import type { Settable } from '../../core/chat/parameterSettings';
import type { RequestParameters } from '../../core/chat/requestParameters';
import type { Model } from '../../core/models/model';
import { supportedChoice } from '../../core/models/offeredParameters';
import type { TierOffer } from '../../core/models/serviceTiers';
import type { AskRequest } from './askRequest';

/**
 * The request without what is remembered of its model and the model does not support (any more): there the settings
 * hold. `model` is its row of the list, `offers` its service tiers, each undefined when it is not known.
 */
export function fitToModel(
  request: AskRequest,
  model: Model | undefined,
  offers: readonly TierOffer[] | undefined,
  settings: RequestParameters,
): AskRequest {
  const { turn } = request;
  const { remembered = [], sent } = turn;
  const chosen = Object.fromEntries(remembered.map(name => [name, sent.parameters[name]]));
  const kept = Object.keys(supportedChoice(chosen, model, offers)) as Settable[];
  const dropped = remembered.filter(name => !kept.includes(name));
  if (dropped.length === 0) return request;
  const instead = Object.fromEntries(dropped.map(name => [name, settings[name]]));
  const { model: id, maxTokens } = sent.parameters;
  const parameters = { ...knownFields({ ...sent.parameters, ...instead }), model: id, maxTokens };
  return { ...request, turn: { ...turn, remembered: kept, sent: { ...sent, parameters } } };
}
