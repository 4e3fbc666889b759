import { say } from '../../../core/base/plainText';
import type { Dialogs } from '../../ports/dialogs';

/** A spending limit for a new key, USD as decimal text; undefined: it gets none. */
export interface KeyLimit {
  readonly usd: string | undefined;
}

const amount = /^\$?\s*(\d{1,6}(?:\.\d{1,6})?)$/;

/** Asks whether the key to be made gets a spending limit; undefined when the question was dismissed. */
export async function askKeyLimit(dialogs: Pick<Dialogs, 'input'>): Promise<KeyLimit | undefined> {
  const typed = await dialogs.input({
    title: say`Sign In with OpenRouter`,
    prompt: say`How much may the new key spend at most, in USD? Empty: no limit of its own. Your browser opens next.`,
    placeHolder: say`For example 5`,
    validateInput: text =>
      text.trim() === '' || Number(readAmount(text) ?? 0) > 0
        ? undefined
        : say`Type an amount in USD such as 5 or 2.50, or nothing.`,
  });
  return typed === undefined ? undefined : { usd: readAmount(typed) };
}

const readAmount = (text: string): string | undefined => amount.exec(text.trim())?.[1];
