import type { ToUsagePage } from '../../protocol/usageMessages';

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const checks: { readonly [T in ToUsagePage['type']]: (message: Fields) => boolean } = {
  summary: ({ summary }) => isRecord(summary) && isRecord(summary.totals) && isRecord(summary.splits),
  list: ({ list }) => isRecord(list) && Array.isArray(list.rows),
  page: ({ rows, index }) => Array.isArray(rows) && typeof index === 'number',
  row: ({ row }) => isRecord(row) && typeof row.id === 'string',
  details: ({ details }) => isRecord(details) && isRecord(details.row),
  reconcile: ({ reconcile }) => reconcile === undefined || isRecord(reconcile),
  problem: ({ sentence }) => typeof sentence === 'string',
};

/** `value` as a message of the host; `undefined` for everything else that is posted to a window. */
export function toUsagePageMessage(value: unknown): ToUsagePage | undefined {
  if (!isRecord(value) || typeof value.type !== 'string' || !Object.hasOwn(checks, value.type))
    return undefined;
  return checks[value.type as ToUsagePage['type']](value) ? (value as ToUsagePage) : undefined;
}
