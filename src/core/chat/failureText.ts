import { ledgerFaultReason } from '../ledger/ledgerFault';
import type { BudgetStop, Failure } from './failure';

/** What a button beside a failure does. */
export type FailureAction =
  | 'setKey'
  | 'getKey'
  | 'pickFreeModel'
  | 'pickModel'
  | 'openCredits'
  | 'openKeySettings'
  | 'openPrivacySettings'
  | 'openBaseUrlSetting'
  | 'openMaxTokensSetting'
  | 'openStallSetting'
  | 'retry'
  /** Ask again with `affordableTokens` as `max_tokens`. */
  | 'retryWithFewerTokens'
  /** Send what a spending limit stopped, this once. */
  | 'sendOnce'
  | 'changeLimit'
  | 'pickCheaperModel'
  | 'checkConnection'
  | 'showLog';

export interface FailureText {
  /** One plain sentence: what happened and what to do. */
  readonly sentence: string;
  /** Buttons in order of usefulness; the first is the fix. */
  readonly actions: readonly FailureAction[];
}

export const actionLabels: Readonly<Record<FailureAction, string>> = {
  setKey: 'Set API Key',
  getKey: 'Get a Key',
  pickFreeModel: 'Pick a Free Model',
  pickModel: 'Pick Another Model',
  openCredits: 'Open Credits Page',
  openKeySettings: 'Open Key Settings',
  openPrivacySettings: 'Open Privacy Settings',
  openBaseUrlSetting: 'Open Setting',
  openMaxTokensSetting: 'Change maxTokens',
  openStallSetting: 'Change Limit',
  retry: 'Retry',
  retryWithFewerTokens: 'Retry with a Smaller Limit',
  sendOnce: 'Send Once Anyway',
  changeLimit: 'Change Limit',
  pickCheaperModel: 'Pick a Cheaper Model',
  checkConnection: 'Check Connection',
  showLog: 'Show Log',
};

const seconds = (ms: number): string => `${Math.max(1, Math.ceil(ms / 1000))} s`;

