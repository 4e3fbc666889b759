import { type ImageSize, imageTokens } from './imageTokens';
import type { Pico } from './pico';
import { answerPrice, isFree, priceRange } from './priceText';
import type { Pricing } from './pricing';
import { countText, likelyTokens, mostTokens, type TextFeatures } from './tokens/tokenModel';

/** What chat templates add around each message, and once around all: roles, separators, the answer's start. */
const tokensPerMessage = 4;
const tokensPerRequest = 3;
/** Fewer samples say too little of how far counts scatter, and of other models of the family. */
const enoughSamples = 5;
/** One odd request must not skew the next: until others agree, "as estimated" has a vote. */
const prior = 1;
/** How far off an estimate may be when few samples say that it is off at all. */
const defaultSpread = 0.3;

/**
 * Which rule makes estimates: 1 was a rule of thumb for all tokenizers. Raised when the rule or its table
 * changes, so that what was learnt of the old rule's error does not correct the new one's.
 */
export const estimatorVersion = 2;

/**
 * Tokens of a text as the tokenizer counts that the catalogue names (`architecture.tokenizer`), or that the
 * models of a vendor have; without a name, or with one that nothing was fitted to, as most do.
 */
export function estimateTokens(text: string, tokenizer?: string): number {
  return Math.round(likelyTokens(countText(text), tokenizer));
}

/** What of a prompt tells its tokens with any tokenizer. */
export interface PromptSize {
  readonly messages: number;
  readonly features: readonly TextFeatures[];
  readonly images: readonly ImageSize[];
}

/** Reads all of a prompt: everything else about its tokens takes no time. */
export function measurePrompt(
  messages: readonly { readonly content: string; readonly images?: readonly ImageSize[] }[],
): PromptSize {
  return {
    messages: messages.length,
    features: messages.map(({ content }) => countText(content)),
    images: messages.flatMap(({ images = [] }) => images),
  };
}

/** Input tokens of the texts of a whole request, before any correction. */
export interface RawEstimate {
  /** What `estimatedPromptTokens` records. */
  readonly tokens: number;
  /** A bound that real counts do not pass, odd text such as base64 included. */
  readonly most: number;
}

export function estimatePrompt({ messages, features }: PromptSize, tokenizer?: string): RawEstimate {
  const around = messages * tokensPerMessage + tokensPerRequest;
  const sum = (count: (of: TextFeatures, tokenizer: string | undefined) => number) =>
    features.reduce((total, each) => total + count(each, tokenizer), around);
  return { tokens: Math.round(sum(likelyTokens)), most: Math.ceil(sum(mostTokens)) };
}

export function estimatePromptTokens(
  messages: readonly { readonly role: string; readonly content: string }[],
  tokenizer?: string,
): number {
  return estimatePrompt(measurePrompt(messages), tokenizer).tokens;
}

/** What a finished request teaches about estimating a model's input tokens. */
export interface PromptCount {
  /** The one asked for. */
  readonly model: string;
  readonly promptTokens: number;
  readonly estimatedPromptTokens: number;
}

export interface TokenEstimate {
  readonly tokens: number;
  /** Nearly all requests with a history like this one's have more. */
  readonly lowTokens: number;
  /** None seen so far had more: what reservations hold. */
  readonly highTokens: number;
  /** Whose real counts the estimate was corrected by. */
  readonly basis: 'model' | 'family' | 'none';
  /** How many images the tokens hold, which some models charge by the piece as well; undefined: none. */
  readonly images?: number;
}

/** `texts` with the tokens of the images beside them, as `model` counts those. */
export function withImageTokens(
  texts: TokenEstimate,
  images: readonly ImageSize[],
  model: string,
): TokenEstimate {
  if (images.length === 0) return texts;
  const each = images.map(image => imageTokens(image, model));
  const sum = (of: 'low' | 'tokens' | 'most') => each.reduce((total, counts) => total + counts[of], 0);
  return {
    ...texts,
    tokens: texts.tokens + sum('tokens'),
    lowTokens: texts.lowTokens + sum('low'),
    highTokens: texts.highTokens + sum('most'),
    images: images.length,
  };
}

