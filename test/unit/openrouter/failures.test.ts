import assert from 'node:assert/strict';
import { Redactor } from '../../../src/core/base/redact';
import type { Failure, FailureKind } from '../../../src/core/chat/failure';
import { createChatClient } from '../../../src/openrouter/chat';
import {
  type FailureContext,
  failureOfError,
  failureOfThrown,
  refusalOf,
} from '../../../src/openrouter/failures';
import { createAccountClient, createCatalogue } from '../../../src/openrouter/rest';
import { collect, connectTo, endingOf, patientOptions, testKey } from '../../support/openrouter/chatCalls';
import { reply, ScriptedServer } from '../../support/openrouter/scriptedServer';

const nowMs = Date.UTC(2027, 0, 1);
const context: FailureContext = { redactor: new Redactor([testKey]), nowMs };

function refuse(status: number, body: unknown, headers: Record<string, string> = {}): Failure {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return refusalOf({ status, headers: new Headers(headers), body: text }, context).failure;
}

const kindOf = (status: number, message: string, metadata = {}, more = {}): FailureKind =>
  refuse(status, { error: { code: status, message, metadata, ...more } }).kind;

suite('failures', () => {
  test('go by the error type before the status', () => {
    assert.equal(kindOf(400, '', { error_type: 'context_length_exceeded' }), 'contextTooLong');
    assert.equal(kindOf(400, '', { error_type: 'max_tokens_exceeded' }), 'contextTooLong');
    assert.equal(kindOf(500, '', { error_type: 'authentication' }), 'unauthorized');
    assert.equal(kindOf(400, '', { error_type: 'provider_overloaded' }), 'overloaded');
    assert.equal(kindOf(403, '', { error_type: 'content_policy_violation' }), 'moderation');
    assert.equal(kindOf(400, '', { error_type: 'refusal' }), 'moderation');
    assert.equal(kindOf(404, '', { error_type: 'image_not_found' }), 'badRequest');
    assert.equal(kindOf(500, '', { error_type: 'timeout' }), 'timeout');
  });

  test('go by the status when the type is new', () => {
    for (const [status, kind] of [
      [401, 'unauthorized'],
      [408, 'timeout'],
      [412, 'unprocessable'],
      [413, 'payloadTooLarge'],
      [422, 'unprocessable'],
      [500, 'serverError'],
      [502, 'providerUnavailable'],
      [503, 'overloaded'],
      [504, 'timeout'],
      [524, 'timeout'],
      [529, 'overloaded'],
      [418, 'unknown'],
    ] as const) {
      assert.equal(kindOf(status, 'words', { error_type: 'invented_tomorrow' }), kind);
    }
  });

  test('tell the four reasons of a 402 apart', () => {
    assert.equal(kindOf(402, 'Insufficient credits'), 'outOfCredits');
    assert.equal(kindOf(402, '', { limit_source: 'openrouter_credits' }), 'outOfCredits');
    assert.equal(kindOf(402, '', { limit_source: 'openrouter_key_limit' }), 'keyLimit');
    assert.equal(kindOf(402, '', { limit_source: 'openrouter_in_flight_budget' }), 'inFlightBudget');
    assert.equal(kindOf(402, '', { reason: 'weight_exceeds_budget' }), 'answerTooExpensive');
    const afford = refuse(402, {
      error: {
        code: 402,
        message:
          'This request requires more credits, or fewer max_tokens. You requested up to 4096 tokens, but can only afford 1337.',
      },
    });
    assert.equal(afford.kind, 'answerTooExpensive');
    assert.equal(afford.affordableTokens, 1337);
  });

  test('take a balance for hardly a word of answer as no credits, not as a limit to retry with', () => {
    const refusedWith = (affordable: number) => {
      const message = `This request requires more credits, or fewer max_tokens. You requested up to 4096 tokens, but can only afford ${affordable}.`;
      const { kind, affordableTokens } = refuse(402, { error: { code: 402, message } });
      return [kind, affordableTokens];
    };
    assert.deepEqual(refusedWith(0), ['outOfCredits', undefined]);
    assert.deepEqual(refusedWith(15), ['outOfCredits', undefined]);
    assert.deepEqual(refusedWith(16), ['answerTooExpensive', 16]);
  });

  test('do not take a reached limit for a bad key', () => {
    assert.equal(kindOf(403, 'Key limit exceeded (daily limit). Manage it.'), 'keyLimit');
    assert.equal(kindOf(403, 'Budget limit exceeded'), 'keyLimit');
    assert.equal(kindOf(403, '', { limit_source: 'openrouter_guardrail_budget' }), 'keyLimit');
    assert.equal(kindOf(403, '', { limit_source: 'openrouter_workspace_budget' }), 'keyLimit');
    assert.equal(kindOf(403, 'Not permitted'), 'forbidden');
    assert.equal(kindOf(403, 'x', { reasons: ['violence'] }), 'moderation');
  });

  test('say whose limit was reached', () => {
    const limitOf = (status: number, message: string, metadata = {}) =>
      refuse(status, { error: { code: status, message, metadata } }).limit;
    assert.equal(limitOf(429, 'x', { limit_source: 'upstream_provider_shared_pool' }), 'provider');
    assert.equal(limitOf(429, 'Provider returned error', { raw: 'slow down' }), 'provider');
    assert.equal(limitOf(429, 'Rate limit exceeded: limit_rpm/a/b. '), 'account');
    assert.equal(limitOf(429, 'x', { headers: { 'X-RateLimit-Limit': '20' } }), 'account');
    assert.equal(limitOf(429, 'Rate limit exceeded: free-models-per-min. '), 'freePerMinute');
    assert.equal(limitOf(429, 'Rate limit exceeded: free-models-per-day. '), undefined);
    assert.equal(limitOf(429, 'Rate limit exceeded: free-models-per-day-high-balance. '), 'freePerDayRaised');
    assert.equal(limitOf(429, 'Too many requests'), undefined);
    assert.equal(limitOf(403, '', { limit_source: 'openrouter_guardrail_budget' }), 'guardrail');
    assert.equal(limitOf(403, 'Budget limit exceeded'), 'guardrail');
    assert.equal(limitOf(402, '', { limit_source: 'openrouter_workspace_budget' }), 'workspace');
    const workspace = 'Workspace monthly budget of $500.00 exceeded. Contact your workspace admin.';
    assert.equal(kindOf(403, workspace), 'keyLimit');
    assert.equal(limitOf(403, workspace), 'workspace');
    assert.equal(limitOf(403, 'Key limit exceeded (total limit)'), undefined);
    assert.equal(limitOf(502, 'x', { raw: 'down' }), undefined);
  });

  test('pass on the models that are suggested instead, at most five and without a key', () => {
    const suggested = (fallback_models: unknown) =>
      refuse(404, { error: { message: 'x', http_status: 404, availability: { fallback_models } } })
        .fallbackModels;
    assert.deepEqual(suggested(['a/b', 7, '', null, `c/${testKey}`]), ['a/b', 'c/sk-or-…']);
    assert.equal(suggested(Array.from({ length: 9 }, (_, index) => `a/${index}`))?.length, 5);
    assert.deepEqual(suggested(['a/b:batch', 'a/b']), ['a/b']);
    assert.equal(suggested(['a/b:batch']), undefined);
    assert.equal(suggested([]), undefined);
    assert.equal(suggested('a/b'), undefined);
  });

  test('say which 404 it is', () => {
    assert.equal(
      kindOf(404, 'No endpoints found matching your data policy (Paid model training)'),
      'dataPolicy',
    );
    assert.equal(kindOf(404, '', {}, { availability: { code: 'privacy_restricted' } }), 'dataPolicy');
    assert.equal(kindOf(404, '', {}, { availability: { code: 'model_not_found' } }), 'modelNotFound');
    assert.equal(kindOf(404, 'No endpoints found for a/b.'), 'noEndpoint');
    assert.equal(
      kindOf(404, 'No endpoints found that satisfy the max price for this request'),
      'noEndpointAtPrice',
    );
    assert.equal(kindOf(404, 'No endpoints found that satisfy max_price.'), 'noEndpointAtPrice');
    assert.equal(kindOf(404, 'model a/b not found'), 'modelNotFound');
    assert.equal(refuse(404, { detail: 'Not Found' }).kind, 'notOpenRouter');
    assert.equal(refuse(404, 'page not found').kind, 'notOpenRouter');
  });

  test('know when free requests return', () => {
    const reset = nowMs + 3_600_000;
    const failure = refuse(
      429,
      { error: { code: 429, message: 'Rate limit exceeded: free-models-per-day-high-balance. ' } },
      { 'x-ratelimit-reset': String(reset) },
    );
    assert.equal(failure.kind, 'freeDailyLimit');
    assert.equal(failure.retryAfterMs, 3_600_000);
    assert.equal(kindOf(429, '', { limit_source: 'upstream_provider_shared_pool' }), 'rateLimited');
  });

  test('read Retry-After wherever it stands, and no nonsense', () => {
    const after = (headers: Record<string, string>, metadata = {}) =>
      refuse(429, { error: { code: 429, message: 'x', metadata } }, headers).retryAfterMs;
    assert.equal(after({ 'retry-after': '2' }), 2000);
    assert.equal(after({ 'retry-after': '0.5' }), 500);
    assert.equal(after({ 'retry-after': 'Fri, 01 Jan 2027 00:01:00 GMT' }), 60_000);
    // A moment that is past asks for no wait at all, which is not the same as asking for none.
    assert.equal(after({ 'retry-after': 'Thu, 31 Dec 2026 00:00:00 GMT' }), undefined);
    assert.equal(after({}, { retry_after_seconds: 4 }), 4000);
    assert.equal(after({}, { headers: { 'Retry-After': '5' } }), 5000);
    assert.equal(after({ 'retry-after': 'soon' }), undefined);
    assert.equal(after({ 'x-ratelimit-reset': String(nowMs - 1) }), undefined);
    assert.equal(after({}), undefined);
  });

  test('take what is no answer of OpenRouter for what it is', () => {
    const page = '<!DOCTYPE html><html><body>Sign in</body></html>';
    for (const status of [301, 307, 401, 403, 404, 500, 502, 503]) {
      assert.deepEqual(refuse(status, page), { kind: 'notOpenRouter', httpStatus: status });
    }
    // Only its own edge sends these, as pages.
    assert.equal(refuse(524, page).kind, 'timeout');
    assert.equal(refuse(429, page).kind, 'rateLimited');
    assert.equal(refuse(413, page).kind, 'payloadTooLarge');
    assert.equal(refuse(503, 'upstream connect error').detail, 'upstream connect error');
    assert.equal(refuse(401, '').kind, 'unauthorized');
  });

  test('unpack the provider’s reason from whatever it is wrapped in', () => {
    const reason = (raw: unknown) =>
      refuse(400, { error: { code: 400, message: 'Provider returned error', metadata: { raw } } }).detail;
    assert.equal(reason('plain words'), 'plain words');
    assert.equal(reason('{"error":{"message":"deep"}}'), 'deep');
    assert.equal(reason('{"error":"flat","code":"x"}'), 'flat');
    assert.equal(reason('{"detail":"fast"}'), 'fast');
    assert.equal(reason({ message: 'an object' }), 'an object');
    assert.equal(reason('prefix: {"message":"tail"}'), 'prefix: tail');
    assert.equal(reason('{"error":{"message":"{\\"error\\":{\\"message\\":\\"twice\\"}}"}}'), 'twice');
    assert.equal(reason('broken {"error":'), 'broken {"error":');
    assert.equal(reason(''), 'Provider returned error');
    assert.equal(reason(17), 'Provider returned error');
    assert.equal(reason([]), 'Provider returned error');
  });

  test('bear every shape of error', () => {
    for (const error of [
      null,
      0,
      '',
      'words',
      [],
      {},
      { code: {} },
      { metadata: 'x' },
      { message: 5 },
      [[]],
    ]) {
      assert.ok(failureOfError(error, context).kind);
      assert.ok(refuse(500, { error }).kind);
    }
    assert.equal(failureOfError('words', context).detail, 'words');
    assert.equal(failureOfError({ code: 'server_error', message: 'x' }, context).kind, 'serverError');
    assert.equal(failureOfError({ code: '502', message: 'x' }, context).httpStatus, 502);
  });

  test('keep at most 500 characters of what the server said', () => {
    assert.equal(refuse(400, { error: { code: 400, message: 'x'.repeat(9000) } }).detail?.length, 500);
  });

  test('name what happened on the network', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), { code: 'ECONNREFUSED' });
    const failed = new TypeError('fetch failed', { cause: refused });
    const wrapped = new Error('Connection error.', { cause: failed });
    assert.deepEqual(failureOfThrown(wrapped, context), {
      kind: 'network',
      detail: 'connect ECONNREFUSED 127.0.0.1:9',
      neverLeft: true,
      network: 'refused',
    });
    const expired = Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' });
    assert.equal(failureOfThrown(expired, context).detail, 'CERT_HAS_EXPIRED: certificate has expired');
    const several = new TypeError('fetch failed', { cause: new AggregateError([refused]) });
    assert.match(failureOfThrown(several, context).detail ?? '', /ECONNREFUSED/);
    const silent = Object.assign(new Error('Headers Timeout Error'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
    assert.equal(failureOfThrown(new TypeError('fetch failed', { cause: silent }), context).kind, 'stalled');
    assert.deepEqual(failureOfThrown('nonsense', context), { kind: 'network' });
  });

  test('tell a request that never left from one that may have arrived', () => {
    const neverLeft = (code: string, syscall?: string) => {
      const cause = Object.assign(new Error('no'), { code, syscall });
      return failureOfThrown(new TypeError('fetch failed', { cause }), context).neverLeft;
    };
    for (const [code, syscall] of [
      ['ENOTFOUND', 'getaddrinfo'],
      ['ECONNREFUSED', 'connect'],
      ['ETIMEDOUT', 'connect'],
      ['ENETUNREACH', 'connect'],
      ['UND_ERR_CONNECT_TIMEOUT'],
      ['CERT_HAS_EXPIRED'],
      ['UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
      ['ERR_TLS_CERT_ALTNAME_INVALID'],
    ] as const) {
      assert.equal(neverLeft(code, syscall), true, code);
    }
    for (const [code, syscall] of [
      ['ECONNRESET', 'read'],
      ['EPIPE', 'write'],
      ['ETIMEDOUT', 'read'],
      ['UND_ERR_SOCKET'],
    ] as const) {
      assert.equal(neverLeft(code, syscall), undefined, code);
    }
  });
});

