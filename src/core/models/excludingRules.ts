import type { ExcludingRule } from '../chat/failure';
import type { ProviderRules } from '../chat/providerRules';
import { type RequestParameters, toWireFields } from '../chat/requestParameters';
import type { ModelEndpoint } from './model';

/** An endpoint, with whether it keeps nothing where that is known. */
export interface EndpointFacts extends ModelEndpoint {
  readonly keepsNothing?: boolean;
}

type Test = (endpoint: EndpointFacts, rules: ProviderRules, sent: readonly string[]) => boolean;

/** Whether an endpoint may serve under each rule; rules that only sort are not among them. */
const tests: { readonly [Rule in ExcludingRule]?: Test } = {
  only: (endpoint, { only }) => !only?.length || only.some(slug => isNamed(endpoint, slug)),
  ignore: (endpoint, { ignore = [] }) => !ignore.some(slug => isNamed(endpoint, slug)),
  order: (endpoint, { order, allow_fallbacks }) =>
    allow_fallbacks !== false || !order?.length || order.some(slug => isNamed(endpoint, slug)),
  quantizations: ({ quantization = 'unknown' }, { quantizations }) =>
    !quantizations?.length || quantizations.some(each => each === quantization),
  require_parameters: ({ supportedParameters }, { require_parameters }, sent) =>
    require_parameters !== true ||
    supportedParameters === undefined ||
    sent.every(name => supportedParameters.includes(name)),
  zdr: ({ keepsNothing }, { zdr }) => zdr !== true || keepsNothing !== false,
  // Who keeps nothing trains on nothing; of the others only the server knows.
  data_collection: ({ keepsNothing }, { data_collection }) =>
    data_collection !== 'deny' || keepsNothing !== false,
};

const rulesTested = Object.keys(tests) as readonly (keyof typeof tests)[];

/**
 * Which rules of a request left none of `endpoints`: the one without which some would be left, or, where no single one
 * is at fault, all that leave out any. Empty when some endpoint keeps every rule, as far as is known here.
 */
export function excludingRules(
  endpoints: readonly EndpointFacts[],
  parameters: RequestParameters,
): readonly ExcludingRule[] {
  const { provider: rules = {} } = parameters;
  const sent = sentNames(parameters);
  const passes = (endpoint: EndpointFacts, rule: keyof typeof tests): boolean =>
    tests[rule]?.(endpoint, rules, sent) ?? true;
  const isLeft = (without: (keyof typeof tests)[]): boolean =>
    endpoints.some(endpoint => rulesTested.every(rule => without.includes(rule) || passes(endpoint, rule)));
  if (endpoints.length === 0 || isLeft([])) return [];
  const alone = rulesTested.filter(rule => isLeft([rule]));
  return alone.length > 0
    ? alone
    : rulesTested.filter(rule => endpoints.some(endpoint => !passes(endpoint, rule)));
}

/** A base slug names all variants of a provider; its display name is accepted, too. */
export function isNamed({ tag = '', provider = '' }: ModelEndpoint, wanted: string): boolean {
  const name = wanted.toLowerCase();
  return tag === wanted || tag.startsWith(`${wanted}/`) || provider.toLowerCase() === name;
}

/** What `require_parameters` looks at: every parameter of the request but those that are always understood. */
function sentNames(parameters: RequestParameters): readonly string[] {
  const { model: _, provider: __, models: ___, ...fields } = toWireFields(parameters);
  return Object.keys(fields).filter(name => name !== 'service_tier');
}
