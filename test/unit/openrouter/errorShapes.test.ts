import assert from 'node:assert/strict';
import { Redactor } from '../../../src/core/base/redact';
import type { Failure, Obstacle } from '../../../src/core/chat/failure';
import { describeCallFailure, describeFailure } from '../../../src/core/chat/failureText';
import { provesNothingRan } from '../../../src/core/chat/nothingRan';
import { type FailureContext, failureOfError, refusalOf } from '../../../src/openrouter/failures';
import { retryDelayMs } from '../../../src/openrouter/request/retry';
import { createAccountClient, createCatalogue } from '../../../src/openrouter/rest';
import { fastestCpuMs } from '../../support/cpuTime';
import { answeredWith, connectTo, endingOf, joinText, testKey } from '../../support/openrouter/chatCalls';
import { reply, ScriptedServer } from '../../support/openrouter/scriptedServer';

const nowMs = Date.UTC(2027, 0, 1);
const context: FailureContext = { redactor: new Redactor([testKey]), nowMs };

function refuse(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  more: Partial<FailureContext> = {},
): Failure {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return refusalOf({ status, headers: new Headers(headers), body: text }, { ...context, ...more }).failure;
}

const sentence = (failure: Failure): string => describeFailure(failure, 'acme/m1').sentence;
const raw = (text: unknown) =>
  refuse(400, { error: { code: 400, message: 'Provider returned error', metadata: { raw: text } } });

