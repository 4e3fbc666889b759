import { findHidden } from '../base/hiddenCharacters';
import { isBatchId, splitModelId } from '../chat/modelSuffix';
import { formatPico, parsePico } from '../money/pico';
import type { Model } from './model';

/** Has the web searched for every request: five results for $4 per 1,000, whatever the model costs. */
const searchSuffix = 'online';
const searchUsd = '0.02';
/** Where the provider itself searches, each search has the catalogue's price, and how many it takes is its own choice. */
const providerSearches = 5n;

/** The catalogue's row for a model id as it stands in settings, requests or answers, at the price of that id. */
export function findModel(models: readonly Model[], id: string): Model | undefined {
  const { row, routing } = splitModelId(id);
  const found =
    models.find(model => model.id === id) ??
    models.find(model => model.id === row) ??
    models.find(model => isServedName(row, model));
  return found && routing.includes(searchSuffix) ? withSearch(found) : found;
}

/** Answers name a row by its dated slug, with the suffix of the row: `a/b-2026:free` is `a/b:free`. */
function isServedName(name: string, { id, canonicalSlug }: Model): boolean {
  if (canonicalSlug === undefined) return false;
  return name === canonicalSlug
    ? canonicalSlug.includes(':') || suffixOf(id) === ''
    : name === canonicalSlug + suffixOf(id);
}

const suffixOf = (id: string): string => (id.includes(':') ? id.slice(id.indexOf(':')) : '');

/** The most that a search costs which `id` asks for, as far as the id alone tells; undefined when it asks for none. */
export function searchUsdOf(id: string): string | undefined {
  return splitModelId(id).routing.includes(searchSuffix) ? searchUsd : undefined;
}

function withSearch(model: Model): Model {
  const perSearch = parsePico(model.pricing.webSearch ?? '0') ?? 0n;
  const ofProvider = perSearch * providerSearches;
  const most = ofProvider > (parsePico(searchUsd) ?? 0n) ? formatPico(ofProvider) : searchUsd;
  return { ...model, pricing: { ...model.pricing, searchUsd: most } };
}

/** `google` of `google/gemini-3-pro` and of `~google/gemini-latest`. */
export const vendorOf = (id: string): string => id.replace(/^~/, '').split('/', 1)[0] ?? id;

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
  /** It takes batches only: nobody can be asked by it. */
  | { readonly kind: 'batch' }
  | { readonly kind: 'missing' }
  /** There is no list to look into. */
  | { readonly kind: 'noList' };

/** Looks for a typed id, and for what it begins or ends with, among `models`. */
export function lookUpId(models: readonly Model[], typed: string): IdInList {
  if (isBatchId(typed)) return { kind: 'batch' };
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
