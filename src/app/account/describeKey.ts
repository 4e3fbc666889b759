import type { KeyInfo } from '../../core/chat/account';

/** What is left on the key, in words. */
export function describeKey({ limitRemainingUsd, limitUsd, isFreeTier }: KeyInfo): string {
  if (limitUsd !== undefined && limitRemainingUsd !== undefined) {
    return `$${limitRemainingUsd} of its $${limitUsd} limit is left.`;
  }
  return isFreeTier
    ? 'The account has no credits yet, so use free models.'
    : 'It has no spending limit of its own.';
}

/** What else matters about a key, in words: how long it holds, and what it belongs to. */
export function describeBelongings(key: KeyInfo): string {
  const { label, expiresAt, workspaceId, allowedRegions } = key;
  const facts = [
    label === undefined ? undefined : `key ${label}`,
    expiresAt === undefined ? 'no expiry date' : `expires ${dayOf(expiresAt)}`,
    allowedRegions === undefined ? undefined : `data regions ${allowedRegions.join(', ') || 'none'}`,
    workspaceId === undefined ? undefined : `workspace ${workspaceId}`,
  ];
  const text = facts.filter(fact => fact !== undefined).join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** `2027-03-01`, of a moment in ISO 8601. */
export const dayOf = (moment: string): string => moment.slice(0, 10);