suite('errors of every shape', () => {
  test('in a list', () => {
    const inList = { error: { code: 400, message: 'Unknown name "store".', status: 'INVALID_ARGUMENT' } };
    const failure = refuse(400, [inList]);
    assert.equal(failure.kind, 'badRequest');
    assert.equal(failure.detail, 'Unknown name "store".');
    assert.match(sentence(failure), /Unknown name "store"/);
    assert.equal(refuse(429, [inList]).kind, 'rateLimited');
    assert.equal(refuse(400, [{ message: 'one' }, { message: 'two' }]).detail, 'one; two');
    assert.equal(refuse(400, [[{ error: 'deep' }]]).detail, 'deep');
    assert.equal(refuse(400, ['plain words']).detail, 'plain words');
    assert.equal(refuse(400, []).kind, 'badRequest');
  });

  test('with words elsewhere than in error.message', () => {
    const said = 'temperature must be below 2';
    for (const body of [
      { error: [{ message: said }] },
      { error: { message: [said], code: 400 } },
      { error: { error: { message: said } } },
      { error: { error: { error: { msg: said } } } },
      { errors: [{ message: said }] },
      { errors: [said] },
      { error: { errors: [{ detail: said }] } },
      { detail: said },
      { detail: { message: said } },
      { msg: said },
      { code: 20012, msg: said, data: null },
      { error: 'Bad Request', message: said, statusCode: 400 },
      { error: 'invalid_request', error_description: said },
      { success: false, message: said },
      { title: said, status: 400 },
      { error: { message: { error: { message: said } } } },
    ]) {
      assert.equal(refuse(400, body).detail, said, JSON.stringify(body));
    }
  });

  test('as lists of problems, each with the place it is about', () => {
    const fields = { detail: [{ loc: ['body', 'messages'], msg: 'field required', type: 'missing' }] };
    assert.equal(refuse(422, fields).detail, 'messages: field required');
    assert.equal(refuse(422, fields).kind, 'unprocessable');
    const byField = { errors: { temperature: ['must be below 2'], seed: 'must be whole' } };
    assert.equal(refuse(400, byField).detail, 'temperature: must be below 2; seed: must be whole');
    const many = { detail: Array.from({ length: 50 }, (_, index) => ({ msg: `problem ${index}` })) };
    assert.equal(refuse(422, many).detail?.split('; ').length, 5);
  });

  test('where error is only true', () => {
    const failure = refuse(403, { error: true, message: 'This key may not be used from your region' });
    assert.equal(failure.kind, 'forbidden');
    assert.match(sentence(failure), /This key may not be used from your region/);
    assert.equal(refuse(400, { error: 1, msg: 'words' }).detail, 'words');
    assert.equal(refuse(500, { error: true, detail: 'words' }).kind, 'serverError');
    assert.equal(refuse(429, { error: true }).kind, 'rateLimited');
  });

  test('with text around the JSON of the provider', () => {
    assert.equal(raw('data: {"error":{"message":"must contain json"}}').detail, 'must contain json');
    assert.equal(raw('event: error\ndata: {"error":{"message":"stopped"}}\n\n').detail, 'stopped');
    assert.equal(raw('{"error":{"message":"bad tool"}} (request id: abc)').detail, 'bad tool');
    assert.equal(raw('{"error":{"message":"bad tool"}}{"trace":"x"}').detail, 'bad tool');
    assert.equal(raw({ __kind: 'OK', data: '{"error":{"message":"in data"}}' }).detail, 'in data');
    assert.equal(raw('[{"error":{"message":"in a list"}}]').detail, 'in a list');
    assert.equal(raw('{"message":"cut off in the mid').detail, 'cut off in the mid');
    assert.equal(raw('{"a":1}').detail, 'Provider returned error');
    assert.equal(refuse(400, 'data: {"error":{"message":"of a stream"}}\n\n').detail, 'of a stream');
  });

  test('as a page: its title, without a tag', () => {
    const page = (title: string) =>
      `<html><head>${title}</head><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>`;
    assert.equal(raw(page('<title>502 Bad Gateway</title>')).detail, '502 Bad Gateway');
    assert.equal(raw(page('')).detail, '502 Bad Gateway nginx');
    assert.equal(refuse(524, page('<title id="t">A timeout</title>')).detail, 'A timeout');
  });

  test('never show JSON', () => {
    for (const body of [
      { error: { a: { b: 1 } } },
      { error: { message: '{"code":5}' } },
      { error: {} },
      { a: [{ b: 'c' }] },
      '{"a":1}',
      'Upstream said: {"x":[1,2]}',
      { error: { message: 'x', metadata: { raw: '{"x":{"y":"z"}}' } } },
    ]) {
      assert.doesNotMatch(sentence(refuse(400, body)), /[{}[\]]/, JSON.stringify(body));
    }
  });

  test('on one line, without ids that help nobody', () => {
    for (const [said, shown] of [
      ['no access for user_3D0IVsejFIV6kOYwkxFE9nKiq0g here', 'no access for … here'],
      ['org_2abcDEF9 and team-4f6a8b0c', '… and …'],
      ['Key 0123456789abcdef0123456789abcdef is off', 'Key … is off'],
      ['job 123e4567-e89b-12d3-a456-426614174000 failed', 'job … failed'],
      ['try again (request id: 2024072510422562564674066306279)', 'try again'],
      ['failed, request_id=req-77', 'failed,'],
      ['one\r\n[error] two\u2028three', 'one [error] two three'],
      ['the request id is missing', 'the request id is missing'],
      ['set user_preferences and key_name', 'set user_preferences and key_name'],
    ]) {
      assert.equal(refuse(400, { error: { message: said } }).detail, shown);
    }
  });

  test('in a 200, as a whole body without an error field', async () => {
    const words = 'Resource has been exhausted (e.g. check quota).';
    const quota = endingOf(
      await answeredWith(JSON.stringify({ code: 429, message: words, details: 'RESOURCE_EXHAUSTED' })),
    );
    assert.equal(quota.outcome, 'failed');
    assert.equal(quota.failure?.kind, 'rateLimited');
    const told = describeFailure(quota.failure ?? { kind: 'unknown' }, 'acme/m1');
    assert.match(told.sentence, /Resource has been exhausted/);
    assert.ok(told.actions.includes('retry'));
    for (const [body, kind] of [
      [{ code: 1302, message: 'Rate limit reached' }, 'rateLimited'],
      [{ type: 'error', message: 'no luck' }, 'unknown'],
      [{ detail: 'CUDA out of memory' }, 'unknown'],
      [{ errors: [{ message: 'no luck' }] }, 'unknown'],
      [[{ error: { code: 503, message: 'busy' } }], 'overloaded'],
      [{ success: false, message: 'no luck' }, 'badRequest'],
      [{ statusCode: 500, message: 'no luck' }, 'serverError'],
    ] as const) {
      const { outcome, failure } = endingOf(await answeredWith(JSON.stringify(body)));
      assert.deepEqual([outcome, failure?.kind], ['failed', kind], JSON.stringify(body));
      assert.ok(failure?.detail);
    }
  });
});

