import type { ServerResponse } from 'node:http';

/** A whole HTTP answer. Objects go out as JSON; text and bytes as they are. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body: unknown;
}

/** What OpenRouter's edge adds to everything it sends. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Generation-Id,X-Provider-Name,cf-ray',
  'referrer-policy': 'no-referrer, strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  server: 'cloudflare',
};

export interface ErrorDetails {
  readonly headers?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Errors after the key was recognised name the account. */
  readonly anonymous?: boolean;
}

export const accountId = 'user_simulator';
export const workspaceId = '00000000-0000-4000-8000-000000000001';

/** OpenRouter's error shape: `error.code` repeats the status. */
export function errorReply(status: number, message: string, details: ErrorDetails = {}): Reply {
  const { metadata, headers, anonymous } = details;
  return {
    status,
    ...(headers && { headers }),
    body: {
      error: { message, code: status, ...(metadata && { metadata }) },
      ...(!anonymous && { user_id: accountId }),
    },
  };
}

/** The error shape of its request validation, which has neither code nor account. */
export function validationReply(issues: readonly Readonly<Record<string, unknown>>[]): Reply {
  return {
    status: 400,
    body: { success: false, error: { name: 'ZodError', message: JSON.stringify(issues, null, 2) } },
  };
}

export function send(response: ServerResponse, reply: Reply): void {
  const isRaw = typeof reply.body === 'string' || Buffer.isBuffer(reply.body);
  const bytes = Buffer.isBuffer(reply.body)
    ? reply.body
    : Buffer.from(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  response.writeHead(reply.status, {
    ...commonHeaders,
    ...(!isRaw && { 'content-type': 'application/json' }),
    'content-length': String(bytes.length),
    ...(reply.headers as Record<string, string | string[]> | undefined),
  });
  response.end(bytes);
}
