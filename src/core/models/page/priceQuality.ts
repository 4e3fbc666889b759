import { formatCount } from '../../base/formatCount';
import { showHidden } from '../../base/hiddenCharacters';
import { formatFixed } from '../../money/pico';
import { mixedPrice, type UsageMix } from '../../money/usageMix';
import type { Model } from '../model';
import { answersInText, indexSource } from '../modelRow';

/** What a model in the chart is to the user; the first that is true. */
export type ChartMark = 'this' | 'favourite' | 'used' | 'other';

export interface ChartPoint {
  readonly id: string;
  readonly name: string;
  /** USD for a million tokens of the mix, exact decimal text. */
  readonly usd: string;
  /** The coding index, 0 to 100. */
  readonly index: number;
  readonly mark: ChartMark;
}

/** All models by price and quality. */
export interface PriceQuality {
  /** The cheapest first, of equal ones the best. */
  readonly points: readonly ChartPoint[];
  /** Input to output of the mix that the prices are for, such as `3:1`. */
  readonly ratio: string;
  /** The ratio is the user's own; else what is usual. */
  readonly isOwnRatio: boolean;
  /** Who measured the quality. */
  readonly source: string;
  /** How many models the list has; those that are not among the points are counted below. */
  readonly total: number;
  readonly withoutIndex: number;
  /** Have an index, but a price that varies or is not known. */
  readonly withoutPrice: number;
  /** How the model of the page compares with the others, in a sentence or two. */
  readonly comparison: string;
}

/** What the chart depends on besides the list. */
export interface ChartFacts {
  /** The model of the page. */
  readonly model: Model;
  /** Ids of rows. */
  readonly favourites: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
  readonly mix: UsageMix;
  readonly isOwnMix: boolean;
  /** Epoch ms. */
  readonly nowMs: number;
}

export function toPriceQuality(models: readonly Model[], facts: ChartFacts): PriceQuality {
  const listed = models.filter(answersInText);
  const priced = listed.map(model => ({
    model,
    price: mixedPrice(model.pricing, facts.mix, facts.nowMs),
    index: model.benchmarks?.codingIndex,
  }));
  const points = priced.flatMap(({ model, price, index }) =>
    price === undefined || index === undefined ? [] : [{ price, point: toPoint(model, price, index, facts) }],
  );
  points.sort((a, b) => compare(a.price, b.price) || b.point.index - a.point.index);
  const indexed = priced.filter(({ index }) => index !== undefined);
  return {
    points: points.map(({ point }) => point),
    ratio: ratioText(facts.mix),
    isOwnRatio: facts.isOwnMix,
    source: indexSource,
    total: listed.length,
    withoutIndex: listed.length - indexed.length,
    withoutPrice: indexed.length - points.length,
    comparison: compareWithOthers(points, facts.model),
  };
}

function toPoint({ id, name }: Model, price: bigint, index: number, facts: ChartFacts): ChartPoint {
  return { id, name: showHidden(name), usd: formatFixed(price, 18), index, mark: markOf(id, facts) };
}

function markOf(id: string, { model, favourites, used }: ChartFacts): ChartMark {
  if (id === model.id) return 'this';
  if (favourites.has(id)) return 'favourite';
  return used.has(id) ? 'used' : 'other';
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** `3:1`, `1:2.5`; only the ratio counts. */
function ratioText({ promptTokens, completionTokens }: UsageMix): string {
  if (completionTokens <= 0) return 'input only';
  if (promptTokens <= 0) return 'output only';
  const ratio = promptTokens / completionTokens;
  return ratio >= 1 ? `${rounded(ratio)}:1` : `1:${rounded(1 / ratio)}`;
}

const rounded = (ratio: number): string =>
  formatCount(ratio < 10 ? Math.round(ratio * 10) / 10 : Math.round(ratio));

const mostNamed = 3;

interface Priced {
  readonly price: bigint;
  readonly point: ChartPoint;
}

function compareWithOthers(points: readonly Priced[], { id, name, benchmarks }: Model): string {
  const own = points.find(({ point }) => point.id === id);
  if (!own) {
    const missing = benchmarks?.codingIndex === undefined ? 'no coding index' : 'no fixed price';
    return `${name} is not in the chart: it has ${missing}.`;
  }
  const others = points.filter(each => each !== own);
  const cheaper = others.filter(({ price }) => price < own.price);
  const better = others.filter(({ point }) => point.index > own.point.index);
  const both = better.filter(({ price }) => price < own.price).sort((a, b) => b.point.index - a.point.index);
  const begin = `Of the ${others.length} other models in the chart ${cheaper.length} cost less than ${name}, and ${better.length} have a higher index.`;
  if (both.length === 0) return `${begin} None does both.`;
  const names = both.slice(0, mostNamed).map(({ point }) => point.name);
  const more = both.length - names.length;
  return `${begin} Both is true of ${both.length}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