suite('the cause of an error', () => {
  test('is its HTTP status, whatever number the vendor gives it', () => {
    const body = { error: { code: 1302, message: 'Rate limit reached for requests' } };
    const refusal = refusalOf(
      { status: 429, headers: new Headers({ 'retry-after': '2' }), body: JSON.stringify(body) },
      context,
    );
    assert.equal(refusal.failure.kind, 'rateLimited');
    assert.equal(refusal.failure.httpStatus, 429);
    assert.equal(
      retryDelayMs(refusal, 1, () => 0),
      2000,
    );
    assert.equal(provesNothingRan(refusal.failure), true);
    assert.equal(refuse(503, { error: { code: 20_000, message: 'x' } }).kind, 'overloaded');
    assert.equal(refuse(400, { code: 500, msg: 'x' }).kind, 'badRequest');
    assert.equal(refuse(401, { error: { code: '429', message: 'x' } }).kind, 'unauthorized');
    assert.equal(failureOfError({ code: 1302, message: 'x' }, context).httpStatus, undefined);
    assert.equal(failureOfError({ code: 529, message: 'x' }, context).kind, 'overloaded');
  });

  test('shows that nothing ran where a server refused with a status that nobody knows', () => {
    for (const status of [300, 404, 405, 409, 410, 418, 451, 499]) {
      for (const body of [
        '',
        '<html>no</html>',
        { error: { code: 77, message: 'no' } },
        { detail: 'Not Found' },
      ]) {
        const failure = refuse(status, body);
        assert.equal(provesNothingRan(failure), true, `${status} ${failure.kind}`);
        assert.equal(provesNothingRan({ ...failure, generationId: 'gen-1' }), false);
      }
    }
    for (const status of [500, 501, 502, 503, 599]) {
      assert.equal(provesNothingRan(refuse(status, { error: { message: 'no' } })), false, `${status}`);
    }
    assert.equal(provesNothingRan(failureOfError({ message: 'no' }, context)), false);
  });

  test('is known by the vendor’s own name for it where there is no status', () => {
    for (const [error, kind] of [
      [{ type: 'overloaded_error', message: 'x' }, 'overloaded'],
      [{ status: 'RESOURCE_EXHAUSTED', message: 'x' }, 'rateLimited'],
      [{ type: 'error', error: { type: 'invalid_request_error', message: 'x' } }, 'badRequest'],
      [{ code: 'internal_server_error', message: 'x' }, 'serverError'],
      [{ message: 'Too Many Requests' }, 'rateLimited'],
    ] as const) {
      assert.equal(failureOfError(error, context).kind, kind, JSON.stringify(error));
    }
  });

  test('is that prompt and answer do not fit, by code or by anybody’s wording', () => {
    for (const said of [
      'input length and `max_tokens` exceed context limit: 190000 + 21333 > 200000, decrease input length',
      'The input token count (1200000) exceeds the maximum number of tokens allowed (1048575).',
      "This model's maximum context length is 8192 tokens. However, your messages resulted in 8545 tokens.",
      'prompt is too long: 208310 tokens > 200000 maximum',
      "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
      'Input is too long for requested model.',
      'Range of input length should be [1, 30720]',
      'Your request exceeded model token limit: 262144',
      'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
      'the request exceeds the available context size. try increasing the context size',
      '`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000',
    ]) {
      for (const body of [
        { error: { code: 400, message: said } },
        {
          error: {
            code: 400,
            message: 'Provider returned error',
            metadata: { raw: JSON.stringify({ message: said }) },
          },
        },
        [{ error: { message: said } }],
      ]) {
        const failure = refuse(400, body);
        assert.equal(failure.kind, 'contextTooLong', said);
        assert.ok(describeFailure(failure, 'acme/m1').actions.includes('openMaxTokensSetting'));
      }
      assert.equal(refuse(422, { detail: said }).kind, 'contextTooLong');
    }
    const coded = { error: { code: 'context_length_exceeded', message: 'no' } };
    assert.equal(refuse(400, coded).kind, 'contextTooLong');
    assert.equal(raw(JSON.stringify(coded)).kind, 'contextTooLong');
    assert.equal(failureOfError(coded.error, context).kind, 'contextTooLong');
    // Tokens per minute are another matter.
    const perMinute = 'Request too large on tokens per minute (TPM): Limit 6000, Requested 7000';
    assert.equal(refuse(429, { error: { message: perMinute } }).kind, 'rateLimited');
    assert.equal(refuse(400, { error: { message: 'temperature is too long' } }).kind, 'badRequest');
  });

  test('is the key’s own limit where a 402 points at the page of the keys', () => {
    const more = 'This request requires more credits, or fewer max_tokens. You requested up to 32000 tokens';
    const keys =
      'To increase, visit https://openrouter.ai/settings/keys and create a key with a higher limit';
    for (const said of [
      `${more}, but can only afford 0. ${keys}`,
      `Prompt tokens limit exceeded: 230799 > 91442. ${keys}`,
      `More credits are required to run this request. ${keys}`,
      'Raise it at https://openrouter.ai/workspaces/my-team/keys/0123456789abcdef01234567',
    ]) {
      const failure = refuse(402, { error: { code: 402, message: said } });
      assert.equal(failure.kind, 'keyLimit', said);
      const { actions } = describeFailure(failure, 'acme/m1');
      assert.ok(!actions.includes('openCredits'));
      assert.equal(actions[0], 'openKeySettings');
    }
    const partly = refuse(402, { error: { message: `${more}, but can only afford 2000. ${keys}` } });
    assert.equal(partly.affordableTokens, 2000);
    assert.ok(describeFailure(partly, 'acme/m1').actions.includes('retryWithFewerTokens'));
    const credits = `${more}, but can only afford 3919. To increase, visit https://openrouter.ai/settings/credits`;
    assert.equal(refuse(402, { error: { message: credits } }).kind, 'answerTooExpensive');
  });

  test('of several amounts that can be paid, the smallest counts, with a margin', () => {
    const afford = (tokens: number) =>
      `You requested up to 65536 tokens, but can only afford ${tokens}. Go on.`;
    const previous = [5365, 5050, 4668].map(tokens => ({ code: 402, message: afford(tokens) }));
    const tokensOf = (message: string, previous_errors: unknown) =>
      refuse(402, { error: { code: 402, message, metadata: { previous_errors } } }).affordableTokens;
    assert.equal(tokensOf(afford(3395), previous), 3225);
    assert.equal(tokensOf(afford(9000), previous), 4434);
    assert.equal(tokensOf(afford(9000), [{ raw: JSON.stringify({ error: { message: afford(100) } }) }]), 95);
    assert.equal(tokensOf(afford(9000), []), 9000);
    assert.equal(tokensOf(afford(9000), [{ message: afford(16) }]), undefined);
  });

  test('is not the key where region, terms, age or app stand in the way', () => {
    const cases: readonly (readonly [Obstacle | undefined, unknown])[] = [
      ['region', { error: { code: 403, message: 'Country, region, or territory not supported' } }],
      [
        'region',
        {
          error: {
            message: 'x',
            metadata: { raw: '{"error":{"code":"unsupported_country_region_territory","message":"no"}}' },
          },
        },
      ],
      ['region', { error: { message: 'x', availability: { code: 'region_restricted' } } }],
      ['region', { error: { message: 'User location is not supported for the API use.' } }],
      [
        'terms',
        { error: { message: 'The request is prohibited due to a violation of provider Terms Of Service.' } },
      ],
      ['terms', { error: { message: 'Accept the terms of this model first' } }],
      [
        'age',
        { error: { message: 'Confirm it first', metadata: { missing_attestation_types: ['age_18plus'] } } },
      ],
      ['age', { error: { message: 'no', details: [{ reason: 'RESTRICTED_AGE' }] } }],
      [
        'terms',
        { error: { message: 'Confirm it first', metadata: { missing_attestation_types: ['other'] } } },
      ],
      ['app', { error: { message: 'This model is not enabled for this app.' } }],
      ['managementKey', { error: { message: 'Management keys cannot be used for inference' } }],
      [undefined, { error: { message: 'Not permitted' } }],
    ];
    for (const [obstacle, body] of cases) {
      const failure = refuse(403, body);
      assert.deepEqual([failure.kind, failure.obstacle], ['forbidden', obstacle], JSON.stringify(body));
      const { sentence: told, actions } = describeFailure(failure, 'acme/m1');
      assert.equal(/with this key/.test(told), obstacle === undefined);
      assert.equal(actions.includes('openKeySettings'), obstacle === undefined);
    }
  });

  test('is an overload where a page comes from the edge of OpenRouter’s own host', () => {
    const page = '<!DOCTYPE html><html><head><title>502</title></head><body>Bad gateway</body></html>';
    const edge = { 'cf-ray': '8a1b2c', server: 'cloudflare' };
    const own = { isOwnHost: true };
    for (const status of [500, 502, 503, 504, 520]) {
      assert.equal(refuse(status, page, edge, own).kind, 'overloaded');
      assert.equal(refuse(status, `${page}<!-- Cloudflare -->`, {}, own).kind, 'overloaded');
    }
    // A proxy of the company in between, another host, a login page.
    assert.equal(refuse(502, page, {}, own).kind, 'notOpenRouter');
    assert.equal(refuse(502, page, edge).kind, 'notOpenRouter');
    assert.equal(refuse(403, page, edge, own).kind, 'notOpenRouter');
    assert.equal(refuse(200, page, edge, own).kind, 'notOpenRouter');
  });
});

