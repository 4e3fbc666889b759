import { errorReply, type Reply } from '../http/reply';
import { formatDecimal, parseDecimal } from '../money/decimal';
import { priceScale } from '../money/price';
import type { Catalogue } from './catalogue';
import { providerNamed, providers, type ServiceTier, tierPercent } from './providers';
import type { CatalogueModel, Endpoint, WireModel, WirePrices, WirePricing } from './wireModel';

const caching = { 'cache-control': 'public, max-age=300' };

/** `GET /models`, with the filters, orders and pages that say something about these models. */
export function listModels(
  catalogue: Catalogue,
  query: URLSearchParams,
  allowed?: readonly string[] | null,
): Reply {
  const found = inOrder(
    catalogue.models
      .filter(model => fits(model, query) && (allowed?.includes(model.wire.id) ?? true))
      .map(({ wire }) => wire),
    query.get('sort'),
  );
  const offset = Number(query.get('offset') ?? 0);
  const limit = Math.min(1000, Number(query.get('limit') ?? found.length));
  const data = found.slice(offset, offset + limit);
  const isLast = offset + data.length >= found.length;
  const next = isLast ? null : `/api/v1/models?offset=${offset + limit}&limit=${limit}`;
  return { status: 200, headers: caching, body: { data, total_count: found.length, links: { next } } };
}

function fits({ wire: model, endpoints }: CatalogueModel, query: URLSearchParams): boolean {
  const { input_modalities: inputs, output_modalities: outputs } = model.architecture;
  const wants = (name: string) => query.get(name)?.split(',') ?? [];
  const output = wants('output_modalities');
  const text = query.get('q')?.toLowerCase() ?? '';
  return (
    wants('supported_parameters').every(name => model.supported_parameters.includes(name)) &&
    wants('input_modalities').every(name => inputs.includes(name)) &&
    (output.includes('all') || (output.length ? output : ['text']).every(name => outputs.includes(name))) &&
    (text === '' || `${model.id} ${model.name}`.toLowerCase().includes(text)) &&
    Number(query.get('context') ?? 0) <= (model.context_length ?? 0) &&
    isBetween(Number(model.pricing.prompt) * 1e6, query.get('min_price'), query.get('max_price')) &&
    (query.get('zdr') !== 'true' || endpoints.some(keepsNothing)) &&
    (query.get('region') === null || endpoints.some(({ tag }) => tag.endsWith(`/${query.get('region')}`)))
  );
}

const isBetween = (value: number, low: string | null, high: string | null): boolean =>
  value >= Number(low ?? Number.NEGATIVE_INFINITY) && value <= Number(high ?? Number.POSITIVE_INFINITY);

const keepsNothing = ({ provider }: Endpoint): boolean => !providerNamed(provider).keepsPrompts;

function inOrder(models: readonly WireModel[], sort: string | null): readonly WireModel[] {
  const by = (value: (model: WireModel) => number) => models.toSorted((a, b) => value(a) - value(b));
  switch (sort) {
    case 'pricing-low-to-high':
      return by(({ pricing }) => Number(pricing.prompt));
    case 'pricing-high-to-low':
      return by(({ pricing }) => -Number(pricing.prompt));
    case 'context-high-to-low':
      return by(({ context_length }) => -(context_length ?? 0));
    case 'coding-high-to-low':
      return by(({ benchmarks }) => -(benchmarks?.artificial_analysis?.coding_index ?? 0));
    default:
      return models;
  }
}

/**
 * `GET /models/:author/:slug/endpoints`; figures of speed are only for who shows a key. `listsTiers`: each service tier
 * has an entry of its own.
 */
