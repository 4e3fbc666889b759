import assert from 'node:assert/strict';
import { ask, events, rawRequest, textOf, valueAt } from '../../support/simulator/client/rawClient';
import { faults, type Simulator, startSimulator } from '../../support/simulator/index';

const key = 'sk-or-v1-test';
const nowMs = Date.UTC(2026, 6, 15, 13);

/** Status, a piece of the message, and headers that must be there. */
const replies: Readonly<Record<string, readonly [number, RegExp, Readonly<Record<string, string>>?]>> = {
  '400': [400, /Provider returned error/],
  '400-context': [400, /maximum context length is 8192 tokens/],
  '400-model': [400, /simulator\/400-model is not a valid model ID/],
  '400-validation': [400, /expected array/],
  '401': [401, /User not found\./],
  '401-missing': [401, /Missing Authentication header/],
  '402': [402, /Insufficient credits/],
  '402-afford': [402, /can only afford 250\./],
  '402-in-flight': [402, /in progress/, { 'retry-after': '1' }],
  '402-key-limit': [402, /Key limit exceeded/],
  '403': [403, /permission/],
  '403-moderation': [403, /flagged/],
  '403-key-limit': [403, /Key limit exceeded \(total limit\)/],
  '403-guardrail': [403, /guardrail/],
  '403-budget': [403, /Budget limit exceeded/],
  '404': [404, /No endpoints found for simulator\/404\./],
  '404-suggests': [404, /no longer available/],
  '404-data-policy': [404, /data policy/],
  '404-tools': [404, /support tool use/],
  '408': [408, /timed out/],
  '412': [412, /Precondition/],
  '413': [413, /too large/],
  '422': [422, /Unprocessable/],
  '429': [429, /Provider returned error/, { 'retry-after': '1' }],
  '429-no-retry-after': [429, /Provider returned error/],
  '429-account': [429, /limit_rpm/, { 'x-ratelimit-reset': String(nowMs + 60_000) }],
  '429-free-minute': [429, /free-models-per-min/, { 'x-ratelimit-reset': String(nowMs + 60_000) }],
  '429-free-day': [429, /free-models-per-day/, { 'x-ratelimit-reset': String(Date.UTC(2026, 6, 16)) }],
  '500': [500, /Internal Server Error/],
  '502': [502, /Provider returned error/],
  '503': [503, /No provider is available/],
  '504': [504, /timeout/],
  '524': [524, /timed out/],
  '529': [529, /overloaded/],
  html: [200, /Sign in/, { 'content-type': 'text/html; charset=UTF-8' }],
  'html-502': [502, /Bad Gateway/, { 'content-type': 'text/html; charset=UTF-8' }],
  'bad-json': [200, /"mess$/, { 'content-type': 'application/json' }],
  'empty-body': [200, /^$/],
  'error-in-200': [200, /Provider returned error/],
  'zero-code': [200, /"code":0/],
};

suite('simulator: faults instead of an answer', () => {
  let simulator: Simulator;
  const post = (body: unknown, headers = {}) =>
    rawRequest(`${simulator.url}/chat/completions`, { key, body, headers });

  setup(async () => {
    simulator = await startSimulator({ now: () => nowMs });
  });
  teardown(() => simulator.dispose());

  test('every such fault has an expectation here', () => {
    const names = faults.filter(fault => fault.kind === 'reply').map(fault => fault.name);
    assert.deepEqual(names.toSorted(), Object.keys(replies).toSorted());
    assert.equal(new Set(faults.map(fault => fault.name)).size, faults.length);
    assert.ok(faults.every(fault => /\w/.test(fault.description) && !fault.description.includes('\n')));
  });

  for (const [name, [status, message, headers = {}]] of Object.entries(replies)) {
    test(`${name} answers ${status} and bills nothing`, async () => {
      const answer = await post(ask(`simulator/${name}`, 'Hi', { max_tokens: 4096 }));
      assert.equal(answer.status, status);
      assert.match(answer.text, message);
      for (const [header, value] of Object.entries(headers)) assert.equal(answer.headers[header], value);
      assert.equal(simulator.bill.entries.length, 0);
      if (
        status >= 400 &&
        answer.headers['content-type'] === 'application/json' &&
        name !== '400-validation'
      ) {
        const body = JSON.parse(answer.text);
        assert.equal(valueAt(body, 'error.code') ?? valueAt(body, 'error.http_status'), status);
      }
    });
  }

  test('429-no-retry-after and 503 name no delay', async () => {
    for (const name of ['429-no-retry-after', '503']) {
      const answer = await post(ask(`simulator/${name}`));
      assert.equal(answer.headers['retry-after'], undefined);
    }
  });

  test('parameters change what a fault says', async () => {
    assert.equal((await post(ask('simulator/429:7'))).headers['retry-after'], '7');
    assert.equal((await post(ask('simulator/503:3'))).headers['retry-after'], '3');
    assert.match((await post(ask('simulator/402-afford:99'))).text, /can only afford 99\./);
    assert.match((await post(ask('simulator/403-key-limit:daily'))).text, /\(daily limit\)/);
  });

  test('a header and a queued step work with any model', async () => {
    const byHeader = await post(ask('openai/gpt-4o-mini'), { 'x-simulator-fault': '429;9' });
    assert.equal(byHeader.status, 429);
    assert.equal(byHeader.headers['retry-after'], '9');
    simulator.next('503');
    assert.equal((await post(ask('openai/gpt-4o-mini'))).status, 503);
    assert.equal((await post(ask('openai/gpt-4o-mini'))).status, 200);
  });

  test('queued steps are used in order, each by its own endpoint', async () => {
    simulator.next('500');
    simulator.next({ status: 418, body: { tea: true } });
    simulator.next('503', 'models');
    assert.equal((await rawRequest(`${simulator.url}/models`)).status, 503);
    assert.equal((await rawRequest(`${simulator.url}/models`)).status, 200);
    assert.equal((await post(ask('openai/gpt-4o-mini'))).status, 500);
    const second = await post(ask('openai/gpt-4o-mini'));
    assert.equal(second.status, 418);
    assert.deepEqual(JSON.parse(second.text), { tea: true });
  });

  test('unknown names are refused: by next with a throw, on the wire with 400', async () => {
    assert.throws(() => simulator.next('no-such-fault'), /no-such-fault/);
    const answer = await post(ask('simulator/no-such-fault'));
    assert.equal(answer.status, 400);
    assert.match(answer.text, /simulator\/no-such-fault is not a valid model ID/);
  });

  test('flaky faults fail so many times, succeed, and start again', async () => {
    const statuses = async (model: string, tries: number): Promise<readonly number[]> => {
      const seen: number[] = [];
      for (let index = 0; index < tries; index++) seen.push((await post(ask(model))).status);
      return seen;
    };
    assert.deepEqual(await statuses('simulator/flaky-502', 4), [502, 200, 502, 200]);
    assert.deepEqual(await statuses('simulator/flaky-429:2', 4), [429, 429, 200, 429]);
    assert.equal(
      textOf((await post(ask('simulator/flaky-cut+echo', 'one two three four five six'))).text),
      'one two three four five',
    );
  });

  test('reset breaks the connection before any answer', async () => {
    await assert.rejects(post(ask('simulator/reset')), { code: 'ECONNRESET' });
  });

  test('faults concern every endpoint they are queued for', async () => {
    const paths = { key: '/key', generation: '/generation?id=gen-1', credits: '/credits' } as const;
    for (const endpoint of ['key', 'generation', 'credits'] as const) {
      simulator.next('html-502', endpoint);
      const answer = await rawRequest(simulator.url + paths[endpoint], { key });
      assert.equal(answer.status, 502);
      assert.equal(answer.headers['content-type'], 'text/html; charset=UTF-8');
    }
  });

  test('an error inside a stream names the failure in its last event', async () => {
    const { text, status } = await post(ask('simulator/error-mid:3+echo', 'one two three four'));
    assert.equal(status, 200);
    const last = events(text).at(-1);
    assert.equal(valueAt(last, 'error.code'), 502);
    assert.equal(valueAt(last, 'choices.0.finish_reason'), 'error');
    assert.equal(textOf(text), 'one two three');
  });
});
