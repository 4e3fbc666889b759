import type { KeyInfo } from '../../core/chat/account';
import { dayOf } from './describeKey';

/** Something about the key that will fail requests before long. */
export interface KeyWarning {
  readonly kind: 'expiry' | 'limit' | 'freeRequests';
  /** A sentence. */
  readonly text: string;
  /** What helps. */
  readonly help: 'signIn' | 'keySettings' | 'pickModel';
}

const dayMs = 24 * 60 * 60 * 1000;
/** A key that lives no longer than a day is made anew by whoever made it. */
const soonMs = 7 * dayMs;
/** So little of a limit or a quota is worth a word. */
const littleShare = 0.1;

/** The most urgent first. `isFreeModel`: the last request went to a free model. */
export function keyWarnings(key: KeyInfo, nowMs: number, isFreeModel: boolean): readonly KeyWarning[] {
  return [limitWarning(key), expiryWarning(key, nowMs), isFreeModel ? freeWarning(key) : undefined].filter(
    warning => warning !== undefined,
  );
}

function expiryWarning({ expiresAt }: KeyInfo, nowMs: number): KeyWarning | undefined {
  const leftMs = Date.parse(expiresAt ?? '') - nowMs;
  if (expiresAt === undefined || !(leftMs < soonMs)) return undefined;
  const when =
    leftMs < dayMs ? `at ${expiresAt.slice(11, 16)} UTC on ${dayOf(expiresAt)}` : `on ${dayOf(expiresAt)}`;
  return { kind: 'expiry', text: `The API key expires ${when}.`, help: 'signIn' };
}

function limitWarning({ limitUsd, limitRemainingUsd, limitReset }: KeyInfo): KeyWarning | undefined {
  const limit = Number(limitUsd);
  const remaining = Number(limitRemainingUsd);
  if (limitUsd === undefined || limitRemainingUsd === undefined || !(remaining <= limit * littleShare)) {
    return undefined;
  }
  const reset = limitReset === undefined ? '' : `, which starts anew ${limitReset}`;
  const text = `Only $${limitRemainingUsd} is left of the API key’s limit of $${limitUsd}${reset}.`;
  return { kind: 'limit', text, help: 'keySettings' };
}

function freeWarning({ freeRequests }: KeyInfo): KeyWarning | undefined {
  if (freeRequests === undefined || freeRequests.remaining > freeRequests.limit * littleShare)
    return undefined;
  const { remaining, limit } = freeRequests;
  const text = `${remaining} of ${limit} free requests are left today; they return at midnight UTC.`;
  return { kind: 'freeRequests', text, help: 'pickModel' };
}
