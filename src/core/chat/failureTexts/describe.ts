import { formatCount } from '../../base/formatCount';
import type { Failure, ModelOffer } from '../failure';
import type { FailureText } from '../failureAction';

/** The text of a failure of a request to `model`. */
export type Describe = (failure: Failure, model: string) => FailureText;

/** " (DeepInfra)", or nothing. */
export const from = ({ provider }: Failure): string => (provider ? ` (${provider})` : '');

/** "acme/m2 (free, context 200,000 tokens) or acme/m3 ($1 in and $2 out per million tokens)". */
export const offersInWords = (offers: readonly ModelOffer[]): string =>
  offers
    .map(({ id, price, contextTokens }) => {
      const context =
        contextTokens === undefined ? undefined : `context ${formatCount(contextTokens)} tokens`;
      const about = [price, context].filter(Boolean).join(', ');
      return about === '' ? id : `${id} (${about})`;
    })
    .join(' or ');

/** A moment in the reader's own time, with the day when it is not near. */
export function localTime(atMs: number, nowMs = Date.now()): string {
  const at = new Date(atMs);
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return at.toDateString() === new Date(nowMs).toDateString()
    ? time
    : `${time} on ${at.toLocaleDateString()}`;
}
