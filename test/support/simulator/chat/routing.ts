import type { ResolvedModel } from '../catalogue/catalogue';
import { type Provider, providerNamed, type ServiceTier, tierPercent } from '../catalogue/providers';
import type { Endpoint } from '../catalogue/wireModel';
import { contextTooLong, dataPolicy } from '../faults/requestErrors';
import { isRecord } from '../http/exchange';
import { errorReply, type Reply } from '../http/reply';
import { parseDecimal } from '../money/decimal';
import { effectivePricing, priceScale } from '../money/price';
import type { ChatBody } from './requestBody';

/** Who serves a request, and how that came about. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly provider: Provider;
  /** Absent: the ordinary one. */
  readonly tier?: ServiceTier;
  /** Who was asked, in order; the last one answered. */
  readonly attempts: readonly Attempt[];
  /** Every endpoint that was allowed to serve. */
  readonly candidates: readonly Endpoint[];
}

export interface Attempt {
  readonly model: string;
  readonly provider: string;
  readonly tag: string;
  readonly status: number;
}

export interface Circumstance {
  readonly promptTokens: number;
  readonly nowMs: number;
  /** So many endpoints fail before one answers. */
  readonly failing: number;
  /** Index of the endpoint that is asked first when the request has no wish. */
  readonly pickFirst: (endpoints: readonly Endpoint[]) => number;
}

interface Offer {
  readonly endpoint: Endpoint;
  readonly provider: Provider;
  readonly tier?: ServiceTier;
}

export const isRefused = (value: Route | Reply): value is Reply => !('endpoint' in value);

/** The endpoint that serves this request under its `provider` preferences, or the refusal. */
export function route(resolved: ResolvedModel, body: ChatBody, now: Circumstance): Route | Reply {
  const { id } = resolved.model.wire;
  const { provider: wishes, maxTokens = 0 } = body;
  const allowed = resolved.model.endpoints.filter(endpoint => isAllowed(endpoint, resolved, body));
  if (!resolved.model.endpoints.length) return errorReply(404, `No endpoints found for ${id}.`);
  if (!allowed.length) return errorReply(404, 'No allowed providers are available for the selected model.');
  const wantsPrivacy = wishes.data_collection === 'deny' || wishes.zdr === true;
  const discreet = allowed.filter(({ provider }) => !wantsPrivacy || !providerNamed(provider).keepsPrompts);
  if (!discreet.length) return dataPolicy();
  const large = discreet.filter(({ context }) => now.promptTokens + maxTokens <= context);
  if (!large.length) {
    return contextTooLong(Math.max(...discreet.map(({ context }) => context)), now.promptTokens, maxTokens);
  }
  const roomy = large.filter(({ maxOutput }) => maxTokens <= (maxOutput ?? Number.POSITIVE_INFINITY));
  const offers = (roomy.length ? roomy : large).flatMap(
    endpoint => offerOf(endpoint, resolved, body, now) ?? [],
  );
  if (!offers.length) return errorReply(404, 'No endpoints found that satisfy the max price.');
  const ordered = inOrder(offers, resolved, wishes, now);
  const [first] = ordered;
  if (!first) return errorReply(404, `No endpoints found for ${id}.`);
  const tried = wishes.allow_fallbacks === false ? [first] : ordered;
  const serving = tried[now.failing];
  if (!serving) return noneAnswers(first.provider.name);
  const attempts = tried.slice(0, now.failing + 1).map(({ endpoint }, index) => ({
    model: resolved.model.wire.canonical_slug,
    provider: endpoint.provider,
    tag: endpoint.tag,
    status: index < now.failing ? 502 : 200,
  }));
  return { ...serving, attempts, candidates: ordered.map(({ endpoint }) => endpoint) };
}

const noneAnswers = (provider: string): Reply =>
  errorReply(502, 'Provider returned error', {
    metadata: { provider_name: provider, error_type: 'provider_unavailable', raw: 'connection refused' },
  });

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** A base slug names all variants of a provider; display names are accepted as the real router does. */
function isNamed({ tag, provider }: Endpoint, wanted: string): boolean {
  return tag === wanted || tag.startsWith(`${wanted}/`) || provider.toLowerCase() === wanted.toLowerCase();
}

