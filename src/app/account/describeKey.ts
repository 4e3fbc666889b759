import type { KeyInfo } from '../../core/chat/account';

/** What is left on the key, in words. */
export function describeKey({ limitRemainingUsd, limitUsd, isFreeTier }: KeyInfo): string {
  if (limitUsd !== undefined && limitRemainingUsd !== undefined) {
    return `$${limitRemainingUsd} of its $${limitUsd} limit is left.`;
  }
  return isFreeTier
    ? 'It has no limit of its own; the account has not bought credits yet, so use free models.'
    : 'It has no spending limit of its own.';
}
