import type { LedgerEntry } from './ledger';

/** What a field holds, which decides how it is stored, exported and shown. */
type KindOf<Value> = Value extends string
  ? 'text'
  : Value extends bigint
    ? 'usd'
    : Value extends boolean
      ? 'flag'
      : /** `code` is a number that counts nothing, such as an HTTP status. */
        'count' | 'code' | 'time' | 'duration';

export type FieldKind = KindOf<string | bigint | boolean | number>;

export interface LedgerField<Kind extends FieldKind = FieldKind> {
  readonly kind: Kind;
  /** What the details of a request call it; undefined where they do not show it, or show it apart. */
  readonly label?: string;
}

export type FieldName = keyof LedgerEntry;

/**
 * Every field of a row, in the order of the details. The file's columns, exports and details all follow
 * this list; the type makes forgetting a field an error.
 */
export const ledgerFields: {
  readonly [Name in FieldName]-?: LedgerField<KindOf<NonNullable<LedgerEntry[Name]>>>;
} = {
  startedAt: { kind: 'time', label: 'Started' },
  endedAt: { kind: 'time', label: 'Ended' },
  outcome: { kind: 'text', label: 'Outcome' },
  requestedModel: { kind: 'text', label: 'Model asked for' },
  servedModel: { kind: 'text', label: 'Model that served' },
  provider: { kind: 'text', label: 'Provider' },
  serviceTier: { kind: 'text', label: 'Service tier' },
  region: { kind: 'text', label: 'Region' },
  attempt: { kind: 'count', label: 'Attempt at a provider' },
  action: { kind: 'text', label: 'Action' },
  promptId: { kind: 'text', label: 'Prompt file' },
  origin: { kind: 'text', label: 'Asked from' },
  workspace: { kind: 'text', label: 'Workspace' },
  languageId: { kind: 'text', label: 'Language' },
  promptTokens: { kind: 'count', label: 'Tokens in' },
  cachedTokens: { kind: 'count', label: 'of which read from a cache' },
  cacheWriteTokens: { kind: 'count', label: 'of which written to a cache' },
  estimatedPromptTokens: { kind: 'count', label: 'estimated before sending' },
  completionTokens: { kind: 'count', label: 'Tokens out' },
  reasoningTokens: { kind: 'count', label: 'of which reasoning' },
  maxTokens: { kind: 'count', label: 'at most (max_tokens)' },
  isByok: { kind: 'flag', label: 'Own provider key (BYOK)' },
  upstreamPico: { kind: 'usd', label: "Provider's price" },
  reservedPico: { kind: 'usd', label: 'Reserved against limits' },
  ttftMs: { kind: 'duration', label: 'First word after' },
  durationMs: { kind: 'duration', label: 'Duration' },
  finishReason: { kind: 'text', label: 'Finish reason' },
  nativeFinishReason: { kind: 'text', label: "Provider's finish reason" },
  httpStatus: { kind: 'code', label: 'HTTP status' },
  errorKind: { kind: 'text', label: 'Failure' },
  compareGroup: { kind: 'text', label: 'Comparison' },
  continues: { kind: 'text', label: 'Continues request' },
  sessionId: { kind: 'text', label: 'Session at OpenRouter' },
  id: { kind: 'text', label: 'Id' },
  costPico: { kind: 'usd' },
  costState: { kind: 'text' },
  generationId: { kind: 'text' },
  endpoint: { kind: 'text' },
  costParts: { kind: 'text' },
  estimator: { kind: 'code' },
  prompt: { kind: 'text' },
  answer: { kind: 'text' },
};

export const fieldNames = Object.keys(ledgerFields) as readonly FieldName[];

/** What a field is called where its amount is USD as decimal text: in exports and messages. */
export function outsideName(name: FieldName): string {
  return name.replace(/Pico$/, 'Usd');
}
