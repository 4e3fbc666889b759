import { assertNever } from '../../../core/base/assertNever';
import { type PlainText, say } from '../../../core/base/plainText';
import type { Failure } from '../../../core/chat/failure';
import { describeCallFailure } from '../../../core/chat/failureText';

/** How a sign-in ended, but for the one that gave a key. */
export type SignInEnding =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'timedOut' }
  /** The browser came back without a code. */
  | { readonly kind: 'denied' }
  /** The server does not take the code: it is used up, too old, or of another sign-in. */
  | { readonly kind: 'codeRefused' }
  | { readonly kind: 'notOpened' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** A key came that cannot be used; `problem` is a sentence. */
  | { readonly kind: 'unusable'; readonly problem: PlainText };

export const nextSteps = {
  again: 'Sign In Again',
  code: 'Use a Code',
  setKey: 'Set API Key',
} as const;

export type NextStep = keyof typeof nextSteps;

export interface EndingText {
  readonly sentence: PlainText;
  /** What can be done next, in order of usefulness. */
  readonly next: readonly NextStep[];
}

/** Of a code and of a sign-in under way. */
export const lifetimeMs = 10 * 60_000;

export function describeEnding(ending: SignInEnding): EndingText {
  switch (ending.kind) {
    case 'cancelled':
      return {
        sentence: say`The sign-in was cancelled and no key was stored. If the browser did not come back, use a code.`,
        next: ['again', 'code', 'setKey'],
      };
    case 'timedOut':
      return {
        sentence: say`The sign-in was not finished within 10 minutes, so it has ended and no key was stored. If the browser did not come back, use a code.`,
        next: ['again', 'code', 'setKey'],
      };
    case 'denied':
      return {
        sentence: say`The sign-in page came back without a key: access was not allowed there. Sign in again and allow it, or set a key of your own.`,
        next: ['again', 'setKey'],
      };
    case 'codeRefused':
      return {
        sentence: say`The server does not take this sign-in code: it is used up or older than 10 minutes. Sign in again for a new one.`,
        next: ['again', 'code', 'setKey'],
      };
    case 'notOpened':
      return {
        sentence: say`The browser was not opened, so nobody could sign in. Sign in again, or use a code from any other browser.`,
        next: ['again', 'code', 'setKey'],
      };
    case 'failed':
      return {
        sentence: say`Signing in failed and no key was stored. ${describeCallFailure(ending.failure, 'the sign-in')}`,
        next: ['again', 'setKey'],
      };
    case 'unusable':
      return { sentence: ending.problem, next: ['again', 'setKey'] };
    default:
      return assertNever(ending);
  }
}

/** An address that leads back to this window was followed, but belongs to no sign-in under way. */
export function describeStray(isOver: boolean): PlainText {
  return isOver
    ? say`That sign-in has already ended: a code works once. Nothing was changed.`
    : say`An answer came that belongs to no sign-in of this window, and was ignored. Finish in the tab that was opened last, or run Sign In.`;
}
