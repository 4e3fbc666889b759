import type { ModelOffer } from '../chat/failure';
import { withoutVariant } from '../chat/modelSuffix';
import { isVarying } from '../money/priceText';
import type { Pricing } from '../money/pricing';
import type { Model } from './model';
import { answersInText, describePrice } from './modelRow';
import { nearIds } from './nearModels';

/** More buttons would be a list. */
const mostOffered = 2;

/** The models that are spelt most like `id`. */
export function nearOffers(models: readonly Model[], id: string): readonly ModelOffer[] {
  return nearIds(models, id)
    .flatMap(near => models.find(model => model.id === near) ?? [])
    .map(toOffer);
}

/** The paid model of the same name as the free one `id`. */
export function paidTwin(models: readonly Model[], id: string): readonly ModelOffer[] {
  const twin = withoutVariant(id, 'free');
  return twin === id ? [] : models.filter(model => model.id === twin).map(toOffer);
}

/** The cheapest models with room for `tokens`, one of the same vendor first. */
export function roomierModels(models: readonly Model[], id: string, tokens: number): readonly ModelOffer[] {
  const vendor = id.split('/')[0];
  const fitting = models
    .filter(model => model.id !== id && (model.contextTokens ?? 0) >= tokens && isOfKnownPrice(model))
    .sort((a, b) => priceOf(a.pricing) - priceOf(b.pricing));
  const own = fitting.find(model => model.id.split('/')[0] === vendor);
  return [...new Set([...(own ? [own] : []), ...fitting])]
    .slice(0, mostOffered)
    .map(model => ({ ...toOffer(model), contextTokens: model.contextTokens }));
}

const isOfKnownPrice = (model: Model): boolean =>
  answersInText(model) && model.pricing.prompt !== undefined && !isVarying(model.pricing);

/** Of a token in and a token out; only to sort by. */
const priceOf = ({ prompt, completion }: Pricing): number => Number(prompt) + Number(completion);

const toOffer = ({ id, pricing }: Model): ModelOffer => ({ id, price: describePrice(pricing) });
