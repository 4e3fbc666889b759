import { formatCount } from '../../base/formatCount';
import { ledgerFaultReason } from '../../money/ledgerFault';
import type { BudgetStop, FailureKind } from '../failure';
import { text } from '../failureAction';
import { freeDailyLimitText, freeQuotaText, rateLimitText, spendingCapText } from '../limitText';
import { priceText } from '../priceFailureText';
import type { Describe } from './describe';

/** Stopped by money or by a number of requests: the user's own limits, the account's, and the providers'. */
export const moneyFailures = {
  budget: ({ budget }, model) =>
    text(budgetSentence(budget, model), 'sendOnce', 'changeLimit', 'pickCheaperModel'),
  limitsUnchecked: ({ ledgerFault = 'unavailable' }) =>
    text(
      `Your spending limits could not be checked because ${ledgerFaultReason(ledgerFault)}. Nothing was sent.`,
      'retry',
      'sendOnce',
      'changeLimit',
    ),
  priceNotBound: priceText,
  noEndpointAtPrice: priceText,
  outOfCredits: () =>
    text(
      'The OpenRouter account has no credits left for this request. Add credits or use a free model.',
      'openCredits',
      'pickFreeModel',
      'pickCheaperModel',
    ),
  answerTooExpensive: ({ affordableTokens }) =>
    affordableTokens === undefined
      ? text(
          'The credits do not cover an answer as long as maxTokens allows. Lower maxTokens, add credits or use a cheaper model.',
          'openMaxTokensSetting',
          'pickCheaperModel',
          'openCredits',
        )
      : text(
          `The credits cover an answer of at most ${formatCount(affordableTokens)} tokens. Retry with that limit, use a cheaper model or add credits.`,
          'retryWithFewerTokens',
          'pickCheaperModel',
          'openCredits',
        ),
  inFlightBudget: ({ heldUsd }) =>
    text(
      `Other running requests hold the rest of the balance for now${
        heldUsd === undefined ? '' : ` (those of this computer up to $${heldUsd})`
      }; it is free again when they end. Retry in a moment.`,
      'retry',
      'openCredits',
    ),
  keyLimit: failure => spendingCapText(failure),
  rateLimited: rateLimitText,
  freeDailyLimit: failure => freeDailyLimitText(failure),
  freeQuotaUsed: freeQuotaText,
} as const satisfies Partial<Record<FailureKind, Describe>>;

const limitNames: Readonly<Record<BudgetStop['kind'], string>> = {
  session: 'limit per session',
  daily: 'daily limit',
  monthly: 'monthly limit',
  maxAnswerCost: 'limit per answer',
};

function budgetSentence(stop: BudgetStop | undefined, model: string): string {
  if (!stop) return 'A spending limit of yours stopped this request. Nothing was sent.';
  const { kind, limitUsd, committedUsd, requestUsd } = stop;
  const limit = `your ${limitNames[kind]} of $${limitUsd}`;
  if (kind === 'maxAnswerCost') {
    return `Even a very short answer of ${model} can cost $${committedUsd}, more than ${limit}. Nothing was sent.`;
  }
  const request =
    requestUsd === undefined ? 'this one’s price varies' : `this one can cost up to $${requestUsd}`;
  return `This request could pass ${limit}: $${committedUsd} is spent or held for requests whose cost is not known, and ${request}. Nothing was sent.`;
}