/**
 * `estimate` corrected by what was really counted: the median ratio of the model's own requests, else of
 * its tokenizer family's when there are enough of them, else as it is. A text that may count much more than
 * estimated (`most`) has so much higher an end, whatever the history says of ordinary ones.
 */
export function correctEstimate(
  estimate: number,
  ofModel: readonly PromptCount[],
  ofFamily: readonly PromptCount[] = [],
  most = estimate * (1 + defaultSpread),
): TokenEstimate {
  const [modelRatios, familyRatios] = [toRatios(ofModel), toRatios(ofFamily)];
  const isFamilyKnown = familyRatios.length >= enoughSamples;
  const basis = modelRatios.length > 0 ? 'model' : isFamilyKnown ? 'family' : 'none';
  const ratios = { model: modelRatios, family: familyRatios, none: [] }[basis];
  const ratio = quantile([prior, ...ratios], 0.5) ?? prior;
  const isScatterKnown = ratios.length >= enoughSamples;
  const low = (isScatterKnown && quantile(ratios, 0.05)) || ratio * (1 - defaultSpread);
  const high = (isScatterKnown && quantile(ratios, 1)) || ratio * (1 + defaultSpread);
  return {
    tokens: Math.round(estimate * ratio),
    lowTokens: Math.floor(estimate * low),
    highTokens: Math.ceil(
      basis === 'none' ? most : Math.max(estimate * high, (most * high) / (1 + defaultSpread)),
    ),
    basis,
  };
}

export interface CostEstimate {
  readonly tokens: TokenEstimate;
  /** Nothing to pay, however long prompt and answer are. */
  readonly isFree: boolean;
  /** The fewest tokens and an empty answer; `undefined` when the price varies or is not known. */
  readonly minPico?: Pico;
  /** The most tokens and an answer of `maxTokens`: what the ledger reserves. */
  readonly maxPico?: Pico;
}

/** What a request will cost, at the least and at the most. `atMs` decides conditional prices. */
export function estimateCost(
  tokens: TokenEstimate,
  maxTokens: number,
  pricing: Pricing | undefined,
  atMs: number,
): CostEstimate {
  if (!pricing) return { tokens, isFree: false };
  return {
    tokens,
    isFree: isFree(pricing, tokens.images),
    minPico: priceRange(pricing, tokens.lowTokens, maxTokens, atMs)?.minPico,
    maxPico: priceRange(pricing, tokens.highTokens, maxTokens, atMs, tokens.images)?.maxPico,
  };
}

/**
 * The largest `max_tokens` with which an answer to a prompt of `promptTokens` costs at most `limitPico`, and
 * no more than `maxTokens`; 0 when no answer is so cheap, `undefined` when the price varies or is not known.
 */
export function affordableMaxTokens(
  limitPico: Pico,
  promptTokens: number,
  maxTokens: number,
  pricing: Pricing,
  atMs: number,
): number | undefined {
  return affordableWithin(limitPico, maxTokens, answerTokens =>
    answerPrice(pricing, promptTokens, answerTokens, atMs),
  );
}

/** {@link affordableMaxTokens}, where `cost` says what so many tokens of answer cost at most. */
export function affordableWithin(
  limitPico: Pico,
  maxTokens: number,
  cost: (answerTokens: number) => Pico | undefined,
): number | undefined {
  const [empty, full] = [cost(0), cost(maxTokens)];
  if (empty === undefined || full === undefined) return undefined;
  if (full <= limitPico) return maxTokens;
  if (empty > limitPico) return 0;
  return Number((BigInt(maxTokens) * (limitPico - empty)) / (full - empty));
}

/** The value below which the share `q` of `values` lies ; `undefined` of none. */
export function quantile(values: readonly number[], q: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  const [below, above] = [sorted[Math.floor(last * q)], sorted[Math.ceil(last * q)]];
  return below === undefined || above === undefined ? undefined : (below + above) / 2;
}

function toRatios(counts: readonly PromptCount[]): readonly number[] {
  return counts
    .filter(({ promptTokens, estimatedPromptTokens }) => promptTokens > 0 && estimatedPromptTokens > 0)
    .map(({ promptTokens, estimatedPromptTokens }) => promptTokens / estimatedPromptTokens);
}
