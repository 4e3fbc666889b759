import type { Failure, FailureKind } from './failure';
import type { FailureText } from './failureAction';
import type { Describe } from './failureTexts/describe';
import { moneyFailures } from './failureTexts/moneyFailures';
import { networkFailures } from './failureTexts/networkFailures';
import { requestFailures } from './failureTexts/requestFailures';
import { routingFailures } from './failureTexts/routingFailures';
import { serverFailures } from './failureTexts/serverFailures';
import { said, toSeconds } from './limitText';
import { isBatchId } from './modelSuffix';
import { batchText } from './priceFailureText';

const texts: Readonly<Record<FailureKind, Describe>> = {
  ...requestFailures,
  ...moneyFailures,
  ...routingFailures,
  ...serverFailures,
  ...networkFailures,
};

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
  const described = isBatchRefusal(failure, model) ? batchText(model) : texts[failure.kind](failure, model);
  const { fallbackModels = [] } = failure;
  if (fallbackModels.length === 0) return described;
  const others = described.actions.filter(
    action => action !== 'pickModel' && action !== 'openFallbacksSetting',
  );
  const isAboutModel = described.actions[0] === 'pickModel';
  return {
    sentence: `${described.sentence} OpenRouter suggests ${fallbackModels.join(' or ')}.`,
    actions: isAboutModel
      ? ['pickSuggestedModel', 'pickModel', ...others]
      : [...others, 'pickSuggestedModel', 'pickModel'],
  };
}

/** Whatever a server says to a request for such a row, the row is the reason. */
function isBatchRefusal({ kind }: Failure, model: string): boolean {
  return isBatchId(model) && ['noEndpoint', 'modelNotFound', 'priceNotBound'].includes(kind);
}
