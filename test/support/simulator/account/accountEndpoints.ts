import { accountId, errorReply, type Reply, workspaceId } from '../http/reply';
import type { BillEntry } from '../money/bill';
import { parseDecimal, toWireNumber } from '../money/decimal';
import type { Simulation } from '../simulation';
import { type Key, keyLabel } from './keys';
import { startOfPeriod } from './period';
import { freeRequestsOf, usedOfLimit } from './spendingRules';

/** What the account bought before the simulator started, in USD. */
const boughtUsd = 100;

/** `GET /key` */
export function describeKeyUse(simulation: Simulation, key: Key): Reply {
  const now = simulation.now();
  const mine = (since: number) => (entry: BillEntry) => entry.key === key.text && entry.startedAtMs >= since;
  const paid = (since: number) => toWireNumber(simulation.bill.totalPico(mine(since)));
  const byok = (since: number) => toWireNumber(simulation.bill.upstreamPico(mine(since)));
  const day = startOfPeriod('daily', now);
  const week = startOfPeriod('weekly', now);
  const month = startOfPeriod('monthly', now);
  const freeUsed = freeRequestsOf(simulation, key);
  return {
    status: 200,
    body: {
      data: {
        label: keyLabel(key.text),
        limit: key.limitUsd === null ? null : Number(key.limitUsd),
        limit_remaining: remaining(simulation, key),
        limit_reset: key.limitReset,
        include_byok_in_limit: false,
        usage: paid(0),
        usage_daily: paid(day),
        usage_weekly: paid(week),
        usage_monthly: paid(month),
        byok_usage: byok(0),
        byok_usage_daily: byok(day),
        byok_usage_weekly: byok(week),
        byok_usage_monthly: byok(month),
        is_free_tier: key.isFreeTier,
        is_management_key: key.isManagement,
        is_provisioning_key: key.isManagement,
        allowed_data_regions: ['global'],
        organization_id: null,
        workspace_id: workspaceId,
        expires_at: key.expiresAt,
        creator_user_id: accountId,
        rate_limit: { requests: -1, interval: '10s', note: 'This field is deprecated and safe to ignore.' },
        free_model_daily_requests: {
          used: freeUsed,
          limit: key.freeRequests,
          remaining: key.freeRequests - freeUsed,
        },
      },
    },
  };
}

function remaining(simulation: Simulation, key: Key): number | null {
  if (key.limitUsd === null) return null;
  if (key.isCapped) return 0;
  return toWireNumber(parseDecimal(key.limitUsd) - usedOfLimit(simulation, key));
}

/** `GET /credits`: management keys only. */
export function describeCredits(simulation: Simulation, key: Key): Reply {
  if (!key.isManagement) {
    return errorReply(403, 'Only management keys can fetch credits for an account', { anonymous: true });
  }
  const used = toWireNumber(simulation.bill.totalPico());
  return { status: 200, body: { data: { total_credits: boughtUsd, total_usage: used } } };
}
