import { findHidden } from '../base/hiddenCharacters';
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

/** No server has longer ones. */
const longestId = 200;

/**
 * True for what can be sent as a model id: whatever has no white space, since only the server knows what it accepts.
 * Suffixes, provider pins, prefixes of a gateway, presets and ids without a vendor all go.
 */
export function canBeModelId(text: string): boolean {
  if (text.length > longestId || /\s|:\/\//.test(text) || findHidden(text).length > 0) return false;
  // Half an id: more is being typed.
  return /[^/:@]$/.test(text) && !/^[/:]/.test(text);
}

/** How a model id relates to a list of models, as far as that can be told without asking. */
export type IdInList =
  | { readonly kind: 'listed' }
  /** The list has `id`, which the typed one only adds something to. */
  | { readonly kind: 'based'; readonly id: string; readonly added: string }
  | { readonly kind: 'missing' }
  /** There is no list to look into. */
  | { readonly kind: 'noList' };

/** Looks for a typed id, and for what it begins or ends with, among `models`. */
export function lookUpId(models: readonly Model[], typed: string): IdInList {
  if (models.length === 0) return { kind: 'noList' };
  const ids = new Set(models.map(({ id }) => id));
  if (ids.has(typed)) return { kind: 'listed' };
  for (const part of partsOf(typed)) {
    if (ids.has(part)) return { kind: 'based', id: part, added: typed.replace(part, '') };
  }
  return { kind: 'missing' };
}

/** What is left of an id without what is put behind it, and without what a gateway puts before it; the longest first. */
function partsOf(id: string): readonly string[] {
  const ends = [...id.matchAll(/:|@preset\//g)].map(({ index }) => id.slice(0, index)).reverse();
  return [id, ...ends].flatMap(part => [part, part.replace(/^[^/]+\//, '')]).filter(part => part !== id);
}
