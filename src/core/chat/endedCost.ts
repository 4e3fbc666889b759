import type { Cost } from '../money/cost';
import type { Pricing } from '../money/pricing';
import { trueCost } from '../money/trueCost';
import type { Answer } from './answer';
import { provesNothingRan } from './nothingRan';

/**
 * The cost of an answer that has ended: what its usage says; else `pending` when there is a generation
 * id to ask about; else `free` when it failed before anything ran, and `unknown` when it may have run.
 * `pricing` is that of the model that served, `atMs` the start of the request.
 */
export function endedCost(answer: Answer, pricing: Pricing | undefined, atMs: number): Cost {
  const cost = trueCost(answer.usage, pricing, atMs, { images: answer.imageCount });
  if (cost.state !== 'unknown') return cost;
  if (answer.generationId ?? answer.ending?.failure?.generationId) return { state: 'pending' };
  return nothingRan(answer) ? { state: 'free', usd: '0' } : cost;
}

function nothingRan({ ending }: Answer): boolean {
  const { failure, ttftMs } = ending ?? {};
  const isRefused = failure !== undefined && ttftMs === undefined && provesNothingRan(failure);
  return ending?.nothingRan ?? isRefused;
}
