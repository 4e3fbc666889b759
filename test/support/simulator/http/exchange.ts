import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** One request as it arrived. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the query, e.g. `/api/v1/chat/completions`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; `undefined` when there was no body or it was not JSON. */
  readonly body: unknown;
  readonly rawBody: string;
  /** By the simulator's clock, when the whole request had arrived. */
  readonly arrivedAtMs: number;
}

/** A request under way. */
export interface Exchange {
  readonly recorded: RecordedRequest;
  readonly response: ServerResponse;
  /** Aborted when the client goes away or the simulator is disposed before the answer is complete. */
  readonly gone: AbortSignal;
}

/** Larger bodies are refused with 413, as the real edge does. */
export const maxBodyBytes = 32 * 1024 * 1024;

/** `undefined` when the body is too large; the rest of it is read and dropped. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= maxBodyBytes) parts.push(part);
  }
  return size > maxBodyBytes ? undefined : Buffer.concat(parts).toString('utf8');
}

/** `undefined` for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
