import { createHash } from 'node:crypto';
import { errorReply, type Reply, workspaceId } from '../http/reply';
import type { BillEntry } from '../money/bill';
import { toWireNumber } from '../money/decimal';
import type { Simulation } from '../simulation';
import type { Key } from './keys';
import { startOfPeriod } from './period';

const dayMs = 86_400_000;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** `GET /activity`: what was billed, by day, model and endpoint, over the last 30 whole UTC days; management keys only. */
export function describeActivity(simulation: Simulation, key: Key, query: URLSearchParams): Reply {
  if (!key.isManagement) {
    return errorReply(403, 'Only management keys can fetch activity for an account', { anonymous: true });
  }
  const today = startOfPeriod('daily', simulation.now());
  const date = query.get('date');
  if (date !== null && !isDayWithin(date, today)) {
    return errorReply(400, 'Date must be within the last 30 (completed) UTC days', { anonymous: true });
  }
  const hash = query.get('api_key_hash');
  const entries = simulation.bill.entries.filter(
    entry =>
      entry.startedAtMs < today &&
      entry.startedAtMs >= today - 30 * dayMs &&
      (date === null || dayOf(entry.startedAtMs) === date) &&
      (hash === null || hashOf(entry.key) === hash),
  );
  const groups = new Map<string, BillEntry[]>();
  for (const entry of entries) {
    const id = [dayOf(entry.startedAtMs), entry.model, entry.endpoint].join('\n');
    groups.set(id, [...(groups.get(id) ?? []), entry]);
  }
  const byWorkspace = query.get('group_by') === 'workspace';
  const data = [...groups.values()].map(group => ({
    ...rowOf(group),
    ...(byWorkspace && { workspace_id: workspaceId }),
  }));
  return { status: 200, body: { data } };
}

/** SHA-256 of the key, as `/keys` names it. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

function isDayWithin(text: string, today: number): boolean {
  const ms = Date.parse(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && ms < today && ms >= today - 30 * dayMs;
}

function rowOf(group: readonly BillEntry[]) {
  const [first] = group;
  const sum = (amount: (entry: BillEntry) => number): number =>
    group.reduce((total, entry) => total + amount(entry), 0);
  const money = (amount: (entry: BillEntry) => bigint): number =>
    toWireNumber(group.reduce((total, entry) => total + amount(entry), 0n));
  return {
    date: dayOf(first?.startedAtMs ?? 0),
    model: first?.model ?? '',
    model_permaslug: first?.attempts.at(-1)?.model ?? first?.model ?? '',
    endpoint_id: `${first?.model}/${first?.endpoint}`,
    provider_name: first?.provider ?? '',
    usage: money(entry => entry.costPico),
    byok_usage_inference: money(entry => entry.upstreamPico ?? 0n),
    requests: group.length,
    prompt_tokens: sum(({ tokens }) => tokens.prompt),
    completion_tokens: sum(({ tokens }) => tokens.completion),
    reasoning_tokens: sum(({ tokens }) => tokens.reasoning),
  };
}
