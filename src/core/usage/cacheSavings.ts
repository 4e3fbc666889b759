import type { TokenTotals } from '../ledger/ledgerQueries';
import { divideHalfEven, type Pico } from '../money/pico';
import { parsePrice } from '../money/priceTable';
import type { Pricing } from '../money/pricing';

/** What caching of prompts was worth, by catalogue prices: always an estimate, never a bill. */
export interface CacheSavings {
  /** Σ tokens read from a cache × (prompt price − cache-read price). */
  readonly savedPico: Pico;
  /** Σ tokens written to a cache × (cache-write price − prompt price): some providers charge for it. */
  readonly writeExtraPico: Pico;
  /** Models whose cached tokens could not be priced. */
  readonly unpricedModels: number;
}

/** Tokens of one model with its prices; `pricing` is `undefined` when the catalogue has none. */
export interface PricedTokens {
  readonly tokens: Pick<TokenTotals, 'cachedTokens' | 'cacheWriteTokens'>;
  readonly pricing: Pricing | undefined;
}

/** A model without a price of its own for the cache saves nothing: it is billed like any input. */
export function sumCacheSavings(models: readonly PricedTokens[]): CacheSavings {
  let [saved, extra, unpricedModels] = [0n, 0n, 0];
  for (const { tokens, pricing } of models) {
    if (tokens.cachedTokens === 0 && tokens.cacheWriteTokens === 0) continue;
    const prompt = parsePrice(pricing?.prompt);
    if (prompt === undefined) {
      unpricedModels += 1;
      continue;
    }
    saved += BigInt(tokens.cachedTokens) * (prompt - (parsePrice(pricing?.inputCacheRead) ?? prompt));
    extra += BigInt(tokens.cacheWriteTokens) * ((parsePrice(pricing?.inputCacheWrite) ?? prompt) - prompt);
  }
  return { savedPico: toPico(saved), writeExtraPico: toPico(extra), unpricedModels };
}

/** From the 10⁻²⁴ USD of prices. */
const toPico = (amount: bigint): Pico => divideHalfEven(amount, 10n ** 12n);
