import { createHash, randomBytes } from 'node:crypto';
import { isRecord } from '../http/exchange';
import { accountId, errorReply, type Reply } from '../http/reply';

interface Grant {
  readonly challenge: string;
  readonly method: string;
  readonly expiresAtMs: number;
}

const lifetimeMs = 10 * 60_000;

/** Codes of the sign-in page: good once, for ten minutes. */
export class OneTimeCodes {
  private readonly grants = new Map<string, Grant>();

  issue(challenge: string, method: string, nowMs: number): string {
    const code = `auth_code_${randomBytes(12).toString('hex')}`;
    this.grants.set(code, { challenge, method, expiresAtMs: nowMs + lifetimeMs });
    return code;
  }

  /** True when `verifier` fits what the code was issued for. Uses the code up. */
  redeem(code: string, verifier: string, nowMs: number): boolean {
    const grant = this.grants.get(code);
    this.grants.delete(code);
    if (!grant || nowMs >= grant.expiresAtMs) return false;
    if (grant.challenge === '') return true;
    return grant.challenge === (grant.method === 'plain' ? verifier : toChallenge(verifier));
  }
}

const toChallenge = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** `GET /auth`: says yes at once and goes back with a code; without a callback the code is shown. */
export function handleSignIn(codes: OneTimeCodes, query: URLSearchParams, nowMs: number): Reply {
  const challenge = query.get('code_challenge') ?? '';
  const callback = query.get('callback_url');
  const method = query.get('code_challenge_method') ?? 'plain';
  if (method !== 'S256' && method !== 'plain')
    return errorReply(400, 'Invalid code_challenge_method', { anonymous: true });
  if (!callback && !challenge) return errorReply(400, 'code_challenge is required', { anonymous: true });
  if (callback && !URL.canParse(callback))
    return errorReply(400, 'Invalid callback_url', { anonymous: true });
  const code = codes.issue(challenge, method, nowMs);
  if (!callback) {
    const page = `<!DOCTYPE html><title>Simulator</title><p>Your code: <code id="code">${code}</code></p>`;
    return { status: 200, headers: { 'content-type': 'text/html; charset=UTF-8' }, body: page };
  }
  const target = new URL(callback);
  target.searchParams.set('code', code);
  const state = query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return { status: 302, headers: { location: target.href }, body: '' };
}

/** `POST /auth/keys`: a code and its verifier for a key. */
export function exchangeCode(codes: OneTimeCodes, body: unknown, nowMs: number): Reply {
  const fields = isRecord(body) ? body : {};
  const method = fields.code_challenge_method;
  if (method !== undefined && method !== null && method !== 'S256' && method !== 'plain') {
    return errorReply(400, 'Invalid code_challenge_method', { anonymous: true });
  }
  if (typeof fields.code !== 'string') return errorReply(400, 'code is required', { anonymous: true });
  const verifier = typeof fields.code_verifier === 'string' ? fields.code_verifier : '';
  if (!codes.redeem(fields.code, verifier, nowMs)) {
    return errorReply(403, 'Invalid code or code_verifier', { anonymous: true });
  }
  const key = `sk-or-v1-oauth-${randomBytes(24).toString('hex')}`;
  return { status: 200, body: { key, user_id: accountId } };
}
