import * as v from 'valibot';
import type { FieldSchemas } from '../base/fieldSchemas';
import type { PriceOverride, Pricing } from './pricing';

const text = v.optional(v.string());
const number = v.optional(v.number());

const prices = {
  prompt: text,
  completion: text,
  request: text,
  image: text,
  imageOutput: text,
  imageToken: text,
  audio: text,
  audioOutput: text,
  inputAudioCache: text,
  webSearch: text,
  internalReasoning: text,
  inputCacheRead: text,
  inputCacheWrite: text,
  inputCacheWrite1h: text,
  searchUsd: text,
} satisfies FieldSchemas<Omit<Pricing, 'overrides'>>;

const override = v.object({
  minPromptTokens: number,
  utcStart: text,
  utcEnd: text,
  utcDays: v.optional(v.array(v.number())),
  hasUnknownCondition: v.optional(v.boolean()),
  pricing: v.object(prices),
} satisfies FieldSchemas<PriceOverride>);

/** A price list as a file keeps it. */
export const pricingSchema: v.GenericSchema<unknown, Pricing> = v.object({
  ...prices,
  overrides: v.optional(v.array(override)),
} satisfies FieldSchemas<Pricing>);
