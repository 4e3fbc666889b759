import assert from 'node:assert/strict';
import { createAccountClient, createCatalogue } from '../../../src/openrouter/rest';
import { parseKeyInfo } from '../../../src/openrouter/wire/account';
import { parseCatalogue } from '../../../src/openrouter/wire/catalogue';
import { connectTo } from '../../support/openrouter/chatCalls';
import { type Handler, reply, ScriptedServer } from '../../support/openrouter/scriptedServer';
import { type Simulator, startSimulator } from '../../support/simulator';

const json = { 'content-type': 'application/json' };
const live = () => new AbortController().signal;

suite('account and catalogue calls', () => {
  async function withServer<T>(handler: Handler, use: (server: ScriptedServer) => Promise<T>): Promise<T> {
    const server = await ScriptedServer.start(handler);
    try {
      return await use(server);
    } finally {
      await server.stop();
    }
  }

  test('read the key’s limits and use as exact amounts', async () => {
    const data = {
      label: 'sk-or-v1-abc...123',
      limit: 20,
      limit_remaining: 12.5,
      limit_reset: 'monthly',
      usage: 1e-7,
      usage_daily: 0.1,
      usage_weekly: 2,
      usage_monthly: 7.5,
      is_free_tier: false,
      is_management_key: false,
      expires_at: null,
    };
    const info = await withServer(reply(200, json, { data }), server =>
      createAccountClient(connectTo(server.baseUrl)).key(live()),
    );
    assert.deepEqual(info, {
      ok: true,
      value: {
        label: 'sk-or-v1-abc...123',
        limitUsd: '20',
        limitRemainingUsd: '12.5',
        limitReset: 'monthly',
        usageUsd: '0.0000001',
        usageDailyUsd: '0.1',
        usageWeeklyUsd: '2',
        usageMonthlyUsd: '7.5',
        isFreeTier: false,
        isManagementKey: false,
      },
    });
  });

  test('recognise a management key by its old name too', () => {
    assert.equal(parseKeyInfo({ data: { is_provisioning_key: true } })?.isManagementKey, true);
    assert.equal(parseKeyInfo({ data: { is_management_key: true } })?.isManagementKey, true);
    assert.equal(parseKeyInfo({ data: {} })?.isManagementKey, false);
  });

  test('take a 404 of a generation for "not yet", but not that of another server', async () => {
    const notFound = { error: { message: 'Generation gen-1 not found', code: 404 } };
    const ask = (handler: Handler) =>
      withServer(handler, async server => {
        const found = await createAccountClient(connectTo(server.baseUrl)).generation('gen-1?&', live());
        assert.equal(server.arrivals[0]?.url, '/api/v1/generation?id=gen-1%3F%26');
        return found;
      });
    assert.deepEqual(await ask(reply(404, json, notFound)), { ok: true, value: undefined });
    const page = await ask(reply(404, { 'content-type': 'text/html' }, '<html>404</html>'));
    assert.deepEqual(page, { ok: false, failure: { kind: 'notOpenRouter', httpStatus: 404 } });
  });

  test('never throw, whatever comes back', async () => {
    for (const [status, body, kind] of [
      [200, '<html>Sign in</html>', 'notOpenRouter'],
      [200, '{"data":', 'notOpenRouter'],
      [200, '[]', 'notOpenRouter'],
      [200, '', 'notOpenRouter'],
      [401, '{"error":{"code":401,"message":"User not found."}}', 'unauthorized'],
      [500, '{"error":{"code":500,"message":"x"}}', 'serverError'],
      [502, '<html>Bad gateway</html>', 'notOpenRouter'],
    ] as const) {
      await withServer(reply(status, {}, body), async server => {
        const connection = connectTo(server.baseUrl);
        const account = createAccountClient(connection);
        for (const result of [
          await createCatalogue(connection).list(live()),
          await account.key(live()),
          await account.generation('gen-1', live()),
        ]) {
          assert.equal(result.ok ? 'ok' : result.failure.kind, kind);
        }
      });
    }
  });

  test('fail as network when nobody is there, also in the middle of a body', async () => {
    const gone = await ScriptedServer.start(() => {});
    const { baseUrl } = gone;
    await gone.stop();
    const nobody = await createCatalogue(connectTo(baseUrl)).list(live());
    assert.equal(nobody.ok ? '' : nobody.failure.kind, 'network');
    const broken: Handler = response => {
      response.writeHead(200, json).write('{"data":[');
      setImmediate(() => response.destroy());
    };
    const half = await withServer(broken, server => createCatalogue(connectTo(server.baseUrl)).list(live()));
    assert.equal(half.ok ? '' : half.failure.kind, 'network');
  });

  test('end at once when cancelled', async () => {
    const cancel = new AbortController();
    const handler: Handler = () => cancel.abort();
    const listed = await withServer(handler, server =>
      createCatalogue(connectTo(server.baseUrl)).list(cancel.signal),
    );
    assert.equal(listed.ok, false);
  });

  test('send the key only when there is one', async () => {
    await withServer(reply(200, json, { data: [] }), async server => {
      await createCatalogue(connectTo(server.baseUrl, { apiKey: undefined })).list(live());
      await createCatalogue(connectTo(server.baseUrl)).list(live());
      const [without, with_] = server.arrivals.map(({ rawHeaders }) => rawHeaders.includes('Authorization'));
      assert.deepEqual([without, with_], [false, true]);
    });
  });
});

