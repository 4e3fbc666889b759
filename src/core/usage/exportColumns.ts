import type { LedgerEntry } from '../ledger/ledger';
import { type FieldName, fieldNames, ledgerFields, outsideName } from '../ledger/ledgerFields';
import { formatPico } from '../money/pico';
import type { ExportValue } from './csv';

/** The first columns of a file, in an order that people's sheets and scripts rely on. Newer fields follow. */
const firstFields: readonly FieldName[] = [
  ...(['id', 'startedAt', 'endedAt', 'origin', 'action', 'promptId', 'workspace', 'languageId'] as const),
  ...(['requestedModel', 'servedModel', 'provider', 'generationId', 'outcome'] as const),
  ...(['finishReason', 'nativeFinishReason', 'httpStatus', 'errorKind'] as const),
  ...(['costState', 'costPico', 'isByok', 'upstreamPico', 'reservedPico'] as const),
  ...(['promptTokens', 'cachedTokens', 'cacheWriteTokens', 'completionTokens', 'reasoningTokens'] as const),
  ...(['estimatedPromptTokens', 'maxTokens', 'ttftMs', 'durationMs', 'compareGroup'] as const),
  ...(['prompt', 'answer', 'endpoint', 'sessionId'] as const),
];

const exportFields: readonly FieldName[] = [...new Set([...firstFields, ...fieldNames])];

/** Every field of the ledger by the name of its column. */
export const exportNames: readonly string[] = exportFields.map(outsideName);

const isAmount = exportFields.map(name => ledgerFields[name].kind === 'usd');

/** The cells of a row, in the order of {@link exportNames}: amounts as exact USD, times as ISO 8601 UTC. */
export function toExportValues(entry: LedgerEntry): readonly ExportValue[] {
  return exportFields.map(name => toExportValue(name, entry[name]));
}

/** The cells with decimal commas in the amounts. */
export function toDecimalCommas(values: readonly ExportValue[]): readonly ExportValue[] {
  return values.map((value, index) =>
    typeof value === 'string' && isAmount[index] ? value.replace('.', ',') : value,
  );
}

function toExportValue(name: FieldName, value: LedgerEntry[FieldName]): ExportValue {
  if (value === undefined) return null;
  if (typeof value === 'bigint') return formatPico(value);
  return ledgerFields[name].kind === 'time' ? new Date(Number(value)).toISOString() : value;
}
