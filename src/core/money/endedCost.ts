import type { Answer } from '../chat/answer';
import type { FailureKind } from '../chat/failure';
import type { Cost } from './cost';
import type { Pricing } from './pricing';
import { trueCost } from './trueCost';

/** Failures after which nothing can have run: refused before a provider was asked, or never sent. */
const unbilledFailures: ReadonlySet<FailureKind> = new Set([
  'noKey',
  'budget',
  'limitsUnchecked',
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
  'payloadTooLarge',
  'unprocessable',
  'rateLimited',
  'freeDailyLimit',
  'network',
]);

/**
 * The cost of an answer that has ended: what its usage says; else `pending` when there is a generation
 * id to ask about; else `free` when it failed before anything ran, and `unknown` when it may have run.
 * `pricing` is that of the model that served, `atMs` the start of the request.
 */
export function endedCost(answer: Answer, pricing: Pricing | undefined, atMs: number): Cost {
  const cost = trueCost(answer.usage, pricing, atMs, { images: answer.imageCount });
  if (cost.state !== 'unknown') return cost;
  const failure = answer.ending?.failure;
  if (answer.generationId ?? failure?.generationId) return { state: 'pending' };
  return failure && unbilledFailures.has(failure.kind) ? { state: 'free', usd: '0' } : cost;
}
