/** How an answer gets onto the wire. */
export interface Delivery {
  /** `: OPENROUTER PROCESSING` lines before the first event. */
  readonly comments: number;
  readonly comment: string;
  readonly newline: '\n' | '\r\n';
  /** What stands before the JSON of an event. */
  readonly prefix: 'data: ' | 'data:';
  /** Bytes per write, or: an event per write, cuts inside every multi-byte character, all in one. */
  readonly slices: number | 'event' | 'utf8' | 'whole';
  readonly usage: UsageShape;
  readonly ending: Ending;
  /** `ending` comes after so many tokens; absent: after all of them. */
  readonly endAfterTokens?: number;
  /** Sent as `error` of the last event, or of the body. */
  readonly error?: Readonly<Record<string, unknown>>;
  /** For endings that keep the connection alive: a comment every so many ms. */
  readonly commentEveryMs?: number;
  /** Absent: as fast as the client reads. */
  readonly tokensPerSecond?: number;
  /** Waits after `tokens` tokens for the promise. */
  readonly hold?: { readonly afterTokens: number; readonly until: Promise<unknown> };
  /** Says when the next token is made, after so many: a model is slower than the way to it. Undefined: at once. */
  readonly paced?: (tokens: number) => Promise<unknown> | undefined;
  /** A first chunk with `choices: []` and a `debug` field. */
  readonly debugChunk?: boolean;
  /** White space before a JSON body, as keep-alive. */
  readonly padding?: boolean;
}

export type UsageShape =
  /** One choice that repeats the finish reason (2026). */
  | 'repeated'
  /** One choice with `finish_reason: null` (2025). */
  | 'nullFinish'
  /** `choices: []` (OpenAI's shape). */
  | 'noChoices'
  /** Token counts only, without cost (2024). */
  | 'tokensOnly'
  | 'none';

export type Ending =
  /** Finish reason, usage, `[DONE]`. */
  | 'done'
  /** Finish reason and usage, but no `[DONE]`. */
  | 'noDone'
  /** `[DONE]`, but no finish reason. */
  | 'noFinish'
  /** The body ends; nothing says why. */
  | 'cut'
  /** The socket is destroyed. */
  | 'reset'
  /** An event with `error` and `finish_reason: "error"`. */
  | 'error'
  /** An event with `error` and without `choices`, as before 2026. */
  | 'bareError'
  /** Nothing more is sent, and the connection stays open. */
  | 'stall';

export const plainDelivery: Delivery = {
  comments: 2,
  comment: ': OPENROUTER PROCESSING',
  newline: '\n',
  prefix: 'data: ',
  slices: 'event',
  usage: 'repeated',
  ending: 'done',
};
