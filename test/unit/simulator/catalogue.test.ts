import assert from 'node:assert/strict';
import { trafficSources } from '../../support/openrouter/traffic';
import { ask, events, rawRequest, valueAt } from '../../support/simulator/client/rawClient';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
  type WireModel,
} from '../../support/simulator/index';

const key = 'sk-or-v1-test';

suite('simulator: the catalogue', () => {
  let simulator: Simulator;
  const start = async (options: SimulatorOptions): Promise<void> => {
    await simulator.dispose();
    simulator = await startSimulator(options);
  };
  const list = async (query = ''): Promise<readonly WireModel[]> => {
    const { text } = await rawRequest(`${simulator.url}/models${query}`);
    return valueAt(JSON.parse(text), 'data') as readonly WireModel[];
  };

  setup(async () => {
    simulator = await startSimulator();
  });
  teardown(() => simulator.dispose());

  test('lists 30 models and more of many vendors, without a key', async () => {
    const { status, text, headers } = await rawRequest(`${simulator.url}/models`);
    assert.equal(status, 200);
    assert.match(String(headers['content-type']), /^application\/json/);
    const body: unknown = JSON.parse(text);
    const models = await list();
    assert.ok(models.length > 30);
    assert.equal(valueAt(body, 'total_count'), models.length);
    assert.deepEqual(valueAt(body, 'links'), { next: null });
    assert.equal(new Set(models.map(model => model.id)).size, models.length);
    assert.ok(new Set(models.map(model => model.id.split('/')[0])).size >= 12);
    assert.ok(models.every(model => !model.id.startsWith('simulator/')));
  });

  test('has what a picker must cope with', async () => {
    const models = await list();
    const by = (id: string) => models.find(model => model.id === id);
    assert.equal(by('openrouter/auto')?.pricing.prompt, '-1');
    assert.equal(by('openrouter/free')?.pricing.completion, '0');
    assert.ok(models.filter(model => model.id.endsWith(':free')).length >= 5);
    assert.ok(models.some(model => model.pricing.overrides?.length));
    assert.ok(models.some(model => model.pricing.input_cache_write));
    assert.ok(models.some(model => model.reasoning?.mandatory));
    assert.ok(models.some(model => model.expiration_date));
    assert.ok(models.some(model => model.alias_target));
    assert.ok(models.some(model => model.top_provider.max_completion_tokens === null));
    assert.ok(models.some(model => !model.supported_parameters.includes('tools')));
  });

  test('prices are decimal text, and every model that answers has a provider', async () => {
    for (const model of await list()) {
      assert.match(model.pricing.prompt, /^(?:-1|\d+(?:\.\d+)?)$/, model.id);
      if (model.architecture.tokenizer === 'Router' || model.id.endsWith(':batch')) continue;
      const { text } = await rawRequest(`${simulator.url}/models/${model.id}/endpoints`);
      const endpoints = valueAt(JSON.parse(text), 'data.endpoints') as readonly unknown[];
      assert.ok(endpoints.length > 0, model.id);
    }
  });

  test('every listed model answers, but those for the Batch API', async () => {
    for (const { id } of await list()) {
      const { status } = await rawRequest(`${simulator.url}/chat/completions`, {
        key,
        body: ask(id, 'Hi', { max_tokens: 20 }),
      });
      assert.equal(status, id.endsWith(':batch') ? 404 : 200, id);
    }
  });

  test('pages and filters', async () => {
    const all = await list();
    const first = await rawRequest(`${simulator.url}/models?limit=10`);
    const next = valueAt(JSON.parse(first.text), 'links.next');
    assert.equal(next, '/api/v1/models?offset=10&limit=10');
    const second = await rawRequest(simulator.origin + String(next));
    const ids = [first, second].flatMap(
      page => valueAt(JSON.parse(page.text), 'data') as readonly WireModel[],
    );
    assert.deepEqual(ids, all.slice(0, 20));
    assert.ok((await list('?supported_parameters=tools')).length < all.length);
    assert.ok((await list('?q=claude')).every(model => /claude/i.test(model.name + model.id)));
    assert.ok((await list('?output_modalities=image')).some(model => model.id.endsWith('-image')));
  });

  test('/models/user needs a key; /models/count, /model and /providers answer', async () => {
    assert.equal((await rawRequest(`${simulator.url}/models/user`)).status, 401);
    assert.equal((await rawRequest(`${simulator.url}/models/user`, { key })).status, 200);
    const count = await rawRequest(`${simulator.url}/models/count`);
    assert.deepEqual(JSON.parse(count.text), {
      data: { count: (await list('?output_modalities=all')).length },
    });
    const one = await rawRequest(`${simulator.url}/model/openai/gpt-4o-mini`);
    assert.equal(valueAt(JSON.parse(one.text), 'data.id'), 'openai/gpt-4o-mini');
    assert.equal((await rawRequest(`${simulator.url}/model/no/such`)).status, 404);
    assert.equal((await rawRequest(`${simulator.url}/models/no/such/endpoints`)).status, 404);
    assert.equal((await rawRequest(`${simulator.url}/providers`)).status, 200);
  });

  test('so many synthetic models on request, the same every time', async () => {
    await start({ catalogue: { synthetic: 450 } });
    const models = await list();
    assert.equal(models.length, 450);
    assert.equal(new Set(models.map(model => model.id)).size, 450);
    assert.ok(models.some(model => model.id.endsWith(':free')));
    await start({ catalogue: { synthetic: 450 } });
    assert.deepEqual(await list(), models);
    const id = models[7]?.id ?? '';
    const answer = await rawRequest(`${simulator.url}/chat/completions`, { key, body: ask(id) });
    assert.equal(events(answer.text)[0]?.model, id);
  });

  for (const { name: source, traffic } of trafficSources) {
    test(`the catalogue of the ${source} on request, with prices that can be charged`, async () => {
      await start({ catalogue: 'recorded', trafficDir: traffic.folder });
      const models = await list('?output_modalities=all');
      assert.ok(models.length > 0);
      for (const { id, pricing } of await list()) {
        const { status, text } = await rawRequest(`${simulator.url}/chat/completions`, {
          key,
          body: ask(id, 'Hi', { max_tokens: 3 }),
        });
        assert.equal(status, 200, `${id}: ${text}`);
        if (Number(pricing.completion) > 0)
          assert.ok((simulator.bill.entries.at(-1)?.costPico ?? 0n) > 0n, id);
      }
    });
  }

  test('a recorded catalogue without traffic is refused', async () => {
    await assert.rejects(startSimulator({ catalogue: 'recorded' }), /trafficDir/);
  });

  test('routing preferences choose, exclude and refuse providers', async () => {
    const post = (model: string, provider: unknown) =>
      rawRequest(`${simulator.url}/chat/completions`, { key, body: ask(model, 'Hi', { provider }) });
    const served = async (provider: unknown): Promise<unknown> =>
      (await post('meta-llama/llama-3.3-70b-instruct', provider)).headers['x-provider-name'];
    assert.equal(await served({}), 'DeepInfra');
    assert.equal(await served({ order: ['groq', 'together'] }), 'Groq');
    assert.equal(await served({ only: ['fireworks'] }), 'Fireworks');
    assert.equal(await served({ ignore: ['deepinfra'] }), 'Groq');
    assert.equal((await post('openai/gpt-5.1', { only: ['groq'] })).status, 404);
    assert.equal((await post('openai/gpt-5.1', { max_price: { completion: 9 } })).status, 404);
    assert.equal((await post('openai/gpt-5.1', { max_price: { completion: 10 } })).status, 200);
    assert.equal((await post('openai/gpt-5.1', { order: ['groq'], allow_fallbacks: false })).status, 404);
    const denied = await post('deepseek/deepseek-r1-0528:free', { data_collection: 'deny' });
    assert.equal(denied.status, 404);
    assert.match(denied.text, /data policy/);
  });
});
