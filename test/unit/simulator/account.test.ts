import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { startOfPeriod } from '../../support/simulator/account/period';
import { ask, rawRequest, valueAt } from '../../support/simulator/client/rawClient';
import { type Simulator, startSimulator } from '../../support/simulator/index';

suite('simulator: keys', () => {
  let simulator: Simulator;
  let nowMs: number;
  const post = (key: string | undefined, body: unknown, headers = {}) =>
    rawRequest(`${simulator.url}/chat/completions`, { key, body, headers });
  const keyData = async (key: string): Promise<unknown> => {
    const { text } = await rawRequest(`${simulator.url}/key`, { key });
    return valueAt(JSON.parse(text), 'data');
  };

  setup(async () => {
    nowMs = Date.UTC(2026, 6, 15, 12);
    simulator = await startSimulator({
      now: () => nowMs,
      keys: { 'sk-or-v1-small': { limitUsd: '0.0001', limitReset: 'daily' } },
    });
  });
  teardown(() => simulator.dispose());

  test('any well-formed key works, and wrong ones say why not', async () => {
    const refusals = [
      [undefined, /No auth credentials found/],
      ['sk-or-v1-bad', /User not found\./],
      ['sk-or-v1-bad-and-more', /User not found\./],
      ['sk-or-v1-', /User not found\./],
      ['sk-or-v1-two words', /User not found\./],
      ['sk-ant-other', /User not found\./],
    ] as const;
    for (const [key, message] of refusals) {
      for (const path of ['/key', '/credits', '/models/user']) {
        const { status, text } = await rawRequest(simulator.url + path, { key });
        assert.equal(status, 401);
        assert.match(text, message);
      }
      assert.equal((await post(key, ask('openai/gpt-4o-mini'))).status, 401);
    }
    const basic = await post(undefined, ask('openai/gpt-4o-mini'), { authorization: 'Basic abc' });
    assert.match(basic.text, /Missing Authentication header/);
    assert.equal((await post('sk-or-v1-any', ask('openai/gpt-4o-mini'))).status, 200);
  });

  test('/key starts at zero and follows the bill', async () => {
    const key = 'sk-or-v1-abcdefgh123';
    const before = await keyData(key);
    assert.equal(valueAt(before, 'label'), 'sk-or-v1-abc...123');
    assert.equal(valueAt(before, 'usage'), 0);
    assert.equal(valueAt(before, 'limit'), 50);
    assert.equal(valueAt(before, 'limit_remaining'), 50);
    assert.equal(valueAt(before, 'is_management_key'), false);
    await post(key, ask('simulator/long-1000'));
    await post('sk-or-v1-somebody-else', ask('simulator/long-1000'));
    const { costUsd, costPico } = simulator.bill.entries[0] ?? {};
    const after = await keyData(key);
    for (const field of ['usage', 'usage_daily', 'usage_weekly', 'usage_monthly']) {
      assert.equal(valueAt(after, field), Number(costUsd), field);
    }
    assert.equal(valueAt(after, 'limit_remaining'), Number(50_000_000_000_000n - (costPico ?? 0n)) / 1e12);
  });

  test('days, weeks and months are UTC', async () => {
    const key = 'sk-or-v1-calendar';
    await post(key, ask('simulator/long-1000'));
    const cost = Number(simulator.bill.totalUsd());
    const fieldsAt = async (date: number): Promise<readonly unknown[]> => {
      nowMs = date;
      const data = await keyData(key);
      return ['usage_daily', 'usage_weekly', 'usage_monthly', 'usage'].map(field => valueAt(data, field));
    };
    assert.deepEqual(await fieldsAt(Date.UTC(2026, 6, 15, 23, 59)), [cost, cost, cost, cost]);
    assert.deepEqual(await fieldsAt(Date.UTC(2026, 6, 16)), [0, cost, cost, cost]);
    assert.deepEqual(await fieldsAt(Date.UTC(2026, 6, 20)), [0, 0, cost, cost]);
    assert.deepEqual(await fieldsAt(Date.UTC(2026, 7, 1)), [0, 0, 0, cost]);
  });

  test('weeks begin on Monday', () => {
    assert.equal(startOfPeriod('weekly', Date.UTC(2026, 6, 19, 23)), Date.UTC(2026, 6, 13));
    assert.equal(startOfPeriod('weekly', Date.UTC(2026, 6, 20)), Date.UTC(2026, 6, 20));
  });

  test('a key stops at its own limit and works again in the next period', async () => {
    const key = 'sk-or-v1-small';
    const body = ask('simulator/long-1000');
    assert.equal((await post(key, body)).status, 200);
    const refused = await post(key, body);
    assert.equal(refused.status, 403);
    assert.match(refused.text, /Key limit exceeded \(daily limit\)/);
    nowMs += 86_400_000;
    assert.equal((await post(key, body)).status, 200);
  });

  test('a capped key is refused, and /key still answers', async () => {
    const { status, text } = await post('sk-or-v1-capped', ask('openai/gpt-4o-mini'));
    assert.equal(status, 403);
    assert.match(text, /Key limit exceeded \(total limit\)/);
    assert.equal(valueAt(await keyData('sk-or-v1-capped'), 'limit_remaining'), 0);
  });

  test('a poor key can afford fewer answer tokens, free models and what it can afford', async () => {
    const tooMuch = await post('sk-or-v1-poor-250', ask('openai/gpt-4o-mini', 'Hi', { max_tokens: 4096 }));
    assert.equal(tooMuch.status, 402);
    assert.match(tooMuch.text, /You requested up to 4096 tokens, but can only afford 250\./);
    const limitless = await post('sk-or-v1-poor', ask('openai/gpt-4o-mini'));
    assert.match(limitless.text, /can only afford 1000\./);
    assert.equal(
      (await post('sk-or-v1-poor-250', ask('openai/gpt-4o-mini', 'Hi', { max_tokens: 250 }))).status,
      200,
    );
    assert.equal((await post('sk-or-v1-poor-250', ask('openrouter/free'))).status, 200);
  });

  test('a broke key reaches free models only', async () => {
    const { status, text } = await post('sk-or-v1-broke', ask('openai/gpt-4o-mini', 'Hi', { max_tokens: 1 }));
    assert.equal(status, 402);
    assert.match(text, /openrouter_credits/);
    assert.equal((await post('sk-or-v1-broke', ask('openrouter/free'))).status, 200);
  });

  test('a management key runs no inference and sees the credits; others do not', async () => {
    assert.equal((await post('sk-or-v1-management', ask('openai/gpt-4o-mini'))).status, 403);
    assert.equal(valueAt(await keyData('sk-or-v1-management'), 'is_management_key'), true);
    await post('sk-or-v1-any', ask('simulator/long-1000'));
    const { text } = await rawRequest(`${simulator.url}/credits`, { key: 'sk-or-v1-management' });
    const used = Number(simulator.bill.totalUsd());
    assert.deepEqual(JSON.parse(text), { data: { total_credits: 100, total_usage: used } });
    assert.equal((await rawRequest(`${simulator.url}/credits`, { key: 'sk-or-v1-any' })).status, 403);
  });

  test('a byok key pays the fee; its provider’s part is counted apart', async () => {
    await post('sk-or-v1-byok', ask('simulator/long-1000'));
    const [entry] = simulator.bill.entries;
    const data = await keyData('sk-or-v1-byok');
    assert.equal(valueAt(data, 'usage'), Number(entry?.costUsd));
    assert.equal(valueAt(data, 'byok_usage'), Number(entry?.upstreamUsd));
  });

  test('an uncapped key has no limit, a free-tier one says so', async () => {
    const data = await keyData('sk-or-v1-uncapped');
    assert.equal(valueAt(data, 'limit'), null);
    assert.equal(valueAt(data, 'limit_remaining'), null);
    assert.equal(valueAt(await keyData('sk-or-v1-freetier'), 'is_free_tier'), true);
  });

  test('/activity tells what was billed on whole days, for management keys', async () => {
    const look = async (query = '') => {
      const { text } = await rawRequest(`${simulator.url}/activity${query}`, { key: 'sk-or-v1-management' });
      return valueAt(JSON.parse(text), 'data') as readonly Record<string, unknown>[];
    };
    for (const key of ['sk-or-v1-one', 'sk-or-v1-two']) await post(key, ask('simulator/long-1000'));
    assert.deepEqual(await look(), []);
    nowMs += 86_400_000;
    const [row, ...others] = await look();
    assert.deepEqual(others, []);
    assert.deepEqual([row?.date, row?.requests], ['2026-07-15', 2]);
    assert.equal(row?.usage, Number(simulator.bill.totalUsd()));
    const hash = createHash('sha256').update('sk-or-v1-one').digest('hex');
    assert.equal((await look(`?api_key_hash=${hash}`))[0]?.requests, 1);
    assert.deepEqual(await look('?date=2026-07-14'), []);
    assert.equal((await rawRequest(`${simulator.url}/activity`, { key: 'sk-or-v1-any' })).status, 403);
  });

  test('/auth/key is /key by its old name', async () => {
    const { status } = await rawRequest(`${simulator.url}/auth/key`, { key: 'sk-or-v1-any' });
    assert.equal(status, 200);
  });
});

