import type { Pico } from '../../money/pico';
import { tableCost } from '../../money/priceTable';
import type { Pricing } from '../../money/pricing';
import type { CacheMark } from './cacheMark';

/** What a request's input costs, without its answer. */
export interface InputPrices {
  /** While what can be read is still kept. */
  readonly warmPico: Pico;
  /** When nothing is. */
  readonly coldPico: Pico;
}

/**
 * Both prices of a request of `promptTokens` of which `readable` may be read from a cache. What `mark` has
 * written is counted at the price of writing. `undefined` when the price varies or is not known.
 */
export function inputPrices(
  tokens: { readonly promptTokens: number; readonly readable: number; readonly mark?: CacheMark },
  pricing: Pricing,
  atMs: number,
): InputPrices | undefined {
  const { promptTokens, mark } = tokens;
  const readable = Math.min(tokens.readable, promptTokens);
  const price = (cachedTokens: number, cacheWriteTokens: number): Pico | undefined =>
    tableCost({ promptTokens, completionTokens: 0, cachedTokens, cacheWriteTokens }, pricing, atMs);
  const warmPico = price(readable, mark === 'write' ? promptTokens - readable : 0);
  const coldPico = price(0, mark === undefined ? 0 : mark === 'write' ? promptTokens : readable);
  return warmPico === undefined || coldPico === undefined ? undefined : { warmPico, coldPico };
}
