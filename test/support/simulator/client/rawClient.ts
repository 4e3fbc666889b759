import { request } from 'node:http';

/** An answer as it came off the socket. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As received, one per read. */
  readonly pieces: readonly Buffer[];
  readonly bytes: Buffer;
  readonly text: string;
  /** False when the connection broke before the body was complete. */
  readonly complete: boolean;
}

export interface RawRequest {
  readonly method?: string;
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Called with all bytes so far; true closes the connection. */
  readonly leaveWhen?: (received: Buffer) => boolean;
}

/** A request without any client library in between. Rejects when no HTTP answer comes. */
export function rawRequest(url: string, options: RawRequest = {}): Promise<RawAnswer> {
  const { body, key, leaveWhen } = options;
  const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: options.method ?? (payload === undefined ? 'GET' : 'POST'),
      agent: false,
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(payload !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', response => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => {
        pieces.push(piece);
        if (leaveWhen?.(Buffer.concat(pieces))) outgoing.destroy();
      });
      response.on('error', () => undefined);
      response.on('close', () => {
        const bytes = Buffer.concat(pieces);
        const { statusCode: status = 0, headers, complete } = response;
        resolve({ status, headers, pieces, bytes, text: bytes.toString('utf8'), complete });
      });
    });
    outgoing.end(payload);
  });
}

/** What lies at a path like `choices.0.delta.content`; `undefined` when something on the way is missing. */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null
          ? (inner as Readonly<Record<string, unknown>>)[name]
          : undefined,
      value,
    );
}

/** JSON of the data events of a stream, `[DONE]` left out. */
export function events(text: string): readonly Record<string, unknown>[] {
  return text
    .split(/\r?\n/)
    .filter(line => line.startsWith('data:'))
    .map(line => line.slice('data:'.length).trim())
    .filter(data => data !== '[DONE]')
    .map(data => JSON.parse(data) as Record<string, unknown>);
}

/** The answer's text, reasoning left out. */
export const textOf = (stream: string): string =>
  events(stream)
    .map(event => valueAt(event, 'choices.0.delta.content') ?? '')
    .join('');

/** A streaming chat request. */
export const ask = (model: string, content = 'Explain: const a = 1', more: object = {}) => ({
  model,
  stream: true,
  messages: [{ role: 'user', content }],
  ...more,
});