suite('waits that a server asks for', () => {
  const waitOf = (headers: Record<string, string>, error: object = {}) =>
    refuse(429, { error: { code: 429, message: 'slow down', ...error } }, headers).retryAfterMs;

  test('are never in the past', () => {
    for (const text of ['-1', '2026-01-01', 'Thu, 31 Dec 2026 00:00:00 GMT', '-60', 'NaN', 'Infinity', '']) {
      const refusal = refusalOf(
        { status: 429, headers: new Headers({ 'retry-after': text }), body: '{"error":{"message":"x"}}' },
        context,
      );
      assert.equal(refusal.failure.retryAfterMs, undefined, text);
      assert.equal(
        retryDelayMs(refusal, 1, () => 0),
        undefined,
      );
    }
    assert.equal(waitOf({ 'x-ratelimit-reset': '-5' }), undefined);
    assert.equal(waitOf({}, { metadata: { retry_after_seconds: -3 } }), undefined);
    assert.equal(waitOf({ 'retry-after': '9'.repeat(300) }), undefined);
  });

  test('of no time at all still let the server breathe', () => {
    const refusal = { failure: { kind: 'rateLimited', retryAfterMs: 0 } } as const;
    assert.ok((retryDelayMs(refusal, 1, () => 0) ?? 0) >= 250);
  });

  test('are read from every place', () => {
    assert.equal(waitOf({ 'retry-after-ms': '1500' }), 1500);
    assert.equal(waitOf({ 'x-ratelimit-reset': String(nowMs + 4000) }), 4000);
    assert.equal(waitOf({ 'x-ratelimit-reset': String(nowMs / 1000 + 4) }), 4000);
    assert.equal(waitOf({}, { metadata: { retry_after_seconds: 2.5 } }), 2500);
    assert.equal(waitOf({}, { metadata: { headers: { 'Retry-After': '5' } } }), 5000);
    assert.equal(waitOf({}, { availability: { retry_after: 6 } }), 6000);
    assert.equal(waitOf({}, { retry_after: '7' }), 7000);
    assert.equal(waitOf({}, { retry_after_ms: 800 }), 800);
    assert.equal(waitOf({}, { details: [{ '@type': 'RetryInfo', retryDelay: '34.5s' }] }), 34_500);
    assert.equal(waitOf({}, { message: 'Limit reached. Please try again in 20s.' }), 20_000);
    assert.equal(waitOf({}, { message: 'Please try again in 1m30.5s' }), 90_500);
    assert.equal(waitOf({}, { message: 'Please retry after 3 seconds' }), 3000);
    assert.equal(waitOf({}, { message: 'Please wait for 250 ms' }), 250);
    assert.equal(waitOf({}, { message: 'Please wait' }), undefined);
    assert.equal(waitOf({ 'retry-after': '1' }, { message: 'try again in 20s' }), 1000);
  });
});

