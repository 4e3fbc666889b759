import { formatPico, parseFixed, parsePico } from '../money/pico';
import type { SentEstimate } from '../money/sentEstimate';
import { type Answer, partStart } from './answer';
import { totalCost } from './answerTotals';

/** English text and code come to about this many characters a token: near enough for a figure in motion. */
const charactersPerToken = 4;
/** Prices of one token have more decimals than money. */
const priceDecimals = 18;

/** What an answer has cost so far by estimate: USD, decimal text; undefined when the price is not known. */
export function costSoFar(answer: Answer, estimate: SentEstimate): string | undefined {
  const prompt = estimate.promptUsd === undefined ? undefined : parsePico(estimate.promptUsd);
  const perToken =
    estimate.answerTokenUsd === undefined ? undefined : parseFixed(estimate.answerTokenUsd, priceDecimals);
  if (prompt === undefined || perToken === undefined || perToken < 0n) return undefined;
  const { textEnd, reasoningEnd } = partStart(answer);
  const characters = answer.text.length - textEnd + answer.reasoning.length - reasoningEnd;
  const tokens = Math.ceil(characters / charactersPerToken);
  const before = parsePico(totalCost(answer)?.usd ?? '0') ?? 0n;
  return formatPico(before + prompt + (perToken * BigInt(tokens)) / 10n ** BigInt(priceDecimals - 12));
}
