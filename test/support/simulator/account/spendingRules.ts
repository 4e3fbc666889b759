import { isFree } from '../catalogue/catalogue';
import type { WireModel } from '../catalogue/wireModel';
import { cannotAfford, insufficientCredits, keyLimitExceeded } from '../faults/requestErrors';
import { freeDayUsedUp } from '../faults/serverErrors';
import { errorReply, type Reply } from '../http/reply';
import { parseDecimal } from '../money/decimal';
import type { Simulation } from '../simulation';
import type { Key } from './keys';
import { startOfPeriod } from './period';

/** Why this key may not run inference now. */
export function refusalOfKey(simulation: Simulation, key: Key): Reply | undefined {
  // That it is refused is documented; the status and the words are not.
  if (key.isManagement) {
    return errorReply(403, 'Management keys cannot be used for inference', {
      metadata: { error_type: 'permission_denied' },
    });
  }
  if (key.isCapped) return keyLimitExceeded('total');
  if (key.limitUsd !== null && usedOfLimit(simulation, key) >= parseDecimal(key.limitUsd)) {
    return keyLimitExceeded(key.limitReset ?? 'total');
  }
  return undefined;
}

/** What counts against the key's limit, in 10⁻¹² USD. */
export function usedOfLimit(simulation: Simulation, key: Key): bigint {
  const since = key.limitReset === null ? 0 : startOfPeriod(key.limitReset, simulation.now());
  return simulation.bill.totalPico(entry => entry.key === key.text && entry.startedAtMs >= since);
}

/** The key's requests to free models of this day. */
export function freeRequestsOf(simulation: Simulation, key: Key): number {
  const today = startOfPeriod('daily', simulation.now());
  return simulation.bill.entries.filter(
    entry => entry.key === key.text && entry.startedAtMs >= today && entry.model.endsWith(':free'),
  ).length;
}

/** Why the account cannot pay for this; free models need no credits. */
export function refusalForMoney(
  simulation: Simulation,
  key: Key,
  model: WireModel,
  maxTokens: number | undefined,
): Reply | undefined {
  if (isFree(model)) {
    const isUsedUp = freeRequestsOf(simulation, key) >= key.freeRequests;
    return isUsedUp ? freeDayUsedUp(key.freeRequests, simulation.now()) : undefined;
  }
  if (key.isBroke) return insufficientCredits();
  if (key.affordableTokens === undefined) return undefined;
  if (maxTokens !== undefined && maxTokens <= key.affordableTokens) return undefined;
  return cannotAfford(maxTokens, key.affordableTokens);
}