suite('a call that is about no model', () => {
  test('fails with a sentence of its own', async () => {
    for (const body of [
      { error: { code: 404, message: 'x' } },
      { error: 'No such route' },
      { error: { code: 405, message: 'x' } },
    ]) {
      const server = await ScriptedServer.start(reply(404, { 'content-type': 'application/json' }, body));
      const { signal } = new AbortController();
      const key = await createAccountClient(connectTo(server.baseUrl)).key(signal);
      const models = await createCatalogue(connectTo(server.baseUrl)).list(signal);
      const generation = await createAccountClient(connectTo(server.baseUrl)).generation('gen-1', signal);
      await server.stop();
      assert.ok(!key.ok && !models.ok);
      assert.match(
        describeCallFailure(key.failure, 'the key check'),
        /^This server does not offer the key check \(HTTP 404\)\. It said: “/,
      );
      assert.doesNotMatch(describeFailure(models.failure, 'the list').sentence, /provider/i);
      assert.deepEqual(generation, { ok: true, value: undefined });
    }
  });

  for (const [status, body] of [
    [404, { error: { code: 404, message: 'No endpoints found for this' } }],
    [404, { error: { code: 'model_not_found', message: 'The model key does not exist' } }],
    [404, { error: { message: 'No endpoints match your data policy' } }],
    [405, { error: { message: 'Use POST' } }],
    [410, { error: 'gone' }],
    [501, { errors: ['later'] }],
  ] as const) {
    test(`is about that call, whatever a gateway's ${status} says: ${JSON.stringify(body)}`, async () => {
      const fetch = async () => new Response(JSON.stringify(body), { status });
      const key = await createAccountClient(connectTo('http://127.0.0.1:9', { fetch })).key(
        new AbortController().signal,
      );
      assert.ok(!key.ok);
      const told = describeCallFailure(key.failure, 'the key check');
      const [ours = '', words] = told.split(' It said: ');
      assert.match(ours, /the key check.*\(HTTP \d+\)\.$/);
      assert.doesNotMatch(ours, /model|provider|privacy/i);
      assert.ok(words);
    });
  }

  test('never speaks of a model or a provider', () => {
    for (const kind of [
      'badRequest',
      'forbidden',
      'rateLimited',
      'timeout',
      'serverError',
      'providerUnavailable',
      'overloaded',
      'emptyAnswer',
      'stalled',
      'unprocessable',
      'payloadTooLarge',
      'unknown',
      'outOfCredits',
    ] as const) {
      const told = describeCallFailure({ kind, httpStatus: 500, retryAfterMs: 1000 }, 'the key check');
      assert.doesNotMatch(told, /model|provider|undefined/i, kind);
      assert.match(told, /^[A-Z].*\.$/);
    }
  });
});

