import type { Failure, FailureKind } from './failure';

/** Failures after which nothing can have run: refused before a provider was asked, or never sent. */
const refused: ReadonlySet<FailureKind> = new Set([
  'noKey',
  'budget',
  'priceNotBound',
  'modelForbidden',
  'freeQuotaUsed',
  'needsVision',
  'invalidBaseUrl',
  'badRequest',
  'modelNotFound',
  'contextTooLong',
  'unauthorized',
  'outOfCredits',
  'answerTooExpensive',
  'inFlightBudget',
  'keyLimit',
  'moderation',
  'forbidden',
  'dataPolicy',
  'noEndpoint',
  'noEndpointAtPrice',
  'payloadTooLarge',
  'unprocessable',
  'rateLimited',
  'freeDailyLimit',
]);

/** True when `failure` alone shows that no provider can have answered, so that there is nothing to pay. */
export function provesNothingRan({ kind, neverLeft, httpStatus, generationId }: Failure): boolean {
  if (generationId !== undefined) return false;
  switch (kind) {
    case 'network':
      // A status is the word of a proxy that let nothing through.
      return neverLeft === true || httpStatus !== undefined;
    case 'unknown':
    case 'notOpenRouter':
      // Whoever refused, sent elsewhere or did not know the address has not passed the request on.
      return httpStatus !== undefined && httpStatus >= 300 && httpStatus < 500;
    default:
      return refused.has(kind);
  }
}
