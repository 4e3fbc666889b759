import { createHash, randomBytes } from 'node:crypto';
import { isRecord } from '../http/exchange';
import { accountId, errorReply, type Reply } from '../http/reply';
import type { Simulation } from '../simulation';
import type { KeySettings } from './keys';

interface Grant {
  readonly challenge: string;
  readonly method: string;
  readonly expiresAtMs: number;
  /** Of the key to be made. */
  readonly settings: KeySettings;
}

type GrantRequest = Omit<Grant, 'expiresAtMs'>;

const lifetimeMs = 10 * 60_000;

/** Codes of the sign-in page: good once, for ten minutes. */
export class OneTimeCodes {
  private readonly grants = new Map<string, Grant>();

  issue(request: GrantRequest, nowMs: number): string {
    const code = `auth_code_${randomBytes(12).toString('hex')}`;
    this.grants.set(code, { ...request, expiresAtMs: nowMs + lifetimeMs });
    return code;
  }

  /** The grant when `verifier` and `method` fit what the code was issued for. Any try uses the code up. */
  redeem(code: string, verifier: string, method: string | undefined, nowMs: number): Grant | undefined {
    const grant = this.grants.get(code);
    this.grants.delete(code);
    if (!grant || nowMs >= grant.expiresAtMs) return undefined;
    if (grant.challenge === '') return verifier === '' ? grant : undefined;
    if (method !== undefined && method !== grant.method) return undefined;
    const proof = grant.method === 'plain' ? verifier : toChallenge(verifier);
    return proof === grant.challenge ? grant : undefined;
  }
}

const toChallenge = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

const refused = (status: number, message: string): Reply => errorReply(status, message, { anonymous: true });

/** A challenge as it must look, or why it does not. */
function readChallenge(challenge: string, method: string): Reply | undefined {
  if (method !== 'S256' && method !== 'plain') return refused(400, 'Invalid code_challenge_method');
  const isHash = /^[\w-]{43}$/.test(challenge);
  if (method === 'S256' && challenge !== '' && !isHash) return refused(400, 'Invalid code_challenge');
  return undefined;
}

/**
 * `GET /auth`: goes back with a code; without a callback the code is shown. A browser gets a page where somebody allows
 * or denies it, whose links name the `decision`; everybody else has allowed it by asking.
 */
export function handleSignIn(simulation: Simulation, query: URLSearchParams, accept = ''): Reply {
  const challenge = query.get('code_challenge') ?? '';
  const callback = query.get('callback_url');
  const method = query.get('code_challenge_method') ?? 'plain';
  const objection = readChallenge(challenge, method);
  if (objection) return objection;
  if (!callback && !challenge) return refused(400, 'code_challenge is required');
  if (callback && !URL.canParse(callback)) return refused(400, 'Invalid callback_url');
  const limit = query.get('limit');
  if (limit !== null && !(Number(limit) > 0)) return refused(400, 'Invalid limit');
  const decision = query.get('decision') ?? (accept.includes('text/html') ? undefined : 'allow');
  if (callback && decision === undefined) return htmlPage(decisionLinks(query, limit));
  if (callback && decision !== 'allow') {
    const target = new URL(callback);
    // The state does not come back with a refusal.
    target.searchParams.set('error', 'access_denied');
    return { status: 302, headers: { location: target.href }, body: '' };
  }
  const settings = limit === null ? {} : { limitUsd: limit, limitReset: null };
  const code = simulation.codes.issue({ challenge, method, settings }, simulation.now());
  if (!callback) {
    return htmlPage(`<p>Your code: <code id="code">${code}</code></p>`);
  }
  const target = new URL(callback);
  target.searchParams.set('code', code);
  const state = query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return { status: 302, headers: { location: target.href }, body: '' };
}

function decisionLinks(query: URLSearchParams, limit: string | null): string {
  const link = (decision: string, text: string): string => {
    const address = new URLSearchParams([...query, ['decision', decision]]);
    return `<a id="${decision}" href="/auth?${address.toString().replaceAll('&', '&amp;')}">${text}</a>`;
  };
  // A number by now.
  const cap = limit === null ? 'no limit' : `a limit of $${Number(limit)}`;
  return `<p>A new key with ${cap}? ${link('allow', 'Allow')} ${link('deny', 'Deny')}</p>`;
}

const htmlPage = (content: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: `<!DOCTYPE html><title>Simulator</title>${content}`,
});

/** `POST /auth/keys/code`: a code from an account that is signed in already. */
export function createCode(simulation: Simulation, body: unknown): Reply {
  const fields = isRecord(body) ? body : {};
  const text = (name: string): string | undefined =>
    typeof fields[name] === 'string' ? fields[name] : undefined;
  const callback = text('callback_url') ?? '';
  if (!URL.canParse(callback)) return refused(400, 'Invalid callback_url');
  const challenge = text('code_challenge') ?? '';
  const method = text('code_challenge_method') ?? 'plain';
  const objection = readChallenge(challenge, method);
  if (objection) return objection;
  const reset = ['daily', 'weekly', 'monthly'] as const;
  const settings: KeySettings = {
    ...(typeof fields.limit === 'number' && {
      limitUsd: String(fields.limit),
      limitReset: reset.find(period => period === fields.usage_limit_type) ?? null,
    }),
    ...(text('expires_at') && { expiresAt: text('expires_at') }),
  };
  const nowMs = simulation.now();
  const id = simulation.codes.issue({ challenge, method, settings }, nowMs);
  return { status: 200, body: { data: { id, app_id: 1, created_at: new Date(nowMs).toISOString() } } };
}

/** `POST /auth/keys`: a code and its verifier for a key. */
export function exchangeCode(simulation: Simulation, body: unknown): Reply {
  const fields = isRecord(body) ? body : {};
  const method = fields.code_challenge_method ?? undefined;
  if (method !== undefined && method !== 'S256' && method !== 'plain') {
    return refused(400, 'Invalid code_challenge_method');
  }
  if (typeof fields.code !== 'string') return refused(400, 'code is required');
  const verifier = typeof fields.code_verifier === 'string' ? fields.code_verifier : '';
  const grant = simulation.codes.redeem(fields.code, verifier, method, simulation.now());
  if (!grant) return refused(403, 'Invalid code or code_verifier');
  const key = `sk-or-v1-oauth-${randomBytes(24).toString('hex')}`;
  simulation.keys.set(key, grant.settings);
  return { status: 200, body: { key, user_id: accountId } };
}
