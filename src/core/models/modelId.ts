import { formatPico, parsePico } from '../money/pico';
import type { Model } from './model';

/** Suffixes that only change the routing: the catalogue has no row of its own for them. */
const routingSuffixes = /(:(nitro|floor|online|exacto))+$/;

/** Has the web searched for every request: five results for $4 per 1,000, whatever the model costs. */
const searchSuffix = ':online';
const searchUsd = '0.02';
/** Where the provider itself searches, each search has the catalogue's price, and how many it takes is its own choice. */
const providerSearches = 5n;

/** The catalogue's row for a model id as it stands in settings, requests or answers, at the price of that id. */
export function findModel(models: readonly Model[], id: string): Model | undefined {
  const suffixes = routingSuffixes.exec(id)?.[0] ?? '';
  const plain = id.slice(0, id.length - suffixes.length);
  const found =
    models.find(model => model.id === id) ??
    models.find(model => model.id === plain || model.canonicalSlug === plain);
  return found && suffixes.includes(searchSuffix) ? withSearch(found) : found;
}

function withSearch(model: Model): Model {
  const perSearch = parsePico(model.pricing.webSearch ?? '0') ?? 0n;
  const ofProvider = perSearch * providerSearches;
  const most = ofProvider > (parsePico(searchUsd) ?? 0n) ? formatPico(ofProvider) : searchUsd;
  return { ...model, pricing: { ...model.pricing, searchUsd: most } };
}

/** True for what can be a model id: `vendor/name`, with an optional `:variant` or `@preset/…`. */
export function looksLikeModelId(text: string): boolean {
  return /^[~@]?[\w.-]+\/[\w.~-]+(:[\w.-]+)?(@preset\/[\w.-]+)?$/.test(text);
}