function isAllowed(
  endpoint: Endpoint,
  { model }: ResolvedModel,
  { provider: wishes, sent }: ChatBody,
): boolean {
  const only = texts(wishes.only);
  const quantizations = texts(wishes.quantizations);
  if (only.length && !only.some(slug => isNamed(endpoint, slug))) return false;
  if (texts(wishes.ignore).some(slug => isNamed(endpoint, slug))) return false;
  if (quantizations.length && !quantizations.includes(endpoint.quantization ?? 'unknown')) return false;
  if (wishes.require_parameters !== true) return true;
  return sent.every(name => model.wire.supported_parameters.includes(name));
}

/** What `endpoint` would ask for this request; `undefined` when that is above the request's cap. */
function offerOf(
  endpoint: Endpoint,
  { sort }: ResolvedModel,
  { provider: wishes, serviceTier }: ChatBody,
  now: Circumstance,
): Offer | undefined {
  const provider = providerNamed(endpoint.provider);
  const wanted = tierOf(serviceTier);
  // `:nitro` and `:floor` may choose a tier by themselves, but are content with the ordinary one.
  const offered = wanted ?? (sort === 'throughput' ? 'priority' : sort === 'price' ? 'flex' : undefined);
  const tier = offered && provider.tiers.includes(offered) ? offered : undefined;
  if (isWithin(wishes.max_price, endpoint, tier, now)) return { endpoint, provider, ...(tier && { tier }) };
  return !wanted && tier && isWithin(wishes.max_price, endpoint, undefined, now)
    ? { endpoint, provider }
    : undefined;
}

function tierOf(wanted: string | undefined): ServiceTier | undefined {
  if (wanted === 'flex') return 'flex';
  return wanted === 'priority' || wanted === 'fast' ? 'priority' : undefined;
}

/** `max_price` is in USD per million tokens (else per request or image), the catalogue per one. */
function isWithin(
  maxPrice: unknown,
  endpoint: Endpoint,
  tier: ServiceTier | undefined,
  now: Circumstance,
): boolean {
  if (!isRecord(maxPrice)) return true;
  const price = effectivePricing(endpoint.pricing, now.promptTokens, now.nowMs);
  const percent = BigInt(tier ? tierPercent[tier] : 100);
  const caps = [
    ['prompt', 1_000_000n],
    ['completion', 1_000_000n],
    ['request', 1n],
    ['image', 1n],
  ] as const;
  return caps.every(([name, units]) => {
    const cap = maxPrice[name];
    if (cap === undefined || cap === null) return true;
    const asked = parseDecimal(price[name] ?? '0', priceScale) * units * percent;
    return asked <= parseDecimal(toDecimal(cap), priceScale) * 100n;
  });
}

/** A price as text or number, without exponent. */
function toDecimal(value: unknown): string {
  const text =
    typeof value === 'number'
      ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
      : String(value);
  return /^\d+(\.\d+)?$/.test(text) ? text : '0';
}

function inOrder(
  offers: readonly Offer[],
  { sort }: ResolvedModel,
  wishes: Readonly<Record<string, unknown>>,
  { pickFirst }: Circumstance,
): readonly Offer[] {
  const order = texts(wishes.order);
  if (order.length) {
    const wanted = order.flatMap(slug => offers.filter(({ endpoint }) => isNamed(endpoint, slug)));
    return wishes.allow_fallbacks === false ? [...new Set(wanted)] : [...new Set([...wanted, ...offers])];
  }
  switch (isRecord(wishes.sort) ? wishes.sort.by : (wishes.sort ?? sort)) {
    case 'price':
      return offers.toSorted((a, b) => priceOf(a) - priceOf(b));
    case 'throughput':
      return offers.toSorted((a, b) => b.provider.tokensPerSecond - a.provider.tokensPerSecond);
    case 'latency':
      return offers.toSorted((a, b) => a.provider.latencyMs - b.provider.latencyMs);
    default: {
      const first = offers[pickFirst(offers.map(({ endpoint }) => endpoint))];
      return first ? [first, ...offers.filter(offer => offer !== first)] : offers;
    }
  }
}

const priceOf = ({ endpoint, tier }: Offer): number =>
  (Number(endpoint.pricing.prompt) + Number(endpoint.pricing.completion)) * (tier ? tierPercent[tier] : 100);
