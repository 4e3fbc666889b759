import type { ProviderRules } from './providerRules';

/**
 * The rules under which the endpoint `tag` serves or nobody does; `tags` are all of its model. A provider's plain name
 * means every variant of it, so those with endpoints of their own are excluded. What else the user demands of
 * providers stays.
 */
export function pinnedTo(tag: string, tags: readonly string[], rules: ProviderRules = {}): ProviderRules {
  const { order: _order, sort: _sort, ...demands } = unpinned(rules);
  const variants = tags.filter(other => other.startsWith(`${tag}/`));
  const ignore = [...new Set([...(demands.ignore ?? []), ...variants])];
  return { ...demands, only: [tag], ...(ignore.length > 0 && { ignore }), allow_fallbacks: false };
}

/** The one provider or endpoint that may serve at all; undefined when there is no such rule. */
export function pinOf({ only = [] }: ProviderRules = {}): string | undefined {
  return only.length === 1 ? only[0] : undefined;
}

/** `rules` without the pin, and without the exclusions that only it needs. */
export function unpinned(rules: ProviderRules): ProviderRules {
  const pin = pinOf(rules);
  if (pin === undefined) return rules;
  const { only: _only, allow_fallbacks: _fallbacks, ignore: ignored = [], ...others } = rules;
  const ignore = ignored.filter(slug => !slug.startsWith(`${pin}/`));
  return ignore.length > 0 ? { ...others, ignore } : others;
}
