import { ledgerFaultReason } from '../money/ledgerFault';
import type { BudgetStop, Failure } from './failure';
import { type FailureText, text } from './failureAction';
import { freeDailyLimitText, rateLimitText, said, spendingCapText, toSeconds } from './limitText';
import { isBatchId } from './modelSuffix';
import { batchText, priceText } from './priceFailureText';

/**
 * The sentence for the failure of a call that is about no model, such as one for the list of models. `call`
 * is its name within a sentence: "the key check".
 */
export function describeCallFailure(failure: Failure, call: string): string {
  const http = failure.httpStatus === undefined ? '' : ` (HTTP ${failure.httpStatus})`;
  const wait =
    failure.retryAfterMs === undefined ? '' : ` It asks to wait ${toSeconds(failure.retryAfterMs)} s.`;
  switch (failure.kind) {
    case 'badRequest':
    case 'contextTooLong':
    case 'payloadTooLarge':
    case 'unprocessable':
    case 'moderation':
      return `The server refused ${call}${http}.${said(failure)}`;
    case 'forbidden':
      return `The server does not permit ${call}${http}.${said(failure)}`;
    case 'rateLimited':
    case 'freeDailyLimit':
      return `There were too many requests just now for ${call}.${wait} Try again later.${said(failure)}`;
    case 'answerTooExpensive':
    case 'outOfCredits':
      return `The account has no credits left for ${call}${http}.${said(failure)}`;
    case 'timeout':
    case 'stalled':
      return `The server took too long to answer for ${call}${http}.`;
    case 'providerUnavailable':
    case 'overloaded':
    case 'serverError':
    case 'emptyAnswer':
      return `The server could not answer for ${call} just now${http}.${said(failure)}`;
    case 'cutOff':
    case 'answerTooLarge':
      return `The connection ended before ${call} was complete.`;
    case 'unknown':
      return failure.httpStatus === 404 || failure.httpStatus === 405
        ? `This server does not offer ${call}${http}.${said(failure)}`
        : `The request for ${call} failed${http}.${said(failure)}`;
    default:
      return describeFailure(failure, call).sentence;
  }
}

/** The sentence and the buttons for a failure of a request to `model`. */
export function describeFailure(failure: Failure, model: string): FailureText {
  const described = isBatchRefusal(failure, model) ? batchText(model) : describeKind(failure, model);
  const { fallbackModels = [] } = failure;
  if (fallbackModels.length === 0) return described;
  const others = described.actions.filter(action => action !== 'pickModel');
  const isAboutModel = described.actions[0] === 'pickModel';
  return {
    sentence: `${described.sentence} OpenRouter suggests ${fallbackModels.join(' or ')}.`,
    actions: isAboutModel
      ? ['pickSuggestedModel', 'pickModel', ...others]
      : [...others, 'pickSuggestedModel', 'pickModel'],
  };
}

function describeKind(failure: Failure, model: string): FailureText {
  const from = failure.provider ? ` (${failure.provider})` : '';
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
    case 'priceNotBound':
    case 'noEndpointAtPrice':
      return priceText(failure, model);
    case 'invalidBaseUrl':
      return text(
        `The setting askOpenRouter.baseUrl cannot be used: ${failure.detail ?? 'it is not a URL'}. Nothing was sent.`,
        'openBaseUrlSetting',
      );
    case 'badRequest':
      return text(
        `${model}${from} refused the request as it was sent.${said(failure)}`,
        'pickModel',
        'showLog',
      );
    case 'modelForbidden':
      return text(
        `Your setting askOpenRouter.${failure.rule?.setting ?? 'blockedModels'} does not let ${failure.rule?.model ?? model} be asked. Nothing was sent.`,
        'pickModel',
        'openModelRules',
      );
    case 'modelNotFound':
      return notFoundText(failure, model);
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
      return spendingCapText(failure);
    case 'moderation':
      return text(
        `The request was flagged by moderation${from} and not answered.${said(failure)}`,
        'pickModel',
      );
    case 'forbidden':
      return forbiddenText(failure, model);
    case 'dataPolicy':
      return text(
        `No provider of ${model} fits the privacy settings of the account. Allow it there, or pick another model.`,
        'openPrivacySettings',
        'pickModel',
      );
    case 'noEndpoint':
      return text(
        `No provider offers ${model} for this request right now.${said(failure)}`,
        'pickModel',
        'retry',
      );
    case 'payloadTooLarge':
      return text(
        'The request is too large for the server. Select less code, or pick a model that takes more.',
        'pickModel',
      );
    case 'unprocessable':
      return text(`The server could not process the request.${said(failure)}`, 'pickModel', 'retry');
    case 'rateLimited':
      return rateLimitText(failure, model);
    case 'freeDailyLimit':
      return freeDailyLimitText(failure);
    case 'timeout':
      return text(`${model} took too long to answer${from}.`, 'retry', 'pickModel');
    case 'serverError':
      return text(`OpenRouter had an internal error.${said(failure)}`, 'retry', 'pickModel');
    case 'providerUnavailable':
      return text(`The provider behind ${model} failed${from}.${said(failure)}`, 'retry', 'pickModel');
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
    case 'answerTooLarge':
      return text(
        `The answer of ${model} was cut at ${failure.detail ?? 'its limit'}: it is larger than any answer can be.`,
        'retry',
        'pickModel',
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
        `The request failed${failure.httpStatus === undefined ? '' : ` (HTTP ${failure.httpStatus})`}${from}.${said(failure)}`,
        'retry',
        'showLog',
      );
  }
}

function notFoundText({ nearModels = [] }: Failure, model: string): FailureText {
  if (nearModels.length === 0)
    return text(`OpenRouter has no model called ${model}. Pick one from the list.`, 'pickModel');
  return text(
    `OpenRouter has no model called ${model}. Much like it: ${nearModels.join(' and ')}.`,
    'pickSuggestedModel',
    'pickModel',
  );
}

/** Whatever a server says to a request for such a row, the row is the reason. */
function isBatchRefusal({ kind }: Failure, model: string): boolean {
  return isBatchId(model) && ['noEndpoint', 'modelNotFound', 'priceNotBound'].includes(kind);
}

/** Where something else than the key stands in the way, the key is not blamed. */
function forbiddenText(failure: Failure, model: string): FailureText {
  const from = failure.provider ? ` (${failure.provider})` : '';
  switch (failure.obstacle) {
    case 'region':
      return text(
        `${model}${from} cannot be used from this region. Pick another model.${said(failure)}`,
        'pickModel',
      );
    case 'terms':
      return text(
        `${model}${from} is not served under terms that the provider sets. Accept them in the settings of the account if it asks for that, or pick another model.${said(failure)}`,
        'pickModel',
      );
    case 'age':
      return text(
        `${model}${from} can be used only when an age is confirmed. Confirm it in the settings of the account, or pick another model.${said(failure)}`,
        'pickModel',
      );
    case 'app':
      return text(
        `${model}${from} is not open to this app. Pick another model.${said(failure)}`,
        'pickModel',
      );
    default:
      return text(
        `OpenRouter does not allow this request with this key${from}.${said(failure)}`,
        'pickModel',
        'openKeySettings',
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
