import type { CostPartKind } from '../../../src/core/money/costPart';
import type { Pricing } from '../../../src/core/money/pricing';
import type { Usage } from '../../../src/core/money/usage';
import { parseCatalogue } from '../../../src/openrouter/wire/catalogue';
import { readUsage } from '../../../src/openrouter/wire/usage';
import { type Row, toCatalogueModel } from '../../support/simulator';
import type {
  Endpoint,
  WireOverride,
  WirePrices,
  WirePricing,
} from '../../support/simulator/catalogue/wireModel';
import { createGeneration, type Generation } from '../../support/simulator/chat/generation';
import { servedTier, settle, wireUsage } from '../../support/simulator/chat/settlement';
import { charge, type TokenCounts } from '../../support/simulator/money/price';
import type { Random } from '../ledger/random';

/** Everything that can be the cause of a cost, and that a test can put into a request. */
export const causes = [
  'input',
  'cacheRead',
  'cacheWrite',
  'output',
  'reasoning',
  'request',
  'images',
  'longPrompt',
  'timeWindow',
  'tier',
  'providerDrift',
  'tools',
  'byokFee',
] as const satisfies readonly CostPartKind[];

export type Cause = (typeof causes)[number];

/** A request as the simulator has billed it, and what its own prices say of each part. */
export interface BilledRequest {
  readonly usage: Usage;
  readonly serviceTier: string | undefined;
  readonly feesUsd: string | undefined;
  readonly images: number;
  readonly pricing: Pricing | undefined;
  readonly atMs: number;
  readonly estimatedPromptTokens: number;
  readonly maxTokens: number;
  /** The bill's own figure. */
  readonly totalPico: bigint;
  readonly truth: ReadonlyMap<Cause, bigint>;
}

/** A Wednesday. */
const noonMs = Date.UTC(2026, 2, 4, 12);
const threshold = 20_000;

/** A request with `injected`, each so large that it outweighs the rest. */
export function billRequest(injected: readonly Cause[], random: Random): BilledRequest {
  const has = (cause: Cause): boolean => injected.includes(cause);
  const list = pricesOf(injected, random);
  const tokens = tokensOf(injected, random);
  const endpointPrices = has('providerDrift') ? scaled(list, 22 + random.below(20)) : list;
  const tier = has('tier') ? 'priority' : undefined;
  const images = has('images') ? 1 + random.below(4) : 0;
  const hasSearches = has('tools') && random.chance(0.5);
  const base = charge(plain(list), tokens, { atMs: noonMs });
  const feesUsd = has('tools') ? usd(base.total * BigInt(3 + random.below(6))) : undefined;
  const generation = generationOf(list, endpointPrices, {
    tokens,
    tier,
    images,
    hasSearches,
    feesUsd,
    isByok: has('byokFee'),
  });
  const progress = { completion: tokens.completion, reasoning: tokens.reasoning };
  const settlement = settle(generation, progress, { cancelled: false, finishReason: 'stop' });
  const wire: unknown = JSON.parse(JSON.stringify(wireUsage(generation, settlement, 'repeated')));
  const [model] = parseCatalogue({ data: [{ id: 'acme/m', pricing: list }] }) ?? [];
  return {
    usage: readUsage(wire) ?? {},
    serviceTier: servedTier(generation),
    feesUsd,
    images,
    pricing: model?.pricing,
    atMs: noonMs,
    estimatedPromptTokens: Math.min(
      Math.round(tokens.prompt * (0.992 + random.next() * 0.016)),
      // The step came as a surprise: the estimate was below it.
      has('longPrompt') ? threshold : Number.POSITIVE_INFINITY,
    ),
    maxTokens: tokens.completion,
    totalPico: settlement.costPico + (settlement.upstreamPico ?? 0n),
    truth: truthOf(list, endpointPrices, tokens, { tier, images, feesUsd, isByok: has('byokFee') }),
  };
}

interface Served {
  readonly tier: 'priority' | undefined;
  readonly images: number;
  readonly feesUsd: string | undefined;
  readonly isByok: boolean;
}

/** Each part by the simulator's own prices: one kind of token at a time, one condition after the other. */
function truthOf(
  list: WirePricing,
  served: WirePricing,
  tokens: TokenCounts,
  { tier, images, feesUsd, isByok }: Served,
): ReadonlyMap<Cause, bigint> {
  const none: TokenCounts = { prompt: 0, cached: 0, cacheWrite: 0, completion: 0, reasoning: 0 };
  const { request = '0' } = list;
  const noRequest = { ...plain(list), request: '0' };
  const only = (some: Partial<TokenCounts>, imagesOut = 0): bigint =>
    charge(noRequest, { ...none, ...some }, { atMs: noonMs, imagesOut }).total;
  const whole = (pricing: WirePricing, percent = 100): bigint =>
    charge(pricing, tokens, { atMs: noonMs, imagesOut: images, percent }).total;
  const { overrides = [] } = list;
  const long = {
    ...list,
    overrides: overrides.filter(({ min_prompt_tokens: least }) => least !== undefined),
  };
  const inference = whole(served, tier ? 200 : 100);
  const { prompt, cached, cacheWrite, completion, reasoning } = tokens;
  return new Map<Cause, bigint>([
    ['input', only({ prompt: prompt - cached - cacheWrite })],
    ['cacheRead', only({ prompt: cached, cached })],
    ['cacheWrite', only({ prompt: cacheWrite, cacheWrite })],
    ['output', only({ completion: completion - reasoning })],
    ['reasoning', only({ completion: reasoning, reasoning })],
    ['request', charge({ prompt: '0', completion: '0', request }, none, { atMs: noonMs }).total],
    ['images', only({}, images)],
    ['longPrompt', whole(long) - whole(plain(list))],
    ['timeWindow', whole(list) - whole(long)],
    ['providerDrift', whole(served) - whole(list)],
    ['tier', inference - whole(served)],
    ['tools', feesUsd === undefined ? 0n : pico(feesUsd)],
    ['byokFee', isByok ? inference / 20n : 0n],
  ]);
}

