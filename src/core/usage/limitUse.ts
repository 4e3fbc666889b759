import type { Totals } from '../ledger/ledger';
import type { SpendLimit } from '../ledger/ledgerLimits';
import { displayUsd } from '../money/pico';

/** From this share of a limit on the user is warned. */
const warnAtPercent = 80n;

/** How much of one limit is used up: spent, estimated, and held for requests whose cost is not known. */
export interface LimitUse {
  readonly limit: SpendLimit;
  readonly totals: Totals;
}

export function isReached({ limit, totals }: LimitUse): boolean {
  return committed(totals) >= limit.limitPico;
}

export function isNear({ limit, totals }: LimitUse): boolean {
  return committed(totals) * 100n >= limit.limitPico * warnAtPercent;
}

/** `$0.42 of $1 (42 %)` */
export function limitUseText({ limit, totals }: LimitUse): string {
  const used = committed(totals);
  const percent = limit.limitPico === 0n ? 100n : (used * 100n) / limit.limitPico;
  return `${displayUsd(used)} of ${displayUsd(limit.limitPico)} (${percent} %)`;
}

const committed = ({ spentPico, estimatedPico, heldPico }: Totals) => spentPico + estimatedPico + heldPico;
