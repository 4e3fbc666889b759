import type { ExcludingRule, Failure, FailureKind } from '../failure';
import { text } from '../failureAction';
import { said } from '../limitText';
import type { Describe } from './describe';

/** The rule that must be the reason, by how the user knows it. */
const ruleNames: Readonly<Record<ExcludingRule, string>> = {
  only: 'provider choice (only)',
  order: 'provider choice (order)',
  allow_fallbacks: 'provider choice (allow_fallbacks off)',
  ignore: 'list of ignored providers (ignore)',
  require_parameters: 'wish that every parameter is supported (require_parameters)',
  parameters: 'parameters',
  tools: 'tools',
  data_collection: 'no-training rule (data_collection)',
  zdr: 'zero-retention rule (zdr)',
  enforce_distillable_text: 'rule that the text may be distilled (enforce_distillable_text)',
  quantizations: 'choice of quantizations',
  sort: 'order of providers (sort)',
  preferred_min_throughput: 'wish for fast providers (preferred_min_throughput)',
  preferred_max_latency: 'wish for quick providers (preferred_max_latency)',
  maxPrice: 'price bound',
  account: 'account’s own privacy settings',
};

/** Those that a request can do without: the others are not the request's. */
export function relaxableRules({ excludedBy = [] }: Failure): readonly ExcludingRule[] {
  return excludedBy.filter(rule => !['account', 'tools', 'parameters', 'maxPrice'].includes(rule));
}

export function rulesInWords(rules: readonly ExcludingRule[]): string {
  return rules.map(rule => ruleNames[rule]).join(' and ');
}

/** No endpoint of the model was left. */
export const routingFailures = {
  dataPolicy: (failure, model) => {
    const rules = relaxableRules(failure);
    if (rules.length === 0)
      return text(
        `No provider of ${model} fits the privacy settings of the account. Allow it there, or pick another model.`,
        'openPrivacySettings',
        'pickModel',
      );
    return text(
      `No provider of ${model} keeps your ${rulesInWords(rules)}. Pick another model, or relax that for this one request.`,
      'pickModel',
      'relaxOnce',
      'openRouting',
      'openPrivacySettings',
    );
  },
  noEndpoint: (failure, model) => {
    const { excludedBy = [] } = failure;
    const because = excludedBy.length === 0 ? '' : `: your ${rulesInWords(excludedBy)} left none`;
    return relaxableRules(failure).length === 0
      ? text(
          `No provider offers ${model} for this request right now${because}.${said(failure)}`,
          'pickModel',
          'retry',
        )
      : text(
          `No provider offers ${model} for this request${because}. Relax that for this one request, or pick another model.`,
          'relaxOnce',
          'pickModel',
          'openRouting',
        );
  },
} as const satisfies Partial<Record<FailureKind, Describe>>;
