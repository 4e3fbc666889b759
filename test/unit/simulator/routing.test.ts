import assert from 'node:assert/strict';
import { ask, events, rawRequest, textOf, valueAt } from '../../support/simulator/client/rawClient';
import { type BillEntry, formatPico, type Simulator, startSimulator } from '../../support/simulator/index';

const key = 'sk-or-v1-uncapped';
const llama = 'meta-llama/llama-3.3-70b-instruct';
const noon = Date.UTC(2026, 6, 15, 12);

suite('simulator: which endpoint serves', () => {
  let simulator: Simulator;
  let nowMs: number;
  const post = (model: string, more: object = {}, headers: Readonly<Record<string, string>> = {}) =>
    rawRequest(`${simulator.url}/chat/completions`, {
      key,
      headers,
      body: ask(model, 'Hi', { max_tokens: 20, ...more }),
    });
  /** The bill of a request that must succeed. */
  async function billOf(model: string, more: object = {}): Promise<BillEntry> {
    const { status, text } = await post(model, more);
    assert.equal(status, 200, text);
    const entry = simulator.bill.entries.at(-1);
    assert.ok(entry);
    return entry;
  }
  const tagOf = async (model: string, provider: object): Promise<string> =>
    (await billOf(model, { provider })).endpoint;
  const statusOf = async (model: string, provider: object): Promise<number> =>
    (await post(model, { provider })).status;
  /** At prices in millionths of a USD per million tokens, which are 10⁻¹² USD per token. */
  const costOf = ({ tokens }: BillEntry, prompt: bigint, completion: bigint): bigint =>
    prompt * BigInt(tokens.prompt) + completion * BigInt(tokens.completion);

  setup(async () => {
    nowMs = noon;
    simulator = await startSimulator({ now: () => nowMs, generationDelayMs: 0 });
  });
  teardown(() => simulator.dispose());

  test('each endpoint bills at its own price', async () => {
    const first = await billOf(llama);
    assert.equal(first.endpoint, 'deepinfra');
    assert.equal(first.costPico, costOf(first, 130_000n, 380_000n));
    const groq = await billOf(llama, { provider: { order: ['groq'] } });
    assert.equal(groq.costPico, costOf(groq, 590_000n, 790_000n));
  });

  test('a base slug names all variants of a provider, a whole tag only one', async () => {
    assert.equal(await tagOf(llama, { only: ['together'] }), 'together/turbo');
    assert.equal(await tagOf(llama, { only: ['together/turbo'] }), 'together/turbo');
    assert.equal(await statusOf(llama, { only: ['together/lite'] }), 404);
    assert.equal(await tagOf('openai/gpt-5.1', { ignore: ['openai'] }), 'azure/eu');
  });

  test('max_price lets nobody dearer serve: not the first choice, not a fallback', async () => {
    assert.equal(await tagOf(llama, { max_price: { prompt: 0.13, completion: 0.38 } }), 'deepinfra');
    assert.equal(await tagOf(llama, { max_price: { prompt: '0.13', completion: '0.38' } }), 'deepinfra');
    assert.equal(await statusOf(llama, { max_price: { prompt: 0.1299999 } }), 404);
    const dear = { order: ['groq'], max_price: { completion: 0.5 } };
    assert.equal(await tagOf(llama, dear), 'deepinfra');
    assert.equal(await statusOf(llama, { ...dear, allow_fallbacks: false }), 404);
    simulator.next('fallback');
    assert.equal(await statusOf(llama, { max_price: { completion: 0.5 } }), 502);
    assert.equal(await statusOf('perplexity/sonar', { max_price: { request: 0.0049 } }), 404);
    assert.equal(await statusOf('perplexity/sonar', { max_price: { request: 0.005 } }), 200);
  });

  test('max_price is held against the price of this hour', async () => {
    const wish = { only: ['deepseek'], max_price: { prompt: 0.14 } };
    assert.equal(await statusOf('deepseek/deepseek-v3.2', wish), 404);
    nowMs = Date.UTC(2026, 6, 15, 23);
    const night = await billOf('deepseek/deepseek-v3.2', { provider: wish });
    assert.equal(night.costPico, costOf(night, 140_000n, 210_000n));
  });

  test('weekends have their price', async () => {
    const weekday = await billOf('mistralai/devstral-2512');
    assert.equal(weekday.costPico, costOf(weekday, 50_000n, 220_000n));
    nowMs = Date.UTC(2026, 6, 18);
    const saturday = await billOf('mistralai/devstral-2512');
    assert.equal(saturday.costPico, costOf(saturday, 25_000n, 110_000n));
  });

  test('sort orders by price, speed or delay', async () => {
    assert.equal(await tagOf('deepseek/deepseek-v3.2', { sort: 'price' }), 'deepinfra');
    assert.equal(await tagOf(llama, { sort: 'throughput' }), 'groq');
    assert.equal(await tagOf(llama, { sort: { by: 'latency', partition: 'model' } }), 'groq');
  });

  test('a service tier has its price where the provider offers it, and the answer names it', async () => {
    const cases = [
      ['flex', 'flex', 1n, 2n],
      ['priority', 'priority', 2n, 1n],
      ['fast', 'priority', 2n, 1n],
      ['default', 'default', 1n, 1n],
    ] as const;
    for (const [service_tier, served, times, parts] of cases) {
      const { text } = await post('openai/gpt-5-mini', { service_tier });
      const entry = simulator.bill.entries.at(-1);
      assert.ok(entry);
      assert.equal(entry.costPico, (costOf(entry, 250_000n, 2_000_000n) * times) / parts);
      assert.equal(valueAt(events(text).at(-1), 'service_tier'), served);
      const { text: generation } = await rawRequest(`${simulator.url}/generation?id=${entry.generationId}`, {
        key,
      });
      assert.equal(valueAt(JSON.parse(generation), 'data.service_tier'), served);
    }
    const without = await billOf(llama, { service_tier: 'priority' });
    assert.equal(without.serviceTier, 'default');
    assert.equal(without.costPico, costOf(without, 130_000n, 380_000n));
  });

  test(':nitro takes the fastest and may take the dear tier; :floor the cheapest and the cheap tier', async () => {
    const fast = await billOf('openai/gpt-4o-mini:nitro');
    assert.equal(fast.endpoint, 'azure');
    const dear = await billOf('openai/gpt-5-nano:nitro');
    assert.equal(dear.serviceTier, 'priority');
    assert.equal(dear.costPico, 2n * costOf(dear, 50_000n, 400_000n));
    const bounded = await billOf('openai/gpt-5-nano:nitro', {
      provider: { max_price: { prompt: 0.05, completion: 0.4 } },
    });
    assert.equal(bounded.costPico, costOf(bounded, 50_000n, 400_000n));
    const floor = await billOf('openai/gpt-5-nano:floor');
    assert.equal(floor.costPico, costOf(floor, 50_000n, 400_000n) / 2n);
  });

  test('under a price cap nothing is ever billed above it', async () => {
    const models = [
      llama,
      `${llama}:nitro`,
      'openai/gpt-5.1',
      'deepseek/deepseek-v3.2',
      'moonshotai/kimi-k2-0905',
    ];
    const caps = [0.2, 0.4, 0.6, 1, 1.4, 12];
    for (const [index, model] of [...models, ...models].entries()) {
      for (const [step, cap] of caps.entries()) {
        if ((index + step) % 3 === 0) simulator.next('fallback');
        const service_tier = ['auto', 'flex', 'priority'][(index + step) % 3];
        const provider = { max_price: { prompt: cap, completion: cap } };
        if ((await post(model, { provider, service_tier })).status !== 200) continue;
        const entry = simulator.bill.entries.at(-1);
        assert.ok(entry);
        const bound = BigInt(Math.round(cap * 1e6));
        assert.ok(entry.costPico <= costOf(entry, bound, bound), `${model} at ${cap}: ${entry.costUsd}`);
      }
    }
    assert.ok(simulator.bill.entries.length > 20);
  });

  test('quantizations and require_parameters leave out what does not fit', async () => {
    assert.equal(await tagOf(llama, { quantizations: ['fp8'], ignore: ['deepinfra'] }), 'together/turbo');
    assert.equal(await statusOf(llama, { quantizations: ['int4'] }), 404);
    const more = { top_k: 5, provider: { require_parameters: true } };
    assert.equal((await post('openai/gpt-4o-mini', more)).status, 404);
    assert.equal((await post('thedrummer/cydonia-24b-v4.1', more)).status, 200);
  });

  test('an endpoint whose context is too small is passed over', async () => {
    const long = ask(llama, 'word '.repeat(17_000), { max_tokens: 20, provider: { order: ['sambanova'] } });
    await rawRequest(`${simulator.url}/chat/completions`, { key, body: long });
    assert.equal(simulator.bill.entries.at(-1)?.endpoint, 'deepinfra');
  });

  test('endpoints that fail give way to the next, unless fallbacks are off', async () => {
    simulator.next('fallback:2');
    const entry = await billOf(llama);
    assert.deepEqual(
      entry.attempts.map(({ tag, status }) => [tag, status]),
      [
        ['deepinfra', 502],
        ['groq', 502],
        ['together/turbo', 200],
      ],
    );
    assert.equal(entry.costPico, costOf(entry, 880_000n, 880_000n));
    simulator.next('fallback');
    assert.equal(await statusOf(llama, { allow_fallbacks: false }), 502);
    assert.equal(simulator.bill.entries.length, 1);
  });

  test('the balance of the load decides when a request does not, and a session stays where it was', async () => {
    await simulator.dispose();
    let turn = 0;
    simulator = await startSimulator({ balance: count => turn++ % count });
    const tags: string[] = [];
    for (let index = 0; index < 5; index++) tags.push((await billOf(llama)).endpoint);
    assert.deepEqual(tags, ['deepinfra', 'groq', 'together/turbo', 'fireworks', 'sambanova']);
    turn = 1;
    for (let index = 0; index < 3; index++) {
      assert.equal((await billOf(llama, { session_id: 'window-1' })).endpoint, 'groq');
    }
    assert.equal(await tagOf(llama, { sort: 'price' }), 'deepinfra');
  });

  test('suffixes combine: the row is found, and the rest is routing', async () => {
    const free = await billOf(`${llama}:free:nitro`);
    assert.equal(free.model, `${llama}:free`);
    assert.equal(free.costUsd, '0');
    const online = await billOf(`${llama}:free:online:nitro`);
    assert.equal(online.costUsd, '0.005');
  });

  test('a long answer goes where it is allowed', async () => {
    const entry = await billOf(llama, { max_tokens: 8000, provider: { order: ['sambanova'] } });
    assert.equal(entry.endpoint, 'deepinfra');
  });

  test('rows for the Batch API never answer', async () => {
    const { status, text } = await post('openai/gpt-5-mini:batch');
    assert.equal(status, 404);
    assert.match(text, /No endpoints found for openai\/gpt-5-mini:batch\./);
  });

  suite('openrouter_metadata', () => {
    const enabled = { 'x-openrouter-metadata': 'enabled' };
    const metadataIn = (text: string): unknown =>
      valueAt(text.startsWith('{') ? JSON.parse(text) : events(text).at(-1), 'openrouter_metadata');

    test('comes only to who asks for it: with the last chunk, the whole answer and errors', async () => {
      const asked = [{}, { stream: false }, { temperature: 0, provider: { only: ['nobody'] } }];
      for (const more of asked) {
        assert.equal(metadataIn((await post(llama, more)).text), undefined);
        assert.equal(valueAt(metadataIn((await post(llama, more, enabled)).text), 'requested'), llama);
      }
      assert.equal(metadataIn((await post('simulator/500', {}, enabled)).text), undefined);
      const error = metadataIn((await post('simulator/502', {}, enabled)).text);
      assert.equal(valueAt(error, 'attempts.0.provider'), 'DeepInfra');
      const late = metadataIn((await post('simulator/error-mid', {}, enabled)).text);
      assert.equal(valueAt(late, 'endpoints.total'), 2);
    });

    test('tells the strategy, the attempts and what else could have served', async () => {
      simulator.next('fallback');
      const { text } = await post('no/such', { models: [llama] }, enabled);
      const metadata = metadataIn(text);
      assert.equal(valueAt(metadata, 'strategy'), 'fallback');
      assert.equal(valueAt(metadata, 'attempt'), 2);
      assert.equal(valueAt(metadata, 'attempts.0.status'), 502);
      assert.equal(valueAt(metadata, 'endpoints.available.1.selected'), true);
      const second = metadataIn((await post('simulator/502', { models: [llama] }, enabled)).text);
      assert.deepEqual(
        (valueAt(second, 'attempts') as readonly Record<string, unknown>[]).map(({ model, status }) => [
          model,
          status,
        ]),
        [
          ['simulator/502', 502],
          [llama, 200],
        ],
      );
      for (const [model, strategy] of [
        ['openrouter/auto', 'auto'],
        ['openrouter/free', 'free'],
        ['~anthropic/claude-sonnet-latest', 'latest'],
        [llama, 'direct'],
      ] as const) {
        assert.equal(valueAt(metadataIn((await post(model, {}, enabled)).text), 'strategy'), strategy);
      }
    });

    test('names what was done on the way, with its fee', async () => {
      const { text } = await post('simulator/guardrail+healed+file-parser:2', {}, enabled);
      const pipeline = valueAt(metadataIn(text), 'pipeline') as readonly Record<string, unknown>[];
      assert.deepEqual(
        pipeline.map(({ type, cost_usd }) => [type, cost_usd]),
        [
          ['guardrail', undefined],
          ['response_healing', undefined],
          ['plugin', 0.004],
        ],
      );
      assert.equal(pipeline[0]?.guardrail_id, 'grd_simulator');
    });
  });

  suite('context compression', () => {
    const small = 'liquid/lfm2-8b';
    const long = [{ role: 'user', content: 'word '.repeat(9000) }];
    const plugins = (enabled: boolean) => [{ id: 'context-compression', enabled }];

    test('a small context shortens a long prompt silently, unless that is switched off', async () => {
      const entry = await billOf(small, { messages: long });
      assert.equal(entry.tokens.prompt, 8192 - 20);
      const { text } = await post(small, { messages: long }, { 'x-openrouter-metadata': 'enabled' });
      assert.equal(
        valueAt(events(text).at(-1), 'openrouter_metadata.pipeline.0.type'),
        'context_compression',
      );
      const refused = await post(small, { messages: long, plugins: plugins(false) });
      assert.equal(refused.status, 400);
      assert.match(refused.text, /maximum context length is 8192/);
    });

    test('a large one does so only when asked', async () => {
      const longer = [{ role: 'user', content: 'word '.repeat(17_000) }];
      assert.equal((await post('openai/gpt-3.5-turbo', { messages: longer })).status, 400);
      const entry = await billOf('openai/gpt-3.5-turbo', { messages: longer, plugins: plugins(true) });
      assert.equal(entry.tokens.prompt, 16_385 - 20);
    });
  });

  suite('what is billed beside tokens', () => {
    test('searches and pages, on top and named in the usage', async () => {
      const { text } = await post('simulator/web-search:3');
      const entry = simulator.bill.entries.at(-1);
      assert.ok(entry);
      assert.equal(formatPico(entry.feesPico), '0.015');
      assert.equal(entry.costPico, costOf(entry, 1_000_000n, 2_000_000n) + entry.feesPico);
      const usage = events(text).at(-1)?.usage;
      assert.equal(valueAt(usage, 'server_tool_use_details.web_search_requests'), 3);
      assert.equal(valueAt(usage, 'cost_details.server_tool_cost'), 0.015);
      assert.equal(valueAt(usage, 'cost'), Number(entry.costUsd));
      const plugged = await billOf(llama, { plugins: [{ id: 'web' }] });
      assert.equal(formatPico(plugged.feesPico), '0.005');
      const claude = await billWith('web-search:2', 'anthropic/claude-haiku-4.5');
      assert.equal(formatPico(claude.feesPico), '0.02');
    });

    test('images, in the prompt and in the answer', async () => {
      const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } };
      const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }, image, image] }];
      const seen = await billOf('google/gemini-2.5-pro', { messages, max_tokens: 1 });
      const { prompt } = seen.tokens;
      assert.equal(seen.costPico, 1_250_000n * BigInt(prompt + 2) + 10_000_000n);
      const drawn = await billWith('image', 'google/gemini-2.5-flash-image');
      assert.equal(drawn.costPico, costOf(drawn, 300_000n, 2_500_000n) + 30_000_000_000n);
    });

    test('fees are due even for an answer that ends with an error', async () => {
      await post('simulator/file-parser:1+error-mid');
      assert.equal(simulator.bill.entries.at(-1)?.costUsd, '0.002');
    });

    async function billWith(fault: string, model: string): Promise<BillEntry> {
      simulator.next(fault);
      return billOf(model);
    }
  });

  test('content that is null where it would be empty loses no text', async () => {
    const streamed = await post('simulator/null-content+echo');
    const whole = await post('simulator/null-content+echo', { stream: false });
    assert.equal(textOf(streamed.text), 'Hi');
    assert.equal(valueAt(JSON.parse(whole.text), 'choices.0.message.content'), 'Hi');
  });
});
