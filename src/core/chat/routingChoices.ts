import type { ProviderRules } from './providerRules';
import type { RequestParameters, ServiceTier } from './requestParameters';

/** A rule that can be switched on and off by one row of a menu. */
export interface RoutingChoice {
  readonly label: string;
  readonly detail: string;
  readonly isOn: (parameters: RequestParameters) => boolean;
  /** What to write to switch it on, or off: a rule that is there but undefined is taken out. */
  readonly rules?: (isOn: boolean) => ProviderRules;
  readonly tier?: (isOn: boolean) => ServiceTier | undefined;
}

const sortedBy = ({ provider }: RequestParameters): string | undefined =>
  typeof provider?.sort === 'object' ? provider.sort.by : provider?.sort;

/** The quick choices, in the order of the menu. */
export const routingChoices: readonly RoutingChoice[] = [
  {
    label: 'Cheapest',
    detail: 'The provider with the lowest price is tried first (sort: price)',
    isOn: parameters => sortedBy(parameters) === 'price',
    rules: isOn => ({ sort: isOn ? 'price' : undefined }),
  },
  {
    label: 'Fastest',
    detail: 'The one with the most tokens per second first; may cost more (sort: throughput)',
    isOn: parameters => sortedBy(parameters) === 'throughput',
    rules: isOn => ({ sort: isOn ? 'throughput' : undefined }),
  },
  {
    label: 'No training',
    detail: 'No provider that trains on prompts or may keep them for that (data_collection: deny)',
    isOn: ({ provider }) => provider?.data_collection === 'deny',
    rules: isOn => ({ data_collection: isOn ? 'deny' : undefined }),
  },
  {
    label: 'Zero retention',
    detail: 'Only endpoints that keep nothing of what is sent (zdr)',
    isOn: ({ provider }) => provider?.zdr === true,
    rules: isOn => ({ zdr: isOn ? true : undefined }),
  },
  {
    label: 'Cheaper, may be slow',
    detail: 'About half the price where a provider has that, longer waits (service_tier: flex)',
    isOn: ({ serviceTier }) => serviceTier === 'flex',
    tier: isOn => (isOn ? 'flex' : undefined),
  },
];

/** Every rule taken out. */
export const noRules: ProviderRules = {
  order: undefined,
  only: undefined,
  ignore: undefined,
  allow_fallbacks: undefined,
  require_parameters: undefined,
  data_collection: undefined,
  zdr: undefined,
  enforce_distillable_text: undefined,
  quantizations: undefined,
  sort: undefined,
  preferred_min_throughput: undefined,
  preferred_max_latency: undefined,
};

/** The rules in force in a few words; '' when there are none. */
export function routingInShort(parameters: RequestParameters): string {
  const { only, order, ignore, ...others } = parameters.provider ?? {};
  const named = routingChoices.filter(({ isOn }) => isOn(parameters)).map(({ label }) => label.toLowerCase());
  const known = ['sort', 'data_collection', 'zdr'];
  const more = Object.keys(others).filter(name => !known.includes(name)).length;
  return [
    ...named,
    only?.length ? `only ${only.join(', ')}` : '',
    order?.length ? `first ${order.join(', ')}` : '',
    ignore?.length ? `not ${ignore.join(', ')}` : '',
    more > 0 ? `${more} more ${more === 1 ? 'rule' : 'rules'}` : '',
  ]
    .filter(words => words !== '')
    .join(' · ');
}
