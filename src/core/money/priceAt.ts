import type { PriceOverride, Pricing } from './pricing';

/** What a conditional price may depend on. */
export interface PriceConditions {
  readonly promptTokens: number;
  /** Epoch ms of the request; windows of the day are UTC. */
  readonly atMs: number;
}

type Prices = Omit<Pricing, 'overrides'>;

/**
 * The prices that hold for one request: each override whose conditions are all met replaces the fields
 * it names, the last one winning. Overrides with conditions we do not know are skipped.
 */
export function priceAt(pricing: Pricing, conditions: PriceConditions): Prices {
  const { overrides = [], ...base } = pricing;
  const matching = overrides.filter(override => applies(override, conditions));
  return Object.assign(base, ...matching.map(override => definedFields(override.pricing)));
}

function applies(override: PriceOverride, { promptTokens, atMs }: PriceConditions): boolean {
  if (override.hasUnknownCondition) return false;
  if (override.minPromptTokens !== undefined && promptTokens <= override.minPromptTokens) return false;
  return isInWindow(override, new Date(atMs));
}

function isInWindow({ utcStart, utcEnd, utcDays }: PriceOverride, at: Date): boolean {
  if (utcDays && !utcDays.includes(at.getUTCDay())) return false;
  if (utcStart === undefined && utcEnd === undefined) return true;
  const start = minuteOfDay(utcStart ?? '0000');
  const end = minuteOfDay(utcEnd ?? '2400');
  if (start === undefined || end === undefined) return false;
  const now = at.getUTCHours() * 60 + at.getUTCMinutes();
  // A window that ends before it starts runs over midnight; equal ends mean the whole day.
  return start < end ? now >= start && now < end : now >= start || now < end;
}

function minuteOfDay(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):?(\d{2})$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const minute = Number(hours) * 60 + Number(minutes);
  return Number(hours) <= 24 && Number(minutes) < 60 && minute <= 24 * 60 ? minute : undefined;
}

function definedFields(prices: Prices): Prices {
  return Object.fromEntries(Object.entries(prices).filter(([, value]) => value !== undefined));
}
