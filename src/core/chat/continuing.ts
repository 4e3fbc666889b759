import { estimateTokens } from '../money/estimate';
import { formatPico, type Pico, parseFixed, parsePico } from '../money/pico';
import { type Answer, partStart } from './answer';
import type { Turn } from './conversation';
import type { FailureKind } from './failure';

/** Failures after which more of the same answer would only fail again. */
const hopeless: ReadonlySet<FailureKind> = new Set(['answerTooLarge', 'moderation']);

/** Whether another request can go on with the answer: it has a text, and was cut off or stopped by a limit. */
export function canContinue({ kind, answer }: Turn): boolean {
  const { status, text, ending, earlier } = answer;
  if (kind === 'check' || text.trim() === '') return false;
  switch (status) {
    case 'truncated':
    case 'interrupted':
      return true;
    case 'failed':
      return ending?.failure === undefined || !hopeless.has(ending.failure.kind);
    case 'cancelled':
      return ending?.moneyStop !== undefined || earlier !== undefined;
    default:
      return false;
  }
}

/** A limit of the user's ended the answer, by stopping it or by a low `max_tokens`. */
export function isStoppedByMoney({ answer, sent }: Turn): boolean {
  const isCapped =
    answer.status === 'truncated' && /^by (?:your limit of|what your) /.test(sent.maxTokensReason ?? '');
  return answer.ending?.moneyStop !== undefined || isCapped;
}

/** What going on with an answer, and asking anew, would cost: USD, decimal text. */
export interface ContinueCosts {
  readonly finishUsd: string;
  readonly anewUsd: string;
}

/** Prices of one token have more decimals than money. */
const priceDecimals = 18;
/** The rest of an answer is hardly shorter. */
const leastRest = 100;
/** What says that it is to go on. */
const instructionTokens = 60;

/**
 * What is likely: nobody knows how long the rest is, so it is taken to be as long as what is there, and no longer
 * than `max_tokens` allows. Undefined when the price is not known.
 */
export function continueCosts({ answer, estimate, sent }: Turn): ContinueCosts | undefined {
  const promptPico = parsePico(estimate?.promptUsd ?? '');
  const perAnswerToken = parseFixed(estimate?.answerTokenUsd ?? '', priceDecimals);
  if (!estimate || promptPico === undefined || perAnswerToken === undefined || perAnswerToken < 0n)
    return undefined;
  const before = estimateTokens(answer.text.slice(0, partStart(answer).textEnd));
  const written = estimateTokens(answer.text);
  const question = Math.max(1, estimate.promptTokens - before);
  const rest = Math.min(sent.parameters.maxTokens, Math.max(leastRest, written));
  const input = (tokens: number): Pico =>
    (promptPico * BigInt(Math.round(tokens))) / BigInt(Math.max(1, Math.round(estimate.promptTokens)));
  const output = (tokens: number): Pico =>
    (perAnswerToken * BigInt(Math.round(tokens))) / 10n ** BigInt(priceDecimals - 12);
  return {
    finishUsd: formatPico(input(question + written + instructionTokens) + output(rest)),
    anewUsd: formatPico(input(question) + output(written + rest)),
  };
}

/** The text that a request goes on from: half a sign at its end cannot be sent. */
export const sendableText = ({ text }: Pick<Answer, 'text'>): string => text.replace(/[\ud800-\udbff]$/, '');