suite('an error within a stream', () => {
  const text = (content: string, finish: string | null = null) =>
    `data: ${JSON.stringify({ id: 'gen-1', choices: [{ delta: { content }, finish_reason: finish }] })}\n\n`;
  const half = text('The first half of the ans');

  test('is an error although it has no error field, and half an answer is never complete', async () => {
    for (const [event, words] of [
      ['data: {"detail":"CUDA out of memory"}\n\n', /CUDA out of memory/],
      ['data: {"message":"Internal failure"}\n\n', /Internal failure/],
      ['data: {"code":500,"message":"gone"}\n\n', /gone/],
      ['data: {"type":"error","message":"gone"}\n\n', /gone/],
      ['data: {"errors":["gone"]}\n\n', /gone/],
      ['data: [{"error":{"message":"gone"}}]\n\n', /gone/],
      ['event: error\ndata: {"reason":"gone"}\n\n', /gone/],
      ['event: error\ndata: all gone\n\n', /all gone/],
      ['data: upstream connect error\n\n', /upstream connect error/],
    ] as const) {
      for (const end of ['data: [DONE]\n\n', '']) {
        const events = await answeredWith(half + event + end);
        const { outcome, failure } = endingOf(events);
        assert.equal(outcome, 'failed', event);
        assert.match(failure?.detail ?? '', words);
        assert.match(sentence(failure ?? { kind: 'unknown' }), words);
        assert.equal(joinText(events, 'text'), 'The first half of the ans');
      }
    }
  });

  test('is known by the name of its event', async () => {
    const event = 'event: error\ndata: {"type":"error","message":"Overloaded","code":529}\n\n';
    const { outcome, failure } = endingOf(await answeredWith(text('Hello') + event));
    assert.deepEqual([outcome, failure?.kind, failure?.detail], ['failed', 'overloaded', 'Overloaded']);
    const named = 'event: error\ndata: {"error":{"type":"overloaded_error","message":"Busy"}}\n\n';
    assert.equal(endingOf(await answeredWith(text('Hello') + named)).failure?.kind, 'overloaded');
  });

  test('that only looked like one does not fail an answer that went on to its end', async () => {
    const heartbeat = 'data: {"message":"still working"}\n\n';
    const whole = await answeredWith(`${half}${heartbeat}${text('wer', 'stop')}data: [DONE]\n\n`);
    assert.equal(endingOf(whole).outcome, 'completed');
    const early = await answeredWith(`${heartbeat}${half}data: [DONE]\n\n`);
    assert.equal(endingOf(early).outcome, 'completed');
    const status = await answeredWith(`${half}data: {"message":"ok"}\n\n${text('wer', 'stop')}`);
    assert.equal(endingOf(status).outcome, 'completed');
  });

  test('is none where a server sends an empty one with everything', async () => {
    for (const error of [null, '', false, {}, []]) {
      const chunk = { id: 'gen-1', error, choices: [{ delta: { content: 'Hi' }, finish_reason: 'stop' }] };
      const { outcome } = endingOf(await answeredWith(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`));
      assert.equal(outcome, 'completed', JSON.stringify(error));
    }
  });
});

suite('a hostile error', () => {
  const long = 1_000_000;
  for (const words of [
    `flagged ${'violates '.repeat(long / 9)}`,
    `workspace ${'budget '.repeat(long / 7)}`,
    'violates the '.repeat(long / 13),
    'model '.repeat(long / 6),
    ' '.repeat(long),
    '{'.repeat(long),
    '['.repeat(long),
    '"message":"'.repeat(long / 11),
    '<title'.repeat(long / 6),
    '<'.repeat(long),
    'user_'.repeat(long / 5),
    'request id '.repeat(long / 11),
    'try again in '.repeat(long / 13),
    'can only afford '.repeat(long / 16),
    'data: '.repeat(long / 6),
    '0123456789abcdef'.repeat(long / 16),
    'sk-or-'.repeat(long / 6),
  ]) {
    test(`takes no longer than its length asks for: ${words.slice(0, 18)}…`, () => {
      for (const body of [
        words,
        JSON.stringify({ error: { code: 403, message: words, metadata: { raw: words } } }),
        JSON.stringify({ error: { message: JSON.stringify({ error: { message: words } }) } }),
        `<html>${words}`,
      ]) {
        for (const status of [400, 402, 403, 404, 429, 502]) {
          const tookMs = fastestCpuMs(() => refuse(status, body));
          assert.ok(tookMs < 50, `${status}: ${tookMs} ms`);
        }
      }
    }).timeout(60_000);
  }

  test('nested without end is read to a bound', () => {
    let nested: unknown = { message: 'deep' };
    for (let depth = 0; depth < 5000; depth++) nested = { error: nested, errors: [nested] };
    assert.ok(fastestCpuMs(() => failureOfError(nested, context)) < 50);
  });

  test('leaves no half of a key where its words are cut', () => {
    for (const length of [100, 480, 490, 15_990, 16_000, 64_000]) {
      for (const wrap of ['', '<b>']) {
        const said = `${wrap.repeat(4)}${'x'.repeat(length)} ${testKey} ${'y'.repeat(length)}`;
        const told = JSON.stringify(
          refuse(400, { error: { message: said, metadata: { raw: `${said}${testKey}` } } }),
        );
        assert.doesNotMatch(told, /0123456789|abcdef01/);
      }
    }
  });
});
