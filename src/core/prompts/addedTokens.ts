import type { AddedPart } from '../chat/addedPart';
import { estimateTokens } from '../money/estimate';
import { imageTokens } from '../money/imageTokens';
import { describeAdded } from './messages';

/** What one of the things that were added comes to, in input tokens. */
export interface AddedTokens {
  readonly tokens: number;
  /** Undefined where the count is no range. */
  readonly low?: number;
  readonly most?: number;
}

/** Parts do not change, and chips are shown with every key that is typed. */
const known = new WeakMap<AddedPart, Map<string, number>>();

/** `tokenizer` as in `estimateTokens`; `model` decides how images are counted. */
export function addedTokens(part: AddedPart, model: string, tokenizer: string): AddedTokens {
  const texts = textTokens(part, tokenizer);
  if (part.kind !== 'image') return { tokens: texts };
  const { low, tokens, most } = imageTokens(part, model);
  return { tokens: texts + tokens, low: texts + low, most: texts + most };
}

function textTokens(part: AddedPart, tokenizer: string): number {
  const ofPart = known.get(part) ?? new Map<string, number>();
  known.set(part, ofPart);
  const tokens = ofPart.get(tokenizer) ?? estimateTokens(describeAdded(part), tokenizer);
  ofPart.set(tokenizer, tokens);
  return tokens;
}
