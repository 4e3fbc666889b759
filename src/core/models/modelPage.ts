import { joinMarkdown, markdown, type SafeMarkdown } from '../base/plainText';
import { perMillion } from '../money/priceText';
import type { Pricing } from '../money/pricing';
import type { EndpointFacts } from './excludingRules';
import type { Model } from './model';
import { describePrice, shortCount } from './modelRow';

/** All that is known of a model, as Markdown; `endpoints` is undefined where the server cannot say who serves it. */
export function modelPage(model: Model, endpoints: readonly EndpointFacts[] | undefined): SafeMarkdown {
  const sections = [
    markdown`# ${model.name}`,
    // Not as code: there the marks that keep it from being markup would be seen.
    markdown`${model.id}`,
    ...(model.expirationDate
      ? [markdown`**Goes away on ${model.expirationDate}.** Choose another model before that.`]
      : []),
    ...(model.description ? [markdown`${model.description}`] : []),
    markdown`## Prices`,
    priceTable(model.pricing),
    ...conditions(model.pricing),
    markdown`## Limits and abilities`,
    facts(model),
    ...quality(model),
    markdown`## Providers`,
    endpointTable(endpoints),
  ];
  return joinMarkdown(sections, '\n\n');
}

const priceNames: readonly (readonly [keyof Omit<Pricing, 'overrides'>, string])[] = [
  ['prompt', 'Input'],
  ['completion', 'Output'],
  ['inputCacheRead', 'Input read from a cache'],
  ['inputCacheWrite', 'Input written to a cache'],
  ['internalReasoning', 'Reasoning'],
];

const unitNames: readonly (readonly [keyof Omit<Pricing, 'overrides'>, string])[] = [
  ['request', 'Each request'],
  ['image', 'Each image in the prompt'],
  ['imageOutput', 'Each image in the answer'],
  ['webSearch', 'Each web search'],
];

function priceTable(pricing: Pricing): SafeMarkdown {
  const perTokens = priceNames.flatMap(([field, name]) => {
    const price = perMillion(pricing[field]);
    return price === undefined ? [] : [markdown`| ${name} | ${dollars(price)} per million tokens |`];
  });
  const perUnit = unitNames.flatMap(([field, name]) => {
    const price = pricing[field];
    return price === undefined || !(Number(price) > 0) ? [] : [markdown`| ${name} | $${price} |`];
  });
  const rows = [...perTokens, ...perUnit];
  if (rows.length === 0) return markdown`The list of models names no price.`;
  return joinMarkdown([markdown`| What | Price |`, markdown`|---|---|`, ...rows], '\n');
}

const dollars = (price: string): string => (/^\d/.test(price) ? `$${price}` : price);

/** Prices that hold under a condition: for long prompts, or at some hours. */
function conditions({ overrides = [] }: Pricing): readonly SafeMarkdown[] {
  const lines = overrides.map(({ minPromptTokens, utcStart, utcEnd, hasUnknownCondition, pricing }) => {
    const when = [
      minPromptTokens === undefined
        ? ''
        : `prompts of more than ${minPromptTokens.toLocaleString('en-US')} tokens`,
      utcStart === undefined && utcEnd === undefined
        ? ''
        : `from ${clock(utcStart ?? '0000')} to ${clock(utcEnd ?? '2400')} UTC`,
      hasUnknownCondition ? 'a condition that is not known here' : '',
    ].filter(part => part !== '');
    const prices = priceNames.flatMap(([field, name]) => {
      const price = perMillion(pricing[field]);
      return price === undefined ? [] : [`${name.toLowerCase()} ${dollars(price)}`];
    });
    return markdown`- ${when.join(', ') || 'always'}: ${prices.join(', ')} per million tokens`;
  });
  return lines.length === 0 ? [] : [markdown`Other prices hold for:`, joinMarkdown(lines, '\n')];
}

const clock = (time: string): string => `${time.slice(0, 2)}:${time.slice(2)}`;

