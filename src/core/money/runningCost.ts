import { estimateTokens } from './estimate';
import type { Pico } from './pico';
import { withByokFee } from './priceBound';
import { priceRange } from './priceText';
import type { Pricing } from './pricing';
import type { Usage } from './usage';

/** What a running answer has used so far; grows only. */
export class RunningTokens {
  private estimated = 0;
  private pieces = 0;
  private counted: Usage = {};

  /**
   * `promptTokens`: the most that the prompt is expected to come to. `tokenizer`: of who answers, as in
   * {@link estimateTokens}.
   */
  constructor(
    private readonly promptTokens: number,
    public tokenizer?: string,
  ) {}

  /** More text or reasoning came, in so many pieces: most servers send each token by itself. */
  add(text: string, pieces = 1): void {
    this.estimated += estimateTokens(text, this.tokenizer);
    this.pieces += pieces;
  }

  /** The server counts along. */
  count(usage: Usage): void {
    this.counted = usage;
  }

  get prompt(): number {
    return this.counted.promptTokens ?? this.promptTokens;
  }

  /** Reasoning included. Neither what was counted nor what is estimated is too many, so the largest counts. */
  get answer(): number {
    return Math.max(Math.ceil(this.estimated), this.pieces, this.counted.completionTokens ?? 0);
  }

  /** How many more the next piece is likely to bring. */
  get nextPiece(): number {
    return this.pieces === 0 ? 1 : Math.max(1, Math.ceil(this.answer / this.pieces));
  }
}

/**
 * The most that a request has cost with so many tokens, a fee for the user's own provider key included; undefined when
 * its price varies or is not known.
 */
export function runningCost(
  pricing: Pricing,
  promptTokens: number,
  answerTokens: number,
  atMs: number,
): Pico | undefined {
  const range = priceRange(pricing, promptTokens, answerTokens, atMs);
  return range && withByokFee(range.maxPico);
}
