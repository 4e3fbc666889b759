import * as v from 'valibot';
import type { FieldSchemas } from '../base/fieldSchemas';
import type { CostPart, CostPartKind } from './costPart';
import { formatPico, type Pico, parsePico } from './pico';
import { priceRange } from './priceText';
import type { Pricing } from './pricing';
import { pricingSchema } from './pricingSchema';

/** What a request was expected to cost before it left. Amounts: undefined where the price was not known. */
export interface RecordedEstimate {
  readonly promptTokens: number;
  readonly maxTokens: number;
  /** With an answer of no tokens. */
  readonly leastPico?: Pico;
  /** With an answer of `maxTokens`. */
  readonly mostPico?: Pico;
}

/** What the ledger keeps of a request so that its bill can be explained for ever. */
export interface CostRecord {
  /** Add up to the bill; empty while that is not known, and for one of nothing. */
  readonly parts: readonly CostPart[];
  /** Whose prices `prices` are. */
  readonly pricedModel?: string;
  /** The price list at the time of the request; undefined when it was not at hand. */
  readonly prices?: Pricing;
  readonly estimate?: RecordedEstimate;
  /** Fees that the answer's metadata named. */
  readonly feesUsd?: string;
  /** Images in the prompt; undefined: none. */
  readonly promptImages?: number;
}

/** The expectation for a prompt of `promptTokens`, by the list at that time. */
export function toRecordedEstimate(
  promptTokens: number,
  maxTokens: number,
  pricing: Pricing | undefined,
  atMs: number,
  images = 0,
): RecordedEstimate {
  const range = pricing && priceRange(pricing, promptTokens, maxTokens, atMs, images);
  return { promptTokens, maxTokens, leastPico: range?.minPico, mostPico: range?.maxPico };
}

const kinds: Readonly<Record<CostPartKind, true>> = {
  input: true,
  cacheRead: true,
  cacheWrite: true,
  output: true,
  reasoning: true,
  request: true,
  images: true,
  longPrompt: true,
  timeWindow: true,
  tier: true,
  providerDrift: true,
  tools: true,
  byokFee: true,
  notExplained: true,
};

/** Every kind of part, in the order in which they are shown. */
export const costPartKinds = Object.keys(kinds) as readonly CostPartKind[];

const text = v.optional(v.string());
const number = v.optional(v.number());
const amount = v.pipe(
  v.string(),
  v.transform(usd => parsePico(usd)),
  v.bigint(),
);

const part = v.object({
  kind: v.picklist(costPartKinds),
  pico: amount,
  count: number,
  price: text,
} satisfies FieldSchemas<CostPart>);

const record = v.object({
  parts: v.array(part),
  pricedModel: text,
  prices: v.optional(pricingSchema),
  estimate: v.optional(
    v.object({
      promptTokens: v.number(),
      maxTokens: v.number(),
      leastPico: v.optional(amount),
      mostPico: v.optional(amount),
    } satisfies FieldSchemas<RecordedEstimate>),
  ),
  feesUsd: text,
  promptImages: number,
} satisfies FieldSchemas<CostRecord>);

/** As the ledger keeps it: JSON, with amounts in USD as decimal text. */
export function formatCostRecord(kept: CostRecord): string {
  return JSON.stringify(kept, (_, value) => (typeof value === 'bigint' ? formatPico(value) : value));
}

/** Undefined for text that is no record, such as that of a newer version. */
export function parseCostRecord(json: string | undefined): CostRecord | undefined {
  if (json === undefined) return undefined;
  try {
    const parsed = v.safeParse(record, JSON.parse(json));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // Not JSON: as good as none.
    return undefined;
  }
}
