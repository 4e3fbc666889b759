import { usagePeriods } from '../core/ledger/usagePeriod';
import { costMeanings, outcomeLabels } from '../core/usage/labels';
import type { FromUsagePage, ListFilter } from './usageMessages';

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isText: Check = value => typeof value === 'string';
const isFlag: Check = value => typeof value === 'boolean';
const isCount: Check = value => Number.isSafeInteger(value) && Number(value) >= 0;
const isOneOf = (values: readonly string[]): Check => {
  return value => typeof value === 'string' && values.includes(value);
};

const filterChecks: { readonly [Name in keyof Required<ListFilter>]: Check } = {
  text: isText,
  model: isText,
  provider: isText,
  action: isText,
  workspace: isText,
  language: isText,
  outcome: isOneOf(Object.keys(outcomeLabels)),
  costState: isOneOf(Object.keys(costMeanings)),
  fromMs: isCount,
  toMs: isCount,
};

const isFilter: Check = value =>
  isFields(value) &&
  Object.entries(value).every(
    ([name, part]) =>
      part === undefined ||
      (Object.hasOwn(filterChecks, name) && filterChecks[name as keyof ListFilter](part)),
  );

const checks: { readonly [T in FromUsagePage['type']]: Readonly<Record<string, Check>> } = {
  ready: {},
  period: { period: isOneOf(usagePeriods) },
  list: { filter: isFilter, sort: isOneOf(['time', 'cost', 'tokens', 'duration']), ascending: isFlag },
  page: { listId: isCount, index: isCount },
  open: { id: isText },
  copy: { text: isText },
  openLogs: { generationId: isText },
  revealFile: {},
  export: {},
  reconcile: {},
  stopReconcile: {},
  resumeReconcile: {},
  closeReconcile: {},
  adoptFigures: {},
  deleteHistory: {},
  ask: {},
  pageError: { message: isText },
};

/** True when `value` is a well-formed message of the usage page. */
export function isFromUsagePage(value: unknown): value is FromUsagePage {
  if (!isFields(value)) return false;
  const { type } = value;
  if (typeof type !== 'string' || !Object.hasOwn(checks, type)) return false;
  const fields = checks[type as FromUsagePage['type']];
  return Object.entries(fields).every(([name, check]) => check(value[name]));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