export function listEndpoints(catalogue: Catalogue, id: string, hasKey: boolean, listsTiers = false): Reply {
  const model = catalogue.get(id) ?? catalogue.models.find(({ wire }) => wire.canonical_slug === id);
  if (!model) return errorReply(404, `Model ${id} not found`, { anonymous: true });
  const { id: modelId, name, created, description, architecture } = model.wire;
  const endpoints = model.endpoints.flatMap(endpoint => [
    { ...wireEndpoint(model, endpoint, hasKey), ...(listsTiers && { service_tier: null }) },
    ...(listsTiers ? providerNamed(endpoint.provider).tiers : []).map(tier => ({
      ...wireEndpoint(model, { ...endpoint, pricing: atTier(endpoint.pricing, tier) }, hasKey),
      tag: `${endpoint.tag}/${tier}`,
      service_tier: tier,
    })),
  ]);
  return {
    status: 200,
    body: { data: { id: modelId, name, created, description, architecture, endpoints } },
  };
}

/** `GET /endpoints/zdr`: what is left under zero data retention. */
export function listZdrEndpoints(catalogue: Catalogue, hasKey: boolean): Reply {
  const data = catalogue.models.flatMap(model =>
    model.endpoints.filter(keepsNothing).map(endpoint => wireEndpoint(model, endpoint, hasKey)),
  );
  return { status: 200, body: { data } };
}

/** Every price changes with the tier, conditional ones too. */
function atTier({ overrides, ...prices }: WirePricing, tier: ServiceTier): WirePricing {
  const change = <T extends Partial<WirePrices>>(all: T): T => {
    const changed = Object.entries(all).map(([name, value]) => [
      name,
      typeof value === 'string' ? percentOf(value, tierPercent[tier]) : value,
    ]);
    return { ...all, ...Object.fromEntries(changed) };
  };
  return { ...change(prices), ...(overrides && { overrides: overrides.map(each => change(each)) }) };
}

const percentOf = (price: string, percent: number): string =>
  formatDecimal((parseDecimal(price, priceScale) * BigInt(percent)) / 100n, priceScale);

function wireEndpoint({ wire }: CatalogueModel, endpoint: Endpoint, hasKey: boolean) {
  const { provider, tag, pricing, context, maxOutput, quantization } = endpoint;
  const { tokensPerSecond, latencyMs } = providerNamed(provider);
  const hasTools = wire.supported_parameters.includes('tools');
  const latency = hasKey ? percentiles(latencyMs, 3) : null;
  const throughput = hasKey ? percentiles(tokensPerSecond, 0.5) : null;
  return {
    name: `${provider} | ${wire.canonical_slug}`,
    model_id: wire.canonical_slug,
    model_name: wire.name,
    provider_name: provider,
    tag,
    context_length: context,
    max_completion_tokens: maxOutput,
    max_prompt_tokens: null,
    pricing,
    quantization: quantization ?? 'unknown',
    status: 0,
    supported_parameters: wire.supported_parameters,
    supports_implicit_caching:
      pricing.input_cache_read !== undefined && pricing.input_cache_write === undefined,
    supports_tool_choice: { auto: hasTools, none: hasTools, required: hasTools, function: hasTools },
    supports_voice_cloning: false,
    uptime_last_5m: 100,
    uptime_last_30m: 99.9,
    uptime_last_1d: 99.8,
    latency_last_30m: latency,
    throughput_last_30m: throughput,
    ...(hasKey && {
      perf_last_30m_by_workload: { text_generation: { latency, throughput, request_count: 1200 } },
    }),
  };
}

/** The 99th percentile is `spread` times the median. */
const percentiles = (median: number, spread: number) => ({
  p50: median,
  p75: median * (1 + (spread - 1) / 4),
  p90: median * (1 + (spread - 1) / 2),
  p99: median * spread,
});

/** `GET /model/:author/:slug` */
export function describeModel(catalogue: Catalogue, id: string): Reply {
  const model = catalogue.get(id);
  if (!model) return errorReply(404, `Model ${id} not found`, { anonymous: true });
  return { status: 200, body: { data: model.wire } };
}

/** `GET /providers` */
export const listProviders = (): Reply => ({
  status: 200,
  body: {
    data: providers.map(({ name, slug, country }) => ({
      name,
      slug,
      privacy_policy_url: slug === 'chutes' ? null : `https://example.com/${slug}/privacy`,
      terms_of_service_url: `https://example.com/${slug}/terms`,
      status_page_url: null,
      headquarters: country,
      datacenters: [country],
    })),
  },
});
