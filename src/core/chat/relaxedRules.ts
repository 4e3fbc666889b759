import type { ExcludingRule } from './failure';
import type { ProviderRules } from './providerRules';

/** `rules` without those that left no provider; undefined when none is left. */
export function relaxed(
  rules: ProviderRules,
  excludedBy: readonly ExcludingRule[],
): ProviderRules | undefined {
  const dropped: readonly string[] = excludedBy.includes('order')
    ? [...excludedBy, 'allow_fallbacks']
    : excludedBy;
  return toRules(Object.entries(rules).filter(([name]) => !dropped.includes(name)));
}

/** `rules`, and not through `provider`: its slug, or its display name, which OpenRouter accepts as well. */
export function without(rules: ProviderRules, provider: string): ProviderRules {
  return { ...rules, ignore: [...(rules.ignore ?? []), provider] };
}

function toRules(entries: readonly (readonly [string, unknown])[]): ProviderRules | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
