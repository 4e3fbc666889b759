import { parsePrice } from '../money/priceTable';
import { isFree } from '../money/priceText';
import type { Model } from './model';
import { vendorOf } from './modelId';

/** A model as a list offers it, with what is known of it besides the catalogue. */
export interface OfferedModel {
  readonly model: Model;
  /** Some provider serves it with zero data retention; undefined when nobody said. */
  readonly isZeroRetention?: boolean;
  /** Where it can be served within a region: `eu`, `us`. */
  readonly regions?: readonly string[];
  /** False when the account may not use it. */
  readonly isForAccount?: boolean;
}

/** True for the models that a word lets through. `nowMs`: epoch ms. */
export type ModelFilter = (offered: OfferedModel, nowMs: number) => boolean;

/** A word that filters when it is typed. */
export interface FilterWord {
  readonly word: string;
  /** What it leaves, as a clause. */
  readonly says: string;
}

const dayMs = 86_400_000;
const newDays = 60;

const wordFilters: Readonly<Record<string, ModelFilter>> = {
  free: ({ model }) => isFree(model.pricing),
  vision: ({ model }) => seesImages(model),
  tools: ({ model }) => takesTools(model),
  reasoning: ({ model }) => reasons(model),
  zdr: ({ isZeroRetention }) => isZeroRetention === true,
  new: ({ model }, nowMs) => isNew(model, nowMs),
};

/** The words that filter, with examples of those that take a value. */
export const filterWords: readonly FilterWord[] = [
  { word: 'free', says: 'cost nothing' },
  { word: 'vision', says: 'read images' },
  { word: 'tools', says: 'can call tools' },
  { word: 'reasoning', says: 'can think before they answer' },
  { word: 'zdr', says: 'have a provider with zero data retention' },
  { word: 'new', says: `were added in the last ${newDays} days` },
  { word: '<$1', says: 'cost less than $1 per million tokens of input' },
  { word: '>200k', says: 'have a context of more than 200,000 tokens' },
  { word: 'vendor:google', says: 'are of this vendor' },
  { word: 'region:eu', says: 'can be served within this region' },
];

export const seesImages = ({ inputModalities }: Model): boolean => inputModalities.includes('image');

export const takesTools = ({ supportedParameters }: Model): boolean => supportedParameters.includes('tools');

export const reasons = ({ reasoning, supportedParameters }: Model): boolean =>
  reasoning !== undefined || supportedParameters.includes('reasoning');

export const isNew = ({ createdAtSeconds }: Model, nowMs: number): boolean =>
  createdAtSeconds !== undefined && createdAtSeconds * 1000 > nowMs - newDays * dayMs;

/** What a typed word filters by; `all` for one that is still being typed; undefined when it is a word to search for. */
export function filterOf(typed: string): ModelFilter | undefined {
  const word = typed.toLowerCase();
  const fixed = Object.hasOwn(wordFilters, word) ? wordFilters[word] : undefined;
  return fixed ?? priceFilter(word) ?? contextFilter(word) ?? namedFilter(word);
}

const all: ModelFilter = () => true;

/** `<$1`, `<=$0.50`, `>$3`: by the price of a million tokens of input, exactly. */
function priceFilter(word: string): ModelFilter | undefined {
  const [, sign, amount = ''] = /^([<>]=?)\$([\d.]*)$/.exec(word) ?? [];
  if (sign === undefined) return undefined;
  const perMillion = parsePrice(amount);
  if (perMillion === undefined) return all;
  return ({ model }) => {
    const price = parsePrice(model.pricing.prompt);
    return price !== undefined && holds(price * 1_000_000n, sign, perMillion);
  };
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6 };

/** `>200k`, `>=1m`, `<32000`: by the context in tokens. */
function contextFilter(word: string): ModelFilter | undefined {
  const [, sign, count = '', unit = ''] = /^([<>]=?)(\d*\.?\d*)([km]?)$/.exec(word) ?? [];
  if (sign === undefined) return undefined;
  const tokens = Number.parseFloat(count) * (units[unit] ?? 1);
  if (Number.isNaN(tokens)) return all;
  return ({ model }) => model.contextTokens !== undefined && holds(model.contextTokens, sign, tokens);
}

function holds<T extends number | bigint>(value: T, sign: string, limit: T): boolean {
  if (value === limit) return sign.endsWith('=');
  return sign.startsWith('<') ? value < limit : value > limit;
}

function namedFilter(word: string): ModelFilter | undefined {
  const [, name, value = ''] = /^(vendor|region):(.*)$/.exec(word) ?? [];
  if (name === undefined) return undefined;
  if (value === '') return all;
  if (name === 'region') return ({ regions = [] }) => regions.includes(value);
  return ({ model }) => vendorOf(model.id).startsWith(value);
}
