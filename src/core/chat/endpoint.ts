/** Where and as whom to call OpenRouter. */
export interface Endpoint {
  /** Checked and without a trailing slash, e.g. `https://openrouter.ai/api/v1`. */
  readonly baseUrl: string;
  /** The only origin `apiKey` may be sent to. */
  readonly origin: string;
  /** Undefined: none is stored for this origin. */
  readonly apiKey?: string;
  /** Empty text: the header is not sent. */
  readonly attribution: { readonly referer: string; readonly title: string };
  readonly noBytesMs: number;
  readonly noDataMs: number;
}
