import { matchesSlug, type Provider, providerNamed } from '../catalogue/providers';
import type { CatalogueModel } from '../catalogue/wireModel';
import { dataPolicy } from '../faults/requestErrors';
import { errorReply, type Reply } from '../http/reply';

/** The provider that serves `model` under the request's `provider` preferences, or the refusal. */
export function route(
  model: CatalogueModel,
  preferences: Readonly<Record<string, unknown>>,
): Provider | Reply {
  const allowed = model.providers.filter(name => isAllowed(name, preferences));
  if (!allowed.length) return errorReply(404, `No allowed providers are available for the selected model.`);
  const wantsPrivacy = preferences.data_collection === 'deny' || preferences.zdr === true;
  const left = allowed.filter(name => !wantsPrivacy || !providerNamed(name).keepsPrompts);
  if (!left.length) return dataPolicy();
  if (isTooDear(model, preferences.max_price)) {
    return errorReply(404, 'No endpoints found that satisfy the max price.');
  }
  const first = inOrder(left, slugs(preferences.order));
  if (first === undefined) return errorReply(404, `No endpoints found for ${model.wire.id}.`);
  if (preferences.allow_fallbacks === false && slugs(preferences.order).length) {
    const wanted = slugs(preferences.order).some(slug => matchesSlug(first, slug));
    if (!wanted) return errorReply(404, `No endpoints found for ${model.wire.id}.`);
  }
  return providerNamed(first);
}

export const isRefused = (value: Provider | Reply): value is Reply => 'status' in value;

const slugs = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

function isAllowed(name: string, preferences: Readonly<Record<string, unknown>>): boolean {
  const only = slugs(preferences.only);
  if (only.length && !only.some(slug => matchesSlug(name, slug))) return false;
  return !slugs(preferences.ignore).some(slug => matchesSlug(name, slug));
}

function inOrder(names: readonly string[], order: readonly string[]): string | undefined {
  for (const slug of order) {
    const match = names.find(name => matchesSlug(name, slug));
    if (match) return match;
  }
  return names[0];
}

/** `max_price` is in USD per million tokens, the catalogue per token. */
function isTooDear(model: CatalogueModel, maxPrice: unknown): boolean {
  if (typeof maxPrice !== 'object' || maxPrice === null) return false;
  const caps = maxPrice as Readonly<Record<string, unknown>>;
  return (['prompt', 'completion'] as const).some(
    name => caps[name] !== undefined && Number(model.wire.pricing[name]) * 1e6 > Number(caps[name]) + 1e-9,
  );
}
