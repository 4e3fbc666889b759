import type { PriceOverride, Pricing } from './pricing';

/** What a conditional price may depend on. */
export interface PriceConditions {
  readonly promptTokens: number;
  /** Epoch ms of the request; windows of the day are UTC. */
  readonly atMs: number;
}

type Prices = Omit<Pricing, 'overrides'>;

/**
 * The prices that hold for one request as far as is known: each override whose conditions are all met
 * replaces the fields it names, the last one winning. Overrides with conditions we do not know are skipped.
 */
export function priceAt(pricing: Pricing, conditions: PriceConditions): Prices {
  const { overrides = [], ...base } = pricing;
  const matching = overrides.filter(override => applies(override, conditions) === 'yes');
  return Object.assign(base, ...matching.map(override => definedFields(override.pricing)));
}

/**
 * Every price that may hold for one request: those of {@link priceAt}, and those of each override whose
 * conditions we do not know, because "not known" must not read as "does not hold" in a worst case.
 */
export function possiblePrices(pricing: Pricing, conditions: PriceConditions): readonly Prices[] {
  const possible = (pricing.overrides ?? []).filter(override => applies(override, conditions) === 'maybe');
  return [priceAt(pricing, conditions), ...possible.map(override => override.pricing)];
}

/** What is not known of a request before it is sent: how long its prompt really is, and when it is counted. */
export interface PriceSpan {
  /** The most that the prompt can come to. */
  readonly promptTokens: number;
  /** Epoch ms, both inclusive. */
  readonly fromMs: number;
  readonly untilMs: number;
}

const minuteMs = 60_000;

/** The overrides that hold for the whole of `span`, or may hold for a part of it, in their order. */
export function spanOverrides(overrides: readonly PriceOverride[], span: PriceSpan) {
  return overrides.flatMap(override => {
    const holds = holdsWithin(override, span);
    return holds === 'never' ? [] : [{ pricing: override.pricing, holds }];
  });
}

function holdsWithin(override: PriceOverride, span: PriceSpan): 'always' | 'maybe' | 'never' {
  const { promptTokens, fromMs, untilMs } = span;
  const found = new Set<'yes' | 'no' | 'maybe'>();
  // Windows begin and end at whole minutes.
  for (let atMs = fromMs; atMs < untilMs; atMs += minuteMs)
    found.add(applies(override, { promptTokens, atMs }));
  found.add(applies(override, { promptTokens, atMs: untilMs }));
  if (found.size === 1 && found.has('no')) return 'never';
  const isSure = found.size === 1 && found.has('yes') && override.minPromptTokens === undefined;
  return isSure ? 'always' : 'maybe';
}

function applies(override: PriceOverride, { promptTokens, atMs }: PriceConditions): 'yes' | 'no' | 'maybe' {
  if (override.minPromptTokens !== undefined && promptTokens <= override.minPromptTokens) return 'no';
  const window = isInWindow(override, new Date(atMs));
  if (window === 'no') return 'no';
  return override.hasUnknownCondition ? 'maybe' : window;
}

function isInWindow({ utcStart, utcEnd, utcDays }: PriceOverride, at: Date): 'yes' | 'no' | 'maybe' {
  const isDayKnown = utcDays?.every(day => Number.isInteger(day) && day >= 0 && day <= 6) ?? true;
  const isDay = utcDays?.includes(at.getUTCDay()) ?? true;
  if (!isDay && isDayKnown) return 'no';
  if (utcStart === undefined && utcEnd === undefined) return isDay ? 'yes' : 'maybe';
  const start = minuteOfDay(utcStart ?? '0000');
  const end = minuteOfDay(utcEnd ?? '2400');
  if (start === undefined || end === undefined) return 'maybe';
  const now = at.getUTCHours() * 60 + at.getUTCMinutes();
  // A window that ends before it starts runs over midnight; equal ends mean the whole day.
  const isTime = start < end ? now >= start && now < end : now >= start || now < end;
  if (!isTime) return 'no';
  return isDay ? 'yes' : 'maybe';
}

export function minuteOfDay(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):?(\d{2})$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const minute = Number(hours) * 60 + Number(minutes);
  return Number(hours) <= 24 && Number(minutes) < 60 && minute <= 24 * 60 ? minute : undefined;
}

function definedFields(prices: Prices): Prices {
  return Object.fromEntries(Object.entries(prices).filter(([, value]) => value !== undefined));
}