suite('a key', () => {
  const other = 'sk-or-v1-feedfacefeedface';
  const leaky = `bad key ${testKey} and ${other}`;

  test('is in no failure, wherever the server repeats it', async () => {
    const body = {
      error: {
        code: 400,
        message: leaky,
        metadata: {
          error_type: leaky,
          provider_name: leaky,
          raw: JSON.stringify({ error: { message: leaky } }),
        },
      },
    };
    const headers = {
      'content-type': 'application/json',
      'x-generation-id': leaky,
      'x-provider-name': leaky,
    };
    for (const status of [200, 400, 502]) {
      const server = await ScriptedServer.start(reply(status, headers, body));
      const connection = connectTo(server.baseUrl);
      const { signal } = new AbortController();
      const failures = [
        endingOf(await collect(createChatClient(connection, { ...patientOptions, clock: instant }))).failure,
        await createCatalogue(connection).list(signal),
        await createAccountClient(connection).key(signal),
        await createAccountClient(connection).generation('gen-1', signal),
      ];
      assert.doesNotMatch(JSON.stringify(failures), /0123456789abcdef|feedface/);
      assert.match(JSON.stringify(failures[0]), /bad key sk-or-…/);
      await server.stop();
    }
  });

  test('is in no failure of the network either', async () => {
    const thrown = new TypeError('fetch failed', { cause: new Error(`socket of ${testKey}`) });
    const connection = connectTo('http://127.0.0.1:9/api/v1', { fetch: () => Promise.reject(thrown) });
    const ending = endingOf(await collect(createChatClient(connection, patientOptions)));
    assert.deepEqual(ending.failure, { kind: 'network', detail: 'socket of sk-or-…' });
  });

  test('that does not look like one is still taken out', () => {
    const failure = refusalOf(
      { status: 401, headers: new Headers(), body: '{"error":{"code":401,"message":"no hunter2"}}' },
      { redactor: new Redactor(['hunter2']), nowMs },
    ).failure;
    assert.equal(failure.detail, 'no sk-or-…');
  });
});

/** Lets every wait pass at once; nothing stalls in these tests. */
const instant = {
  monotonicMs: () => 0,
  epochMs: () => nowMs,
  after(delayMs: number, callback: () => void) {
    if (delayMs >= 60_000) return () => {};
    const timer = setImmediate(callback);
    return () => clearImmediate(timer);
  },
  turn: () => Promise.resolve(),
};
