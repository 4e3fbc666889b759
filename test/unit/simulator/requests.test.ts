import assert from 'node:assert/strict';
import { ask, rawRequest, valueAt } from '../../support/simulator/client/rawClient';
import { maxBodyBytes } from '../../support/simulator/http/exchange';
import { type Simulator, startSimulator } from '../../support/simulator/index';

const key = 'sk-or-v1-test';

suite('simulator: requests it refuses', () => {
  let simulator: Simulator;
  const post = (body: unknown) => rawRequest(`${simulator.url}/chat/completions`, { key, body });

  suiteSetup(async () => {
    simulator = await startSimulator();
  });
  suiteTeardown(() => simulator.dispose());

  const user = { role: 'user', content: 'Hi' };
  const invalid: readonly (readonly [string, object, readonly (string | number)[]])[] = [
    ['no messages', {}, ['messages']],
    ['messages that are no list', { messages: 'Hi' }, ['messages']],
    ['a role nobody knows', { messages: [{ role: 'robot', content: 'Hi' }] }, ['messages', 0, 'role']],
    ['a message without content', { messages: [{ role: 'user' }] }, ['messages', 0, 'content']],
    ['a temperature beyond 2', { messages: [user], temperature: 3 }, ['temperature']],
    ['max_tokens of zero', { messages: [user], max_tokens: 0 }, ['max_tokens']],
    ['max_tokens as text', { messages: [user], max_tokens: '10' }, ['max_tokens']],
    ['stream as text', { messages: [user], stream: 'yes' }, ['stream']],
    ['a session id of 257 characters', { messages: [user], session_id: 'x'.repeat(257) }, ['session_id']],
  ];
  for (const [what, body, path] of invalid) {
    test(`${what} is refused by validation`, async () => {
      const { status, text } = await post({ model: 'openai/gpt-4o-mini', ...body });
      assert.equal(status, 400);
      const answer: unknown = JSON.parse(text);
      assert.equal(valueAt(answer, 'success'), false);
      assert.equal(valueAt(answer, 'error.name'), 'ZodError');
      const issues: unknown = JSON.parse(String(valueAt(answer, 'error.message')));
      assert.deepEqual(valueAt(issues, '0.path'), path);
    });
  }

  test('JSON that is none, an empty list and an unknown model are refused', async () => {
    assert.equal((await post('{"model":')).status, 400);
    assert.match((await post({ model: 'openai/gpt-4o-mini', messages: [] })).text, /Input required/);
    const unknown = await post(ask('no/such-model'));
    assert.equal(unknown.status, 400);
    const expected = { message: 'no/such-model is not a valid model ID', code: 400 };
    assert.deepEqual(valueAt(JSON.parse(unknown.text), 'error'), expected);
  });

  test('a prompt that does not fit the context is refused with the numbers', async () => {
    const { status, text } = await post(ask('openai/gpt-3.5-turbo', 'word '.repeat(17_000)));
    assert.equal(status, 400);
    assert.match(text, /maximum context length is 16385 tokens/);
    const withAnswer = await post(ask('openai/gpt-3.5-turbo', 'Hi', { max_tokens: 16_385 }));
    assert.match(withAnswer.text, /16385 in the output/);
  });

  test('a body beyond the limit is refused with 413', async () => {
    const { status } = await post(`"${'x'.repeat(maxBodyBytes)}"`);
    assert.equal(status, 413);
  });

  test('unknown paths get 404 and wrong methods 405, as JSON', async () => {
    for (const [path, status] of [
      ['/nothing', 404],
      ['/chat/completions', 405],
    ] as const) {
      const answer = await rawRequest(simulator.url + path, { key });
      assert.equal(answer.status, status);
      assert.equal(valueAt(JSON.parse(answer.text), 'error.code'), status);
    }
    assert.equal((await rawRequest(`${simulator.origin}/other`)).status, 404);
  });

  test('a browser may call it, but not with headers it does not name', async () => {
    const { status, headers } = await rawRequest(`${simulator.url}/chat/completions`, { method: 'OPTIONS' });
    assert.equal(status, 204);
    assert.equal(headers['access-control-allow-origin'], '*');
    const allowed = String(headers['access-control-allow-headers']).toLowerCase().split(',');
    assert.ok(allowed.includes('authorization') && allowed.includes('http-referer'));
    assert.ok(!allowed.includes('openai-beta'));
    const models = await rawRequest(`${simulator.url}/models`);
    assert.equal(models.headers['access-control-allow-origin'], '*');
  });
});