suite('simulator: signing in', () => {
  let simulator: Simulator;
  let nowMs: number;
  const verifier = 'a-verifier-of-some-length-0123456789-0123456789';
  const challenge = createHash('sha256').update(verifier).digest('base64url');

  setup(async () => {
    nowMs = 1_000_000;
    simulator = await startSimulator({ now: () => nowMs });
  });
  teardown(() => simulator.dispose());

  async function signIn(more: Readonly<Record<string, string>> = {}): Promise<URL> {
    const query = new URLSearchParams({
      callback_url: 'http://127.0.0.1:9/callback?keep=1',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...more,
    });
    const { status, headers } = await rawRequest(`${simulator.origin}/auth?${query}`);
    assert.equal(status, 302);
    return new URL(String(headers.location));
  }
  const redeem = (body: unknown) => rawRequest(`${simulator.url}/auth/keys`, { body });

  test('the page goes back with a code and the state, which buys a working key once', async () => {
    const back = await signIn({ state: 'xyz' });
    assert.equal(back.origin + back.pathname, 'http://127.0.0.1:9/callback');
    assert.equal(back.searchParams.get('keep'), '1');
    assert.equal(back.searchParams.get('state'), 'xyz');
    const body = {
      code: back.searchParams.get('code'),
      code_verifier: verifier,
      code_challenge_method: 'S256',
    };
    const { status, text } = await redeem(body);
    assert.equal(status, 200);
    const key = String(valueAt(JSON.parse(text), 'key'));
    assert.match(key, /^sk-or-v1-/);
    assert.equal((await rawRequest(`${simulator.url}/key`, { key })).status, 200);
    assert.equal((await redeem(body)).status, 403);
  });

  test('a wrong verifier and an old code are refused', async () => {
    const code = (await signIn()).searchParams.get('code');
    const wrong = await redeem({ code, code_verifier: 'another', code_challenge_method: 'S256' });
    assert.equal(wrong.status, 403);
    const late = (await signIn()).searchParams.get('code');
    nowMs += 600_000;
    assert.equal((await redeem({ code: late, code_verifier: verifier })).status, 403);
  });

  test('without a callback the code is shown; a challenge is needed then', async () => {
    const url = `${simulator.origin}/auth?code_challenge_method=S256`;
    const page = await rawRequest(`${url}&code_challenge=${challenge}`);
    const code = /id="code">([^<]+)</.exec(page.text)?.[1];
    assert.equal((await redeem({ code, code_verifier: verifier })).status, 200);
    assert.equal((await rawRequest(url)).status, 400);
  });

  test('the method must be that of the page, and a challenge needs its verifier', async () => {
    const other = (await signIn()).searchParams.get('code');
    const body = { code: other, code_verifier: verifier, code_challenge_method: 'plain' };
    assert.equal((await redeem(body)).status, 403);
    const bare = (await signIn()).searchParams.get('code');
    assert.equal((await redeem({ code: bare })).status, 403);
    const short = new URLSearchParams({ code_challenge: 'abc', code_challenge_method: 'S256' });
    assert.equal((await rawRequest(`${simulator.origin}/auth?${short}`)).status, 400);
  });

  test('the page can be asked for a key with a limit', async () => {
    const code = (await signIn({ limit: '2.5' })).searchParams.get('code');
    const { text } = await redeem({ code, code_verifier: verifier, code_challenge_method: 'S256' });
    const key = String(valueAt(JSON.parse(text), 'key'));
    const described = await rawRequest(`${simulator.url}/key`, { key });
    assert.equal(valueAt(JSON.parse(described.text), 'data.limit'), 2.5);
  });

  test('a browser is asked first; a denial comes back without code and state', async () => {
    const query = new URLSearchParams({
      callback_url: 'http://127.0.0.1:9/callback?keep=1',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state: 'xyz',
    });
    const page = `${simulator.origin}/auth?${query}`;
    const shown = await fetch(page, { headers: { accept: 'text/html' } });
    assert.match(await shown.text(), /id="allow".*id="deny"/);
    const denied = await rawRequest(`${page}&decision=deny`);
    const back = new URL(String(denied.headers.location));
    assert.deepEqual([...back.searchParams.keys()], ['keep', 'error']);
    assert.equal((await rawRequest(`${page}&limit=none`)).status, 400);
  });

  test('a code from a signed-in account makes a key that expires', async () => {
    const expiresAt = new Date(nowMs + 1000).toISOString();
    const body = { callback_url: 'http://localhost:1/', expires_at: expiresAt };
    const post = (key: string, content: unknown) =>
      rawRequest(`${simulator.url}/auth/keys/code`, { key, body: content });
    assert.equal((await post('sk-or-v1-bad', body)).status, 401);
    assert.equal((await post('sk-or-v1-any', { callback_url: 'nowhere' })).status, 400);
    const { text } = await post('sk-or-v1-any', body);
    const exchanged = await redeem({ code: valueAt(JSON.parse(text), 'data.id') });
    const key = String(valueAt(JSON.parse(exchanged.text), 'key'));
    assert.equal((await rawRequest(`${simulator.url}/key`, { key })).status, 200);
    nowMs += 1000;
    assert.equal((await rawRequest(`${simulator.url}/key`, { key })).status, 401);
  });

  test('other methods and shapes are refused', async () => {
    assert.equal((await redeem({ code: 'x', code_challenge_method: 'S512' })).status, 400);
    assert.equal((await redeem({})).status, 400);
    assert.equal((await rawRequest(`${simulator.url}/auth/keys`)).status, 405);
  });
});
