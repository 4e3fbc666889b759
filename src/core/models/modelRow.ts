import { isFree, isVarying, perMillion } from '../money/priceText';
import type { Pricing } from '../money/pricing';
import type { Model } from './model';
import { type OfferedModel, reasons, seesImages, takesTools } from './modelFilter';

/** What a small sign beside a model says. */
export type ModelSign = 'vision' | 'reasoning' | 'tools' | 'free' | 'varies' | 'zeroRetention' | 'ending';

/** How a model is shown in a list: two lines of plain text, and signs. */
export interface ModelRow {
  readonly name: string;
  readonly id: string;
  /** Prices per million tokens, context, quality with its source, and warnings. */
  readonly facts: string;
  readonly signs: readonly ModelSign[];
}

/** `nowMs` (epoch ms) tells a model that goes away from one that went. */
export function toModelRow(model: Model, nowMs: number, known: Partial<OfferedModel> = {}): ModelRow {
  const facts = [
    describePrice(model.pricing),
    describeContext(model),
    describeQuality(model),
    known.isForAccount === false ? 'not for this account' : '',
    describeEnd(model, nowMs),
  ];
  return {
    name: model.name,
    id: model.id,
    facts: facts.filter(Boolean).join('  ·  '),
    signs: signsOf({ ...known, model }),
  };
}

export function signsOf({ model, isZeroRetention = false }: OfferedModel): readonly ModelSign[] {
  const all: readonly (readonly [ModelSign, boolean])[] = [
    ['vision', seesImages(model)],
    ['reasoning', reasons(model)],
    ['tools', takesTools(model)],
    ['free', isFree(model.pricing)],
    ['varies', isVarying(model.pricing)],
    ['zeroRetention', isZeroRetention],
    ['ending', model.expirationDate !== undefined],
  ];
  return all.filter(([, has]) => has).map(([sign]) => sign);
}

/** Who measured the indexes of the list: they are nobody else's. */
export const indexSource = 'Artificial Analysis';

/** Coding matters here; who measured it is named, since others find otherwise. */
function describeQuality({ benchmarks }: Model): string {
  const index = benchmarks?.codingIndex;
  return index === undefined ? '' : `coding ${index} (${indexSource})`;
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
