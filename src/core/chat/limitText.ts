import { formatCount } from '../base/formatCount';
import type { Failure } from './failure';
import { type FailureAction, type FailureText, text } from './failureAction';
import { localTime, offersInWords } from './failureTexts/describe';

/** Too many requests: whose limit it is decides whether another model helps. */
export function rateLimitText(failure: Failure, model: string): FailureText {
  const wait = waitText(failure);
  const twin = twinText(failure);
  const others: readonly FailureAction[] = failure.alternatives?.length
    ? ['useModel', 'pickModel']
    : ['pickModel'];
  switch (failure.limit) {
    case 'provider':
      return text(
        `${failure.provider ?? `The provider of ${model}`} takes no more requests from OpenRouter for this model just now.${wait} Retry later or pick another model.${twin}`,
        'retry',
        ...others,
      );
    case 'freePerMinute':
      return text(
        `This OpenRouter account has asked free models too often within a minute.${wait} Retry then or pick a paid model: all free ones share this limit.${twin}`,
        'retry',
        ...others,
      );
    case 'account':
      return text(
        `OpenRouter takes no more requests to ${model} from this account just now.${wait} Retry later or pick another model.${twin}`,
        'retry',
        ...others,
      );
    default:
      return text(
        `There were too many requests to ${model} just now.${wait} Retry later or pick another model.${twin}${said(failure)}`,
        'retry',
        ...others,
      );
  }
}

export function freeDailyLimitText(failure: Failure): FailureText {
  const { limit, retryAtMs, alternatives = [] } = failure;
  const local = retryAtMs === undefined ? '' : ` (${localTime(retryAtMs)} here)`;
  const usedUp = `Today’s free requests of this OpenRouter account are used up; they return at midnight UTC${local}.`;
  const use = alternatives.length === 0 ? [] : (['useModel'] as const);
  return limit === 'freePerDayRaised'
    ? text(`${usedUp} Pick a paid model.${twinText(failure)}`, ...use, 'pickModel')
    : text(
        `${usedUp} Pick a paid model or add credits for a higher quota.${twinText(failure)}`,
        ...use,
        'pickModel',
        'openCredits',
      );
}

/** Before anything was sent: what is known may have changed, so sending stays possible. */
export function freeQuotaText(failure: Failure): FailureText {
  const { limit, retryAtMs, alternatives = [] } = failure;
  const until = retryAtMs === undefined ? 'midnight UTC' : `${localTime(retryAtMs)} (midnight UTC)`;
  const paid = alternatives.length === 0 ? 'Use a paid model' : `Use ${offersInWords(alternatives)}`;
  const raise = limit === 'freePerDayRaised' ? [] : (['openCredits'] as const);
  return text(
    `Today’s free requests of this OpenRouter account are used up, so nothing was sent. ${paid}, wait until ${until}, or send it anyway.`,
    alternatives.length === 0 ? 'pickModel' : 'useModel',
    'sendFreeAnyway',
    ...(alternatives.length === 0 ? [] : (['pickModel'] as const)),
    ...raise,
  );
}

/** The paid model of the same name. */
const twinText = ({ alternatives = [] }: Failure): string =>
  alternatives.length === 0 ? '' : ` The paid one is ${offersInWords(alternatives)}.`;

/** A wait that is longer than this is told by the clock. */
const longestCounted = 120_000;

function waitText({ retryAfterMs, retryAtMs }: Failure): string {
  if (retryAfterMs === undefined) return '';
  if (retryAfterMs > longestCounted && retryAtMs !== undefined)
    return ` It asks to wait until ${localTime(retryAtMs)}.`;
  return ` It asks to wait ${toSeconds(retryAfterMs)} s.`;
}

/** A cap that somebody has set on the key; only the key's own is raised in the key settings. */
export function spendingCapText({ limit, affordableTokens }: Failure): FailureText {
  switch (limit) {
    case 'guardrail':
      return text(
        'The key is valid but a guardrail’s budget for it or its owner is used up. Whoever manages the guardrails can raise it; or set another key.',
        'setKey',
        'retry',
      );
    case 'workspace':
      return text(
        'The key is valid but the budget of its workspace is used up. An administrator can raise it; or set a key of another workspace.',
        'setKey',
        'retry',
      );
    default:
      if (affordableTokens !== undefined) {
        return text(
          `The key is valid but its spending limit covers an answer of at most ${formatCount(affordableTokens)} tokens. Raise the limit of the key, retry with that limit or use a free model.`,
          'openKeySettings',
          'retryWithFewerTokens',
          'pickFreeModel',
        );
      }
      return text(
        'The key is valid but its spending limit is reached. Raise the limit of the key or use a free model.',
        'openKeySettings',
        'pickFreeModel',
      );
  }
}

/** Whole seconds of a wait, at least one. */
export const toSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/** The server's own words, as a sentence to put behind ours. */
export const said = ({ detail }: Failure): string =>
  detail ? ` It said: “${detail.replace(/\.\s*$/, '')}”.` : '';
