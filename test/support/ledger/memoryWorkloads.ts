import type { LedgerEntry } from '../../../src/core/ledger/ledger';
import {
  type AnswerLength,
  addWorkloads,
  type Workload,
  type WorkloadCuts,
  type Workloads,
} from '../../../src/core/ledger/workload';

const known = ['billed', 'settled', 'free', 'estimated'];

/** {@link Workloads} of rows, one by one. */
export function sumWorkloads(entries: readonly LedgerEntry[], cuts: WorkloadCuts): Workloads {
  const groups = new Map<string, Workload>();
  let unknownRequests = 0;
  for (const entry of entries) {
    const one = toWorkload(entry);
    if (!one) {
      unknownRequests += 1;
      continue;
    }
    const minute = Math.floor(entry.startedAt / 60_000) % 1440;
    const sides = [
      cuts.promptTokens.filter(limit => one.promptTokens > limit).length,
      cuts.minutesOfDay.filter(limit => minute >= limit).length,
      cuts.byWeekday ? Math.floor(entry.startedAt / 86_400_000) % 7 : 0,
    ];
    const key = [one.action, one.model, ...sides].join('\n');
    const before = groups.get(key);
    groups.set(key, before ? addWorkloads(before, one) : one);
  }
  return { known: [...groups.values()], unknownRequests };
}

export function toAnswerLength({
  action,
  promptTokens = 0,
  cachedTokens = 0,
  completionTokens,
  reasoningTokens = 0,
}: LedgerEntry): readonly AnswerLength[] {
  if (completionTokens === undefined) return [];
  return [
    {
      action,
      promptTokens,
      cachedTokens,
      completionTokens,
      reasoningTokens: Math.min(reasoningTokens, completionTokens),
    },
  ];
}

function toWorkload(entry: LedgerEntry): Workload | undefined {
  const { promptTokens, costPico } = entry;
  const [length] = toAnswerLength(entry);
  if (!known.includes(entry.costState) || costPico === undefined) return undefined;
  if (promptTokens === undefined || !length) return undefined;
  const { completionTokens, reasoningTokens } = length;
  return {
    action: entry.action,
    model: entry.servedModel ?? entry.requestedModel,
    requests: 1,
    mostPromptTokens: promptTokens,
    atMs: entry.startedAt,
    costPico,
    promptTokens,
    cachedTokens: entry.cachedTokens ?? 0,
    cacheWriteTokens: entry.cacheWriteTokens ?? 0,
    completionTokens,
    reasoningTokens,
    promptSquares: promptTokens * promptTokens,
    promptTimesAnswer: promptTokens * (completionTokens - reasoningTokens),
    answerSquares: (completionTokens - reasoningTokens) ** 2,
  };
}