function facts(model: Model): SafeMarkdown {
  const { contextTokens, maxCompletionTokens, reasoning, knowledgeCutoff, supportedParameters } = model;
  const lines = [
    contextTokens === undefined
      ? undefined
      : markdown`- Context: ${contextTokens.toLocaleString('en-US')} tokens`,
    maxCompletionTokens === undefined
      ? undefined
      : markdown`- Longest answer: ${maxCompletionTokens.toLocaleString('en-US')} tokens`,
    markdown`- Reads ${list(model.inputModalities)}; answers in ${list(model.outputModalities)}`,
    reasoning === undefined ? undefined : markdown`- Reasoning: ${reasoningText(reasoning)}`,
    knowledgeCutoff === undefined ? undefined : markdown`- Knows of nothing after ${knowledgeCutoff}`,
    model.isModerated ? markdown`- Prompts pass the provider's moderation first` : undefined,
    supportedParameters.length === 0 ? undefined : markdown`- Parameters: ${list(supportedParameters)}`,
    ...Object.entries(model.defaultParameters ?? {}).map(
      ([name, value]) => markdown`- Default of ${name}: ${value}`,
    ),
  ];
  return joinMarkdown(
    lines.filter(line => line !== undefined),
    '\n',
  );
}

const list = (words: readonly string[]): string => (words.length === 0 ? 'text' : words.join(', '));

function reasoningText({ isMandatory, efforts, defaultEffort }: NonNullable<Model['reasoning']>): string {
  const parts = [isMandatory ? 'always' : 'can be switched off'];
  if (efforts === 'any') parts.push('any effort');
  else if (efforts && efforts.length > 0) parts.push(`efforts ${efforts.join(', ')}`);
  if (defaultEffort !== undefined) parts.push(`by itself ${defaultEffort}`);
  return parts.join('; ');
}

function quality({ benchmarks }: Model): readonly SafeMarkdown[] {
  if (!benchmarks) return [];
  const { codingIndex, intelligenceIndex, agenticIndex, designArena = [] } = benchmarks;
  const rows = [
    ...[
      ['Coding', codingIndex],
      ['Intelligence', intelligenceIndex],
      ['Agents', agenticIndex],
    ].flatMap(([name, value]) =>
      value === undefined ? [] : [markdown`| ${name ?? ''} | ${value} | Artificial Analysis |`],
    ),
    ...designArena.map(
      ({ category, elo, rank }) =>
        markdown`| ${category} | Elo ${elo}${rank === undefined ? '' : `, rank ${rank}`} | Design Arena |`,
    ),
  ];
  if (rows.length === 0) return [];
  return [
    markdown`## Quality, as others measured it`,
    joinMarkdown([markdown`| What | Score | Source |`, markdown`|---|---|---|`, ...rows], '\n'),
  ];
}

function endpointTable(endpoints: readonly EndpointFacts[] | undefined): SafeMarkdown {
  if (!endpoints) return markdown`Who serves it could not be looked up now.`;
  if (endpoints.length === 0) return markdown`Nobody serves it now.`;
  const rows = endpoints.map(each => {
    const { provider, tag, serviceTier, quantization, keepsNothing, pricing, live = {} } = each;
    const columns = [
      `${provider ?? tag ?? 'unknown'}${serviceTier === undefined ? '' : ` (${serviceTier})`}`,
      describePrice(pricing),
      live.contextTokens === undefined ? '–' : shortCount(live.contextTokens),
      quantization ?? '–',
      live.uptimePercent === undefined ? '–' : `${live.uptimePercent.toFixed(1)} %`,
      live.latencyMs === undefined ? '–' : `${(live.latencyMs / 1000).toFixed(2)} s`,
      live.tokensPerSecond === undefined ? '–' : `${Math.round(live.tokensPerSecond)}`,
      keepsNothing === undefined ? '–' : keepsNothing ? 'nothing' : 'may keep prompts',
    ];
    return joinMarkdown([markdown``, ...columns.map(column => markdown` ${column} `), markdown``], '|');
  });
  const head = markdown`| Provider | Price | Context | Quantization | Uptime, 1 day | First token | Tokens/s | Keeps |`;
  return joinMarkdown([head, markdown`|---|---|---|---|---|---|---|---|`, ...rows], '\n');
}
