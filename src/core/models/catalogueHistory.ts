import * as v from 'valibot';
import type { FieldSchemas } from '../base/fieldSchemas';
import { parsePrice } from '../money/priceTable';
import type { PriceOverride, Pricing } from '../money/pricing';
import { pricingSchema } from '../money/pricingSchema';
import type { Model } from './model';

/** What one list of models has that the one before it had not, or had otherwise. */
export interface CatalogueChange {
  /** When the newer list was fetched, in epoch ms. */
  readonly atMs: number;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly priced: readonly PriceChange[];
  /** Models whose end was announced, moved, or taken back. */
  readonly ending: readonly EndChange[];
}

export interface PriceChange {
  readonly id: string;
  readonly before: Pricing;
  readonly after: Pricing;
}

export interface EndChange {
  readonly id: string;
  /** `YYYY-MM-DD`; undefined: the model stays after all. */
  readonly expirationDate?: string;
}

/** How the list of one server has changed, oldest first. Plain JSON: it is kept on disk. */
export interface CatalogueHistory {
  readonly baseUrl: string;
  readonly changes: readonly CatalogueChange[];
}

const ids = v.array(v.string());

const history: v.GenericSchema<unknown, CatalogueHistory> = v.object({
  baseUrl: v.string(),
  changes: v.array(
    v.object({
      atMs: v.number(),
      added: ids,
      removed: ids,
      priced: v.array(
        v.object({
          id: v.string(),
          before: pricingSchema,
          after: pricingSchema,
        } satisfies FieldSchemas<PriceChange>),
      ),
      ending: v.array(
        v.object({
          id: v.string(),
          expirationDate: v.optional(v.string()),
        } satisfies FieldSchemas<EndChange>),
      ),
    } satisfies FieldSchemas<CatalogueChange>),
  ),
} satisfies FieldSchemas<CatalogueHistory>);

/** What a file says; undefined when it is damaged or of another version. */
export function parseCatalogueHistory(json: string): CatalogueHistory | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), history), json);
  return parsed.success ? parsed.output : undefined;
}

/** What `after` has otherwise than `before`; the order and the spelling of prices do not count. */
export function compareCatalogues(
  before: readonly Model[],
  after: readonly Model[],
  atMs: number,
): CatalogueChange {
  const [old, now] = [byId(before), byId(after)];
  const both = after.flatMap(model => {
    const was = old.get(model.id);
    return was ? [{ was, is: model }] : [];
  });
  return {
    atMs,
    added: after.filter(({ id }) => !old.has(id)).map(({ id }) => id),
    removed: before.filter(({ id }) => !now.has(id)).map(({ id }) => id),
    priced: both
      .filter(({ was, is }) => priceKey(was.pricing) !== priceKey(is.pricing))
      .map(({ was, is }) => ({ id: is.id, before: was.pricing, after: is.pricing })),
    ending: both
      .filter(({ was, is }) => was.expirationDate !== is.expirationDate)
      .map(({ is: { id, expirationDate } }) => (expirationDate ? { id, expirationDate } : { id })),
  };
}

const byId = (models: readonly Model[]): ReadonlyMap<string, Model> =>
  new Map(models.map(model => [model.id, model]));

/** Prices that mean nothing when they are zero: some lists name them, some do not. */
const zeroIsAbsent: ReadonlySet<string> = new Set([
  'request',
  'image',
  'imageOutput',
  'imageToken',
  'webSearch',
  'audio',
  'audioOutput',
]);

/** The same text for prices that are the same. */
function priceKey({ overrides = [], ...prices }: Pricing): string {
  const conditional = overrides.map(({ pricing, ...condition }: PriceOverride) => [
    Object.entries(condition).sort(),
    fieldKeys(pricing),
  ]);
  return JSON.stringify([fieldKeys(prices), conditional]);
}

function fieldKeys(prices: Omit<Pricing, 'overrides'>): readonly string[] {
  return Object.entries(prices)
    .filter(([, text]) => text !== undefined)
    .map(([field, text]) => [field, parsePrice(text)?.toString() ?? 'varies'] as const)
    .filter(([field, price]) => !(price === '0' && zeroIsAbsent.has(field)))
    .map(([field, price]) => `${field} ${price}`)
    .sort();
}

export const isNoChange = ({ added, removed, priced, ending }: CatalogueChange): boolean =>
  added.length + removed.length + priced.length + ending.length === 0;

/** About 300 bytes each; what is older than so many is forgotten. */
const mostKept = 2000;

/** Another window may have noted the same change: what is known already is not added. */
export function addChange(past: CatalogueHistory, change: CatalogueChange): CatalogueHistory {
  const last = lastWords(past.changes);
  const isNews = (kind: string, id: string, word: string): boolean => last.get(`${kind} ${id}`) !== word;
  const news: CatalogueChange = {
    atMs: change.atMs,
    added: change.added.filter(id => isNews('listed', id, 'added')),
    removed: change.removed.filter(id => isNews('listed', id, 'removed')),
    priced: change.priced.filter(({ id, after }) => isNews('price', id, priceKey(after))),
    ending: change.ending.filter(({ id, expirationDate = '' }) => isNews('end', id, expirationDate)),
  };
  if (isNoChange(news)) return past;
  const changes = [...past.changes, news];
  let count = changes.reduce((sum, each) => sum + sizeOf(each), 0);
  while (changes.length > 1 && count > mostKept) count -= sizeOf(changes.shift() ?? news);
  return { ...past, changes };
}

const sizeOf = ({ added, removed, priced, ending }: CatalogueChange): number =>
  added.length + removed.length + priced.length + ending.length;

/** What was noted last of each model. */
function lastWords(changes: readonly CatalogueChange[]): ReadonlyMap<string, string> {
  const last = new Map<string, string>();
  for (const { added, removed, priced, ending } of changes) {
    for (const id of added) last.set(`listed ${id}`, 'added');
    for (const id of removed) last.set(`listed ${id}`, 'removed');
    for (const { id, after } of priced) last.set(`price ${id}`, priceKey(after));
    for (const { id, expirationDate = '' } of ending) last.set(`end ${id}`, expirationDate);
  }
  return last;
}

/** The prices of a model at an earlier time, as far as they have changed since then; undefined: as today. */
export function pricingBefore(past: CatalogueHistory, id: string, atMs: number): Pricing | undefined {
  for (const { atMs: changedAtMs, priced } of past.changes) {
    const change = changedAtMs > atMs ? priced.find(each => each.id === id) : undefined;
    if (change) return change.before;
  }
  return undefined;
}
