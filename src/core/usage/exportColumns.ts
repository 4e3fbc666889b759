import type { LedgerEntry } from '../ledger/ledger';
import { formatPico, type Pico } from '../money/pico';

/** Unknown is `null`, never 0 or an empty text. */
export type ExportValue = string | number | boolean | null;

type Write = (entry: LedgerEntry) => ExportValue | undefined;

/** Every column of the ledger, in the order they are written: amounts as exact USD, times as ISO 8601 UTC. */
const columns: { readonly [Name in keyof Required<LedgerEntry>]: readonly [name: string, write: Write] } = {
  id: ['id', entry => entry.id],
  startedAt: ['startedAt', entry => time(entry.startedAt)],
  endedAt: ['endedAt', entry => time(entry.endedAt)],
  origin: ['origin', entry => entry.origin],
  action: ['action', entry => entry.action],
  promptId: ['promptId', entry => entry.promptId],
  workspace: ['workspace', entry => entry.workspace],
  languageId: ['languageId', entry => entry.languageId],
  requestedModel: ['requestedModel', entry => entry.requestedModel],
  servedModel: ['servedModel', entry => entry.servedModel],
  provider: ['provider', entry => entry.provider],
  generationId: ['generationId', entry => entry.generationId],
  outcome: ['outcome', entry => entry.outcome],
  finishReason: ['finishReason', entry => entry.finishReason],
  nativeFinishReason: ['nativeFinishReason', entry => entry.nativeFinishReason],
  httpStatus: ['httpStatus', entry => entry.httpStatus],
  errorKind: ['errorKind', entry => entry.errorKind],
  costState: ['costState', entry => entry.costState],
  costPico: ['costUsd', entry => usd(entry.costPico)],
  isByok: ['isByok', entry => entry.isByok],
  upstreamPico: ['upstreamUsd', entry => usd(entry.upstreamPico)],
  reservedPico: ['reservedUsd', entry => usd(entry.reservedPico)],
  promptTokens: ['promptTokens', entry => entry.promptTokens],
  cachedTokens: ['cachedTokens', entry => entry.cachedTokens],
  cacheWriteTokens: ['cacheWriteTokens', entry => entry.cacheWriteTokens],
  completionTokens: ['completionTokens', entry => entry.completionTokens],
  reasoningTokens: ['reasoningTokens', entry => entry.reasoningTokens],
  estimatedPromptTokens: ['estimatedPromptTokens', entry => entry.estimatedPromptTokens],
  maxTokens: ['maxTokens', entry => entry.maxTokens],
  ttftMs: ['ttftMs', entry => entry.ttftMs],
  durationMs: ['durationMs', entry => entry.durationMs],
  compareGroup: ['compareGroup', entry => entry.compareGroup],
  prompt: ['prompt', entry => entry.prompt],
  answer: ['answer', entry => entry.answer],
  endpoint: ['endpoint', entry => entry.endpoint],
};

export const exportNames: readonly string[] = Object.values(columns).map(([name]) => name);
const writes: readonly Write[] = Object.values(columns).map(([, write]) => write);

/** The cells of a row, in the order of {@link exportNames}. */
export function toExportValues(entry: LedgerEntry): readonly ExportValue[] {
  return writes.map(write => write(entry) ?? null);
}

function time(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

function usd(pico: Pico | undefined): string | undefined {
  return pico === undefined ? undefined : formatPico(pico);
}
