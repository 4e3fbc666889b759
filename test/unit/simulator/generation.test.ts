import assert from 'node:assert/strict';
import { trafficSources } from '../../support/openrouter/traffic';
import { ask, rawRequest, valueAt } from '../../support/simulator/client/rawClient';
import { type Simulator, startSimulator } from '../../support/simulator/index';

const key = 'sk-or-v1-test';

suite('simulator: /generation', () => {
  let simulator: Simulator;
  let nowMs: number;
  const look = (id: string, withKey: string | undefined = key) =>
    rawRequest(`${simulator.url}/generation?id=${id}`, { key: withKey });
  const post = (body: unknown, headers = {}) =>
    rawRequest(`${simulator.url}/chat/completions`, { key, body, headers });

  setup(async () => {
    nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);
    simulator = await startSimulator({ now: () => nowMs });
  });
  teardown(() => simulator.dispose());

  test('404 in the first second after the answer, then what the bill says', async () => {
    const headers = { 'http-referer': 'https://example.com', 'user-agent': 'tester' };
    const { headers: sent } = await post(ask('openai/gpt-5-mini', 'Hi', { session_id: 's1' }), headers);
    const id = String(sent['x-generation-id']);
    nowMs += 999;
    const early = await look(id);
    assert.equal(early.status, 404);
    assert.deepEqual(JSON.parse(early.text), { error: { message: `Generation ${id} not found`, code: 404 } });
    nowMs += 1;
    const late = await look(id);
    assert.equal(late.status, 200);
    const data = valueAt(JSON.parse(late.text), 'data');
    const entry = simulator.bill.get(id);
    assert.ok(entry);
    assert.equal(valueAt(data, 'total_cost'), Number(entry.costUsd));
    assert.equal(valueAt(data, 'usage'), Number(entry.costUsd));
    assert.equal(valueAt(data, 'native_tokens_prompt'), entry.tokens.prompt);
    assert.equal(valueAt(data, 'native_tokens_completion'), entry.tokens.completion);
    assert.equal(valueAt(data, 'native_tokens_reasoning'), entry.tokens.reasoning);
    assert.equal(valueAt(data, 'model'), 'openai/gpt-5-mini-2025-08-07');
    assert.equal(valueAt(data, 'provider_name'), 'OpenAI');
    assert.equal(valueAt(data, 'finish_reason'), 'stop');
    assert.equal(valueAt(data, 'cancelled'), false);
    assert.equal(valueAt(data, 'streamed'), true);
    assert.equal(valueAt(data, 'origin'), 'https://example.com');
    assert.equal(valueAt(data, 'user_agent'), 'tester');
    assert.equal(valueAt(data, 'session_id'), 's1');
    assert.equal(valueAt(data, 'created_at'), '2026-01-02T03:04:05.000Z');
  });

  test('the wait can be set', async () => {
    const patient = await startSimulator({ now: () => nowMs, generationDelayMs: 5000 });
    try {
      const { headers } = await rawRequest(`${patient.url}/chat/completions`, {
        key,
        body: ask('openai/gpt-4o-mini'),
      });
      const url = `${patient.url}/generation?id=${headers['x-generation-id']}`;
      nowMs += 4999;
      assert.equal((await rawRequest(url, { key })).status, 404);
      nowMs += 1;
      assert.equal((await rawRequest(url, { key })).status, 200);
    } finally {
      await patient.dispose();
    }
  });

  test('an answer under way is not known yet; an aborted one is, later', async () => {
    const ended = new Promise(resolve => {
      simulator.onDidEndStream(resolve);
    });
    let during: Promise<number> | undefined;
    const answer = await rawRequest(`${simulator.url}/chat/completions`, {
      key,
      body: ask('simulator/stall-comments:3,1'),
      leaveWhen: received => {
        const id = /"id":"(gen-[^"]+)"/.exec(received.toString('utf8'))?.[1];
        if (id) during ??= look(id).then(({ status }) => status);
        return received.toString('utf8').split('"content"').length > 3;
      },
    });
    await ended;
    assert.equal(await during, 404);
    nowMs += 1000;
    const { text } = await look(String(answer.headers['x-generation-id']));
    const data = valueAt(JSON.parse(text), 'data');
    assert.equal(valueAt(data, 'cancelled'), true);
    assert.equal(valueAt(data, 'finish_reason'), null);
    assert.equal(valueAt(data, 'native_tokens_completion'), 3);
  });

  test('no key, a wrong key, no id and an unknown id are refused', async () => {
    assert.equal((await rawRequest(`${simulator.url}/generation?id=gen-1`)).status, 401);
    assert.equal((await look('gen-1', 'sk-or-v1-bad')).status, 401);
    assert.equal((await rawRequest(`${simulator.url}/generation`, { key })).status, 400);
    assert.equal((await look('gen-1')).status, 404);
  });

  test('a request that failed before generating never becomes known', async () => {
    const { headers } = await post(ask('simulator/502'));
    assert.equal(headers['x-generation-id'], undefined);
    nowMs += 10_000;
    assert.equal(simulator.bill.entries.length, 0);
  });

  test('the fields are those of recorded answers', async () => {
    const { headers } = await post(ask('openai/gpt-4o-mini'));
    nowMs += 1000;
    const { text } = await look(String(headers['x-generation-id']));
    const own = Object.keys(valueAt(JSON.parse(text), 'data') as object);
    const recorded = trafficSources.flatMap(({ traffic }) => traffic.recordings);
    for (const { name, response } of recorded.filter(({ kind }) => kind === 'generation')) {
      const fields = Object.keys(valueAt(JSON.parse(response.body), 'data') as object);
      assert.deepEqual(
        fields.filter(field => !own.includes(field)),
        [],
        name,
      );
    }
  });
});
