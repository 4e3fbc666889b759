import { formatCount } from '../../base/formatCount';
import type { FailureKind } from '../failure';
import { type FailureAction, type FailureText, text } from '../failureAction';
import { said } from '../limitText';
import { type Describe, from, offersInWords } from './describe';

/** Refused for what was asked, of whom, or by whom. */
export const requestFailures = {
  badRequest: (failure, model) =>
    text(
      `${model}${from(failure)} refused the request as it was sent.${said(failure)}`,
      'pickModel',
      'showLog',
    ),
  modelForbidden: ({ rule }, model) =>
    text(
      `Your setting askOpenRouter.${rule?.setting ?? 'blockedModels'} does not let ${rule?.model ?? model} be asked. Nothing was sent.`,
      'pickModel',
      'openModelRules',
    ),
  needsVision: (_, model) =>
    text(
      `${model} does not read images, and an image goes along with this question. Nothing was sent. Pick a model with vision, or ask without the image.`,
      'pickVisionModel',
    ),
  modelNotFound: notFoundText,
  contextTooLong,
  unauthorized: () =>
    text(
      'OpenRouter does not accept the API key: it is wrong, deleted, disabled or expired. Sign in again, or set a valid one.',
      'signIn',
      'setKey',
      'getKey',
    ),
  moderation: failure =>
    text(
      `The request was flagged by moderation${from(failure)} and not answered; nobody can lift that for this text. Reword it or pick another model.${said(failure)}`,
      'pickModel',
    ),
  forbidden: forbiddenText,
  payloadTooLarge: () =>
    text(
      'The request is too large for the server. Select less code, or pick a model that takes more.',
      'pickModel',
    ),
  unprocessable: failure =>
    text(`The server could not process the request.${said(failure)}`, 'pickModel', 'retry'),
} as const satisfies Partial<Record<FailureKind, Describe>>;

/** The models offered have a button each. */
function notFoundText({ alternatives = [] }: Parameters<Describe>[0], model: string): FailureText {
  const sentence = `OpenRouter has no model called ${model}.`;
  if (alternatives.length > 0)
    return text(`${sentence} It has ${offersInWords(alternatives)}.`, 'useModel', 'pickModel');
  return text(`${sentence} Pick one from the list.`, 'pickModel');
}

function contextTooLong(
  { alternatives = [], earlierTurns = 0, affordableTokens }: Parameters<Describe>[0],
  model: string,
): FailureText {
  const ways: readonly (readonly [string, FailureAction] | undefined)[] = [
    affordableTokens === undefined
      ? undefined
      : [
          `retry with at most ${formatCount(affordableTokens)} tokens of answer, which fit`,
          'retryWithFewerTokens',
        ],
    earlierTurns === 0 ? undefined : ['ask again without the earlier turns', 'dropEarlierTurns'],
    alternatives.length === 0 ? undefined : [`use ${offersInWords(alternatives)}`, 'useModel'],
  ];
  const open = ways.filter(way => way !== undefined);
  const known = open.map(([words]) => words).join(', or ');
  const others = 'Select less code, lower maxTokens, or pick a model with a larger context.';
  const advice = known === '' ? others : `${known.charAt(0).toUpperCase()}${known.slice(1)}.`;
  return text(
    `The prompt and the answer limit together do not fit into ${model}. ${advice}`,
    ...open.map(([, action]) => action),
    'pickModel',
    'openMaxTokensSetting',
  );
}

/** Where something else than the key stands in the way, the key is not blamed. */
function forbiddenText(failure: Parameters<Describe>[0], model: string): FailureText {
  const who = `${model}${from(failure)}`;
  switch (failure.obstacle) {
    case 'managementKey':
      return text(
        'The key in use is a management key: it can make and delete keys but cannot ask models. Sign in, or set an ordinary key.',
        'signIn',
        'setKey',
      );
    case 'guardrail':
      return text(
        `A guardrail blocked the request: what was sent holds something it does not let through. Whoever manages the guardrails of the account can lift it; or send it without that.${said(failure)}`,
        'openOpenRouter',
        'pickModel',
      );
    case 'region':
      return text(
        `${who} cannot be used from this region. Pick another model.${said(failure)}`,
        'pickModel',
        'openBaseUrlSetting',
      );
    case 'terms':
      return text(
        `${who} is not served under terms that the provider sets. Accept them in the settings of the account if it asks for that, or pick another model.${said(failure)}`,
        'pickModel',
      );
    case 'age':
      return text(
        `${who} can be used only when an age is confirmed. Confirm it in the settings of the account, or pick another model.${said(failure)}`,
        'pickModel',
      );
    case 'app':
      return text(`${who} is not open to this app. Pick another model.${said(failure)}`, 'pickModel');
    default:
      return text(
        `OpenRouter does not allow this request with this key${from(failure)}. Whoever made the key can allow it; or pick another model.${said(failure)}`,
        'pickModel',
        'openKeySettings',
      );
  }
}
