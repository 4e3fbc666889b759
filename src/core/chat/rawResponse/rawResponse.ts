/** A response as it came, without the key. It lives in memory alone: never in a conversation, the ledger or the log. */
export interface RawResponse extends RawBody {
  readonly httpStatus: number;
  /** Those that say something about the request, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The body of a response. */
export interface RawBody {
  /**
   * `stream`: the chunks of a stream put together as one completion. Its message lacks the texts and the tool calls:
   * the answer has them. `json`: one JSON value; `text`: how something begins that is no JSON.
   */
  readonly form: 'stream' | 'json' | 'text';
  readonly body: unknown;
  /** How many chunks it came in; undefined when it is no stream. */
  readonly chunks?: number;
}

/** What the message of a streamed answer said. */
export interface RawTexts {
  readonly content: string;
  readonly reasoning: string;
  readonly toolCalls: readonly { readonly name: string; readonly arguments: string }[];
}