/** The sentence and the buttons for a failure of a request to `model`. */
export function describeFailure(failure: Failure, model: string): FailureText {
  const from = failure.provider ? ` (${failure.provider})` : '';
  const said = failure.detail ? ` It said: "${failure.detail}".` : '';
  switch (failure.kind) {
    case 'noKey':
      return text('No OpenRouter API key is set yet.', 'setKey', 'getKey');
    case 'budget':
      return text(budgetSentence(failure.budget, model), 'sendOnce', 'changeLimit', 'pickCheaperModel');
    case 'limitsUnchecked':
      return text(
        `Your spending limits could not be checked because ${ledgerFaultReason(failure.ledgerFault ?? 'unavailable')}. Nothing was sent.`,
        'retry',
        'sendOnce',
        'changeLimit',
      );
    case 'invalidBaseUrl':
      return text(
        `The setting askOpenRouter.baseUrl cannot be used: ${failure.detail ?? 'it is not a URL'}. Nothing was sent.`,
        'openBaseUrlSetting',
      );
    case 'badRequest':
      return text(`${model} refused the request as it was sent.${said}`, 'pickModel', 'showLog');
    case 'modelNotFound':
      return text(`OpenRouter has no model called ${model}. Pick one from the list.`, 'pickModel');
    case 'contextTooLong':
      return text(
        `The prompt and the answer limit together do not fit into ${model}. Select less code, lower maxTokens, or pick a model with a larger context.`,
        'pickModel',
        'openMaxTokensSetting',
      );
    case 'unauthorized':
      return text(
        'OpenRouter does not accept the API key: it is wrong, deleted or disabled. Set a valid one.',
        'setKey',
        'getKey',
      );
    case 'outOfCredits':
      return text(
        'The OpenRouter account has no credits left for this request. Add credits or use a free model.',
        'openCredits',
        'pickFreeModel',
      );
    case 'answerTooExpensive':
      return failure.affordableTokens === undefined
        ? text(
            'The credits do not cover an answer as long as maxTokens allows. Lower maxTokens, add credits or use a free model.',
            'openMaxTokensSetting',
            'openCredits',
            'pickFreeModel',
          )
        : text(
            `The credits cover an answer of at most ${failure.affordableTokens.toLocaleString('en-US')} tokens. Retry with that limit, add credits or use a free model.`,
            'retryWithFewerTokens',
            'openCredits',
            'pickFreeModel',
          );
    case 'inFlightBudget':
      return text('Other running requests hold the rest of the balance for now. Retry in a moment.', 'retry');
    case 'keyLimit':
      return text(
        'The key is valid but its spending limit is reached. Raise the limit of the key or use a free model.',
        'openKeySettings',
        'pickFreeModel',
      );
    case 'moderation':
      return text(`The request was flagged by moderation${from} and not answered.${said}`, 'pickModel');
    case 'forbidden':
      return text(
        `OpenRouter does not allow this request with this key${from}.${said}`,
        'pickModel',
        'openKeySettings',
      );
    case 'dataPolicy':
      return text(
        `No provider of ${model} fits the privacy settings of the account. Allow it there, or pick another model.`,
        'openPrivacySettings',
        'pickModel',
      );
    case 'noEndpoint':
      return text(`No provider offers ${model} for this request right now.${said}`, 'pickModel', 'retry');
    case 'payloadTooLarge':
      return text(
        'The request is too large for the server. Select less code, or pick a model that takes more.',
        'pickModel',
      );
    case 'unprocessable':
      return text(`The server could not process the request.${said}`, 'pickModel', 'retry');
    case 'rateLimited':
      return text(
        `${model} takes no more requests just now${from}.${
          failure.retryAfterMs === undefined ? '' : ` It asks to wait ${seconds(failure.retryAfterMs)}.`
        } Retry later or pick another model.`,
        'retry',
        'pickModel',
      );
    case 'freeDailyLimit':
      return text(
        "Today's free requests of this OpenRouter account are used up; they return at midnight UTC. Pick a paid model or add credits for a higher quota.",
        'pickModel',
        'openCredits',
      );
    case 'timeout':
      return text(`${model} took too long to answer${from}.`, 'retry', 'pickModel');
    case 'serverError':
      return text('OpenRouter had an internal error.', 'retry', 'pickModel');
    case 'providerUnavailable':
      return text(`The provider behind ${model} failed${from}.${said}`, 'retry', 'pickModel');
    case 'overloaded':
      return text(
        `${model} is overloaded${from}. Retry in a moment or pick another model.`,
        'retry',
        'pickModel',
      );
    case 'notOpenRouter':
      return text(
        'The answer did not come from OpenRouter: a proxy, a login page or a wrong base URL is in between.',
        'checkConnection',
        'openBaseUrlSetting',
        'showLog',
      );
    case 'emptyAnswer':
      return text(`${model} sent nothing${from}.`, 'retry', 'pickModel');
    case 'stalled':
      return text(
        `${model} stopped sending and the request was ended after the stall limit.`,
        'retry',
        'pickModel',
        'openStallSetting',
      );
    case 'cutOff':
      return text(
        'The connection ended before the answer did: it is incomplete.',
        'retry',
        'checkConnection',
      );
    case 'network':
      return text(
        'OpenRouter cannot be reached. Check the network, the proxy settings of VS Code and the base URL.',
        'retry',
        'checkConnection',
        'showLog',
      );
    case 'unknown':
      return text(
        `The request failed${failure.httpStatus === undefined ? '' : ` (HTTP ${failure.httpStatus})`}${from}.${said}`,
        'retry',
        'showLog',
      );
  }
}

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

function text(sentence: string, ...actions: FailureAction[]): FailureText {
  return { sentence, actions };
}
