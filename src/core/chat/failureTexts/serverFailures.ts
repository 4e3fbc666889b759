import type { Failure, FailureKind } from '../failure';
import { type FailureAction, text } from '../failureAction';
import { said } from '../limitText';
import { type Describe, from } from './describe';

/** The provider or OpenRouter failed: it may pass by itself, another provider may do, or another model. */
export const serverFailures = {
  timeout: (failure, model) => text(`${model} took too long to answer${from(failure)}.`, ...waysOn(failure)),
  serverError: failure => text(`OpenRouter had an internal error.${said(failure)}`, ...waysOn(failure)),
  providerUnavailable: (failure, model) =>
    text(`The provider behind ${model} failed${from(failure)}.${said(failure)}`, ...waysOn(failure)),
  overloaded: (failure, model) =>
    text(
      `${model} is overloaded${from(failure)}. Retry in a moment or pick another model.`,
      ...waysOn(failure),
    ),
  emptyAnswer: (failure, model) => text(`${model} sent nothing${from(failure)}.`, ...waysOn(failure)),
  stalled: (failure, model) =>
    text(
      `${model} stopped sending and the request was ended after the stall limit.`,
      ...waysOn(failure),
      'openStallSetting',
    ),
  cutOff: () =>
    text('The connection ended before the answer did: it is incomplete.', 'retry', 'checkConnection'),
  answerTooLarge: ({ detail = 'its limit' }, model) =>
    text(
      `The answer of ${model} was cut at ${detail}: it is larger than any answer can be.`,
      'retry',
      'pickModel',
    ),
  unknown: failure =>
    text(
      `The request failed${failure.httpStatus === undefined ? '' : ` (HTTP ${failure.httpStatus})`}${from(failure)}.${said(failure)}`,
      'retry',
      'showLog',
    ),
} as const satisfies Partial<Record<FailureKind, Describe>>;

function waysOn({ provider }: Failure): readonly FailureAction[] {
  return [
    'retry',
    ...(provider === undefined ? [] : (['ignoreProvider'] as const)),
    'pickModel',
    'openFallbacksSetting',
  ];
}
