import { Redactor } from '../../core/base/redact';
import type { FreeRequests, Generation, KeyInfo } from '../../core/chat/account';
import { toAmount } from './decimal';
import { compact, isRecord, type Json, toBoolean, toCount, toRecord, toText, toTexts } from './json';
import { readGenerationRouting } from './routing';
import { readGenerationUsage } from './usage';

/** The body of `GET /key`; undefined when it is something else. */
export function parseKeyInfo(body: unknown): KeyInfo | undefined {
  const data = dataOf(body);
  if (!data) return undefined;
  return compact({
    label: toText(data.label),
    limitUsd: toAmount(data.limit),
    limitRemainingUsd: toAmount(data.limit_remaining),
    limitReset: toText(data.limit_reset),
    usageUsd: toAmount(data.usage),
    usageDailyUsd: toAmount(data.usage_daily),
    usageWeeklyUsd: toAmount(data.usage_weekly),
    usageMonthlyUsd: toAmount(data.usage_monthly),
    isFreeTier: toBoolean(data.is_free_tier),
    // The second name is the deprecated one.
    isManagementKey: data.is_management_key === true || data.is_provisioning_key === true,
    expiresAt: toText(data.expires_at),
    workspaceId: toText(data.workspace_id),
    organizationId: toText(data.organization_id),
    allowedRegions: Array.isArray(data.allowed_data_regions) ? toTexts(data.allowed_data_regions) : undefined,
    freeRequests: readFreeRequests(data.free_model_daily_requests),
  });
}

function readFreeRequests(value: unknown): FreeRequests | undefined {
  const { limit, remaining } = toRecord(value);
  const counts = { limit: toCount(limit), remaining: toCount(remaining) };
  return counts.limit === undefined || counts.remaining === undefined
    ? undefined
    : { limit: counts.limit, remaining: counts.remaining };
}

/** The key that `POST /auth/keys` made; undefined when there is none. */
export function parseNewKey(body: unknown): string | undefined {
  return isRecord(body) ? toText(body.key) : undefined;
}

/** The body of `GET /generation`; undefined when it is something else. */
export function parseGeneration(body: unknown, redactor = new Redactor()): Generation | undefined {
  const data = dataOf(body);
  const id = toText(data?.id);
  if (!data || id === undefined) return undefined;
  return compact({
    id,
    model: toText(data.model),
    provider: toText(data.provider_name),
    usage: readGenerationUsage(data),
    finishReason: toText(data.finish_reason),
    nativeFinishReason: toText(data.native_finish_reason),
    cancelled: toBoolean(data.cancelled),
    latencyMs: toCount(data.latency),
    generationTimeMs: toCount(data.generation_time),
    routing: readGenerationRouting(data, redactor),
  });
}

function dataOf(body: unknown): Json | undefined {
  return isRecord(body) && isRecord(body.data) ? body.data : undefined;
}