const plain = ({ overrides: _, ...pricing }: WirePricing): WirePricing => pricing;

function tokensOf(injected: readonly Cause[], random: Random): TokenCounts {
  const has = (cause: Cause): boolean => injected.includes(cause);
  const many = () => 30_000 + random.below(60_000);
  const cached = has('cacheRead') ? 20 * many() : 0;
  const cacheWrite = has('cacheWrite') ? many() : 0;
  const long = has('longPrompt') ? threshold + 1 + random.below(200) : 0;
  const fresh = has('input') ? many() : 500 + random.below(1500);
  const reasoning = has('reasoning') ? many() / 2 : 0;
  const output = has('output') ? many() / 2 : 50 + random.below(200);
  const prompt = Math.max(long, cached + cacheWrite + fresh);
  return {
    prompt,
    cached,
    cacheWrite,
    completion: Math.floor(output) + Math.floor(reasoning),
    reasoning: Math.floor(reasoning),
  };
}

/** Listed prices with many decimals, and what `injected` needs of them. */
function pricesOf(injected: readonly Cause[], random: Random): WirePricing {
  const has = (cause: Cause): boolean => injected.includes(cause);
  const prompt = (0.05 + random.next() * 5) / 1e6;
  const price = (value: number): string => value.toFixed(20);
  const byToken = {
    prompt: price(prompt),
    completion: price(prompt * (3 + random.next() * 3)),
    input_cache_read: price(prompt / 10),
    ...(has('cacheWrite') && { input_cache_write: price(prompt * 1.25) }),
    ...(has('reasoning') && { internal_reasoning: price(prompt * (6 + random.next() * 4)) }),
  };
  const base: WirePricing = {
    ...byToken,
    image_output: price(prompt * 60_000),
    ...(has('request') && { request: price(prompt * (60_000 + random.below(60_000))) }),
  };
  const overrides: readonly WireOverride[] = [
    ...(has('longPrompt')
      ? [{ min_prompt_tokens: threshold, ...scaledPrices(byToken, 22 + random.below(10)) }]
      : []),
    ...(has('timeWindow')
      ? [{ utc_start: 1100, utc_end: 1300, ...scaledPrices(byToken, 40 + random.below(20)) }]
      : []),
  ];
  return overrides.length === 0 ? base : { ...base, overrides };
}

/** `tenths` tenths of each price by token. */
function scaled(pricing: WirePricing, tenths: number): WirePricing {
  const { overrides } = pricing;
  return {
    ...pricing,
    ...scaledPrices(pricing, tenths),
    ...(overrides && {
      overrides: overrides.map(override => ({ ...override, ...scaledPrices(override, tenths) })),
    }),
  };
}

const tokenPrices = [
  'prompt',
  'completion',
  'input_cache_read',
  'input_cache_write',
  'internal_reasoning',
] as const;

function scaledPrices<P extends Partial<WirePrices>>(prices: P, tenths: number): P {
  const times = (price: string): string => {
    const digits = BigInt(price.replace('.', '')) * BigInt(tenths);
    const text = digits.toString().padStart(22, '0');
    return `${text.slice(0, -21)}.${text.slice(-21)}`;
  };
  const changed = tokenPrices.flatMap(name => {
    const price = prices[name];
    return price === undefined ? [] : [[name, times(price)]];
  });
  return { ...prices, ...Object.fromEntries(changed) };
}

const pico = (text: string): bigint => BigInt(text.replace('.', ''));
const usd = (amount: bigint): string => {
  const text = amount.toString().padStart(13, '0');
  return `${text.slice(0, -12)}.${text.slice(-12)}`;
};

function generationOf(
  list: WirePricing,
  endpointPrices: WirePricing,
  {
    tokens,
    tier,
    images,
    hasSearches,
    feesUsd,
    isByok,
  }: Served & { readonly tokens: TokenCounts; readonly hasSearches: boolean },
): Generation {
  const row: Row = {
    id: 'acme/m',
    name: 'M',
    created: 0,
    about: '',
    context: 1e7,
    maxOutput: null,
    pricing: list,
    tokenizer: 'Other',
    providers: ['OpenAI'],
  };
  const { wire, endpoints } = toCatalogueModel(row);
  const endpoint: Endpoint = { ...(endpoints[0] as Endpoint), pricing: endpointPrices };
  const provider = { name: 'OpenAI', slug: 'openai' } as Generation['provider'];
  return createGeneration(
    {
      startedAtMs: noonMs,
      requestedModel: 'acme/m',
      servedAs: 'acme/m',
      model: wire,
      provider,
      route: { endpoint, provider, attempts: [], candidates: [], ...(tier && { tier }) },
      strategy: 'direct',
      wantsMetadata: false,
      images: 0,
      writesForAnHour: false,
      key: { text: 'sk-or-v1-x' } as Generation['key'],
      isByok,
      streamed: true,
      prompt: { tokens: tokens.prompt, cached: tokens.cached, cacheWrite: tokens.cacheWrite },
      showsReasoning: true,
      answer: {
        content: '',
        images: Array.from({ length: images }, () => 'data:,'),
        ...(hasSearches && { webSearches: 2 }),
        ...(feesUsd !== undefined && {
          stages: [{ type: 'plugin', name: 'web', summary: '', costUsd: feesUsd }],
        }),
      },
    },
    undefined,
  );
}