suite('the simulator’s account and catalogue', () => {
  let simulator: Simulator;
  suiteSetup(async () => {
    simulator = await startSimulator();
  });
  suiteTeardown(() => simulator.dispose());

  test('list models with names and prices', async () => {
    const listed = await createCatalogue(connectTo(simulator.url)).list(live());
    assert.ok(listed.ok);
    assert.ok(listed.value.length > 10);
    assert.ok(listed.value.every(model => model.name !== '' && model.pricing.prompt !== undefined));
  });

  test('tell good, bad and management keys apart', async () => {
    const ask = (apiKey: string) => createAccountClient(connectTo(simulator.url, { apiKey })).key(live());
    const good = await ask('sk-or-v1-good');
    assert.equal(good.ok && good.value.isManagementKey, false);
    const management = await ask('sk-or-v1-management');
    assert.equal(management.ok && management.value.isManagementKey, true);
    const bad = await ask('sk-or-v1-bad');
    assert.equal(bad.ok ? '' : bad.failure.kind, 'unauthorized');
  });
});

suite('the catalogue', () => {
  const row = (entry: Record<string, unknown>) => parseCatalogue({ data: [{ id: 'a/b', ...entry }] })?.[0];

  test('needs nothing but an id', () => {
    assert.deepEqual(parseCatalogue({ data: [{ id: 'a/b' }, {}, null, 5, { id: '' }] }), [
      {
        id: 'a/b',
        name: 'a/b',
        pricing: {},
        inputModalities: [],
        outputModalities: [],
        supportedParameters: [],
      },
    ]);
    assert.equal(parseCatalogue({ data: {} }), undefined);
    assert.equal(parseCatalogue(undefined), undefined);
  });

  test('takes the smaller of two contexts', () => {
    const context = (own: unknown, provider: unknown) =>
      row({ context_length: own, top_provider: { context_length: provider } })?.contextTokens;
    assert.equal(context(200, 100), 100);
    assert.equal(context(100, 200), 100);
    assert.equal(context(null, 200), 200);
    assert.equal(context(100, null), 100);
    assert.equal(context(null, null), undefined);
  });

  test('keeps prices to the digit, negative ones too', () => {
    const pricing = { prompt: '-1', completion: '0.00000010', request: 0.005, image: null, audio: '7' };
    assert.deepEqual(row({ pricing })?.pricing, {
      prompt: '-1',
      completion: '0.00000010',
      request: '0.005',
      audio: '7',
    });
  });

  test('reads conditional prices in both spellings, and marks conditions it does not know', () => {
    const overrides = [
      { min_prompt_tokens: 200000, prompt: '0.000006', input_cache_write_1h: '0.1' },
      { utc_start: 400, utc_end: 1630, utc_days: ['monday', 'sunday'], completion: '0.1' },
      { utc_start: '0000', utc_days: [6], completion: '0.2' },
      { phase_of_the_moon: 'full', prompt: '0' },
      { utc_days: ['someday'], prompt: '0' },
    ];
    assert.deepEqual(row({ pricing: { prompt: '1', overrides } })?.pricing.overrides, [
      { minPromptTokens: 200000, pricing: { prompt: '0.000006', inputCacheWrite1h: '0.1' } },
      { utcStart: '0400', utcEnd: '1630', utcDays: [1, 0], pricing: { completion: '0.1' } },
      { utcStart: '0000', utcDays: [6], pricing: { completion: '0.2' } },
      { hasUnknownCondition: true, pricing: { prompt: '0' } },
      { utcDays: [-1], hasUnknownCondition: true, pricing: { prompt: '0' } },
    ]);
  });
});
