import { isFree, isVarying, perMillion } from '../money/priceText';
import type { Pricing } from '../money/pricing';
import type { Model } from './model';

/** How a model is shown in a list: two lines of plain text. */
export interface ModelRow {
  readonly name: string;
  readonly id: string;
  /** Prices per million tokens, context, and a warning when the model goes away or went. */
  readonly facts: string;
}

/** `nowMs` (epoch ms) tells a model that goes away from one that went. */
export function toModelRow(model: Model, nowMs: number): ModelRow {
  const facts = [describePrice(model.pricing), describeContext(model), describeEnd(model, nowMs)];
  return { name: model.name, id: model.id, facts: facts.filter(Boolean).join('  ·  ') };
}

/** `Free`, `Price varies`, or `$3 in, $15 out per 1M tokens`; says so when the catalogue names no price. */
export function describePrice(pricing: Pricing): string {
  if (isFree(pricing)) return 'Free';
  if (isVarying(pricing)) return 'Price varies with the model that answers';
  const [input, output] = [perMillion(pricing.prompt), perMillion(pricing.completion)];
  if (input === undefined || output === undefined) return 'Price unknown';
  const perRequest = pricing.request !== undefined && Number(pricing.request) > 0;
  const request = perRequest ? ` + $${pricing.request} per request` : '';
  const search = pricing.searchUsd === undefined ? '' : ` + up to $${pricing.searchUsd} for the search`;
  return `${dollars(input)} in, ${dollars(output)} out per 1M tokens${request}${search}`;
}

const dollars = (price: string): string => (price === 'free' ? '$0' : `$${price}`);

function describeContext({ contextTokens }: Model): string {
  return contextTokens === undefined ? '' : `${shortCount(contextTokens)} context`;
}

function describeEnd({ expirationDate }: Model, nowMs: number): string {
  if (expirationDate === undefined) return '';
  const today = new Date(nowMs).toISOString().slice(0, 10);
  return `${expirationDate < today ? 'went' : 'goes'} away on ${expirationDate}`;
}

/** 200000 → `200K`, 1048576 → `1.05M`. */
export function shortCount(count: number): string {
  const [unit, name] = count >= 1e6 ? [1e6, 'M'] : count >= 1e3 ? [1e3, 'K'] : [1, ''];
  return `${Number((count / unit).toPrecision(3))}${name}`;
}

/** Models that answer in text: the others have nothing for a panel of text. */
export function answersInText(model: Model): boolean {
  return model.outputModalities.length === 0 || model.outputModalities.includes('text');
}
