import assert from 'node:assert/strict';
import { countTokens } from '../../support/simulator/answers/tokens';
import { ask, events, rawRequest, valueAt } from '../../support/simulator/client/rawClient';
import { type Simulator, startSimulator, toCatalogueModel } from '../../support/simulator/index';
import { formatPico, parseDecimal, toWireNumber } from '../../support/simulator/money/decimal';
import { charge } from '../../support/simulator/money/price';

const key = 'sk-or-v1-test';
const tiny = toCatalogueModel({
  id: 'acme/tiny',
  name: 'Acme: Tiny',
  created: 1,
  about: 'A ten-millionth per answer token.',
  context: 100_000,
  maxOutput: null,
  pricing: { prompt: '0', completion: '0.0000001' },
  tokenizer: 'Other',
  providers: ['DeepInfra'],
});
const words = 'word '.repeat(2500);
const noTokens = { prompt: 0, cached: 0, cacheWrite: 0, completion: 0, reasoning: 0 };

suite('simulator: the bill', () => {
  let simulator: Simulator;
  const post = (body: unknown, headers = {}) =>
    rawRequest(`${simulator.url}/chat/completions`, { key, body, headers });

  setup(async () => {
    simulator = await startSimulator({ models: [tiny] });
  });
  teardown(() => simulator.dispose());

  test('many small amounts sum exactly', async () => {
    for (let index = 0; index < 30; index++) await post(ask('acme/tiny', 'Hi', { max_tokens: 1 }));
    assert.equal(simulator.bill.totalUsd(), '0.000003');
    assert.notEqual(
      Array.from({ length: 30 }, () => 0.0000001).reduce((a, b) => a + b),
      0.000003,
    );
  });

  test('amounts on the wire are JSON numbers with an exponent where JavaScript writes one', async () => {
    const { text } = await post(ask('acme/tiny', 'Hi', { max_tokens: 1 }));
    assert.match(text, /"cost":1e-7,/);
    assert.equal(simulator.bill.entries[0]?.costUsd, '0.0000001');
  });

  test('an aborted stream costs what was generated where the provider stops', async () => {
    const entry = await abortAfterThree('anthropic/claude-sonnet-4.5', 'Anthropic');
    assert.equal(entry.cancelled, true);
    assert.equal(entry.finishReason, null);
    assert.ok(entry.tokens.completion >= 3 && entry.tokens.completion < countTokens(words));
  });

  test('an aborted stream costs the full answer where the provider does not stop', async () => {
    const entry = await abortAfterThree('meta-llama/llama-3.3-70b-instruct', 'Groq');
    assert.equal(entry.cancelled, true);
    assert.equal(entry.tokens.completion, countTokens(words));
    assert.equal(
      entry.costPico,
      130_000n * BigInt(entry.tokens.prompt) + 380_000n * BigInt(countTokens(words)),
    );
  });

  async function abortAfterThree(model: string, provider: string) {
    let release = (): void => undefined;
    const until = new Promise<void>(resolve => {
      release = resolve;
    });
    simulator.next({
      provider,
      answer: { content: words },
      delivery: { hold: { afterTokens: 3, until } },
    });
    const ended = new Promise(resolve => {
      simulator.onDidEndStream(resolve);
    });
    await rawRequest(`${simulator.url}/chat/completions`, {
      key,
      body: ask(model),
      leaveWhen: received => received.toString('utf8').includes('"content":"word"'),
    });
    await ended;
    release();
    const [entry] = simulator.bill.entries;
    assert.ok(entry);
    assert.equal(entry.provider, provider);
    return entry;
  }

  test('an abort before the first token costs nothing where the provider stops', async () => {
    const ended = new Promise(resolve => {
      simulator.onDidEndStream(resolve);
    });
    await rawRequest(`${simulator.url}/chat/completions`, {
      key,
      body: ask('simulator/stall-first-token:1'),
      leaveWhen: received => received.length > 0,
    });
    await ended;
    assert.equal(simulator.bill.entries[0]?.costUsd, '0');
  });

  test('an answer that ends with an error costs nothing, however much of it came', async () => {
    await post(ask('simulator/error-mid:4'));
    await post(ask('simulator/error-first'));
    const [mid, first] = simulator.bill.entries;
    assert.equal(mid?.tokens.completion, 4);
    assert.equal(mid?.costUsd, '0');
    assert.equal(first?.costUsd, '0');
  });

  test('an answer that is not streamed is billed in full', async () => {
    await post(ask('simulator/long-100', 'Hi', { stream: false }));
    assert.equal(simulator.bill.entries[0]?.tokens.completion, 100);
    assert.equal(simulator.bill.entries[0]?.cancelled, false);
  });

  test('with the user’s own provider key the cost is the fee and the provider’s part stands apart', async () => {
    const { text } = await post(ask('simulator/byok+long-1000'));
    const usage = events(text).at(-1)?.usage;
    const [entry] = simulator.bill.entries;
    assert.ok(entry?.upstreamPico);
    assert.equal(entry.costPico, entry.upstreamPico / 20n);
    assert.equal(valueAt(usage, 'is_byok'), true);
    assert.equal(valueAt(usage, 'cost'), Number(entry.costUsd));
    assert.equal(valueAt(usage, 'cost_details.upstream_inference_cost'), Number(entry.upstreamUsd));
    assert.equal(simulator.bill.totalUsd(), formatPico(entry.costPico + entry.upstreamPico));
  });

  test('a conversation’s earlier messages come from the cache, at its price', async () => {
    const long = 'const value = compute(1, 2);\n'.repeat(300);
    const first = [{ role: 'user', content: long }];
    const second = [...first, { role: 'assistant', content: 'ok' }, { role: 'user', content: 'and now?' }];
    await post({ model: 'openai/gpt-4o-mini', stream: true, messages: first });
    await post({ model: 'openai/gpt-4o-mini', stream: true, messages: second });
    const [before, after] = simulator.bill.entries;
    assert.equal(before?.tokens.cached, 0);
    assert.ok(after && after.tokens.cached >= 1024 && after.tokens.cached % 128 === 0);
    const { prompt, cached, completion } = after.tokens;
    const expected =
      150_000n * BigInt(prompt - cached) + 75_000n * BigInt(cached) + 600_000n * BigInt(completion);
    assert.equal(after.costPico, expected);
  });

  test('explicit caching writes first and reads then', async () => {
    const part = { type: 'text', text: 'line of code\n'.repeat(800), cache_control: { type: 'ephemeral' } };
    const body = {
      model: 'anthropic/claude-haiku-4.5',
      stream: true,
      messages: [{ role: 'user', content: [part] }],
    };
    await post(body);
    await post(body);
    const [written, read] = simulator.bill.entries;
    assert.equal(written?.tokens.cacheWrite, written?.tokens.prompt);
    assert.ok(read && read.tokens.cached > 1024);
    assert.equal(read.tokens.cached + read.tokens.cacheWrite, read.tokens.prompt);
    assert.ok(read.costPico < (written?.costPico ?? 0n));
  });

  test('onDidAdd tells of every entry', async () => {
    const seen: string[] = [];
    simulator.bill.onDidAdd(entry => seen.push(entry.generationId));
    const { headers } = await post(ask('openai/gpt-4o-mini'));
    assert.deepEqual(seen, [headers['x-generation-id']]);
  });
});

suite('simulator: amounts and prices', () => {
  test('decimal text and 10⁻¹² USD convert without loss', () => {
    for (const text of ['0', '1', '0.000000000001', '-0.5', '12345678.000000000001']) {
      assert.equal(formatPico(parseDecimal(text)), text);
    }
    assert.equal(toWireNumber(600_000n), 6e-7);
    assert.throws(() => parseDecimal('0.0000000000001'), /decimals/);
    assert.throws(() => parseDecimal('1e-7'), /decimal number/);
  });

  test('dearer prices hold above the threshold, not at it', () => {
    const pricing = {
      prompt: '0.000001',
      completion: '0.000002',
      overrides: [{ min_prompt_tokens: 100, prompt: '0.000002' }],
    };
    const at = (prompt: number) => charge(pricing, { ...noTokens, prompt, completion: 1 }, { atMs: 0 }).total;
    assert.equal(at(100), 100_000_000n + 2_000_000n);
    assert.equal(at(101), 202_000_000n + 2_000_000n);
  });

  test('prices by the clock hold over midnight and only on their days', () => {
    const night = {
      prompt: '2',
      completion: '0',
      overrides: [{ utc_start: 2200, utc_end: 200, prompt: '1' }],
    };
    const sunday = { prompt: '2', completion: '0', overrides: [{ utc_days: ['sunday'], prompt: '1' }] };
    const usd = (pricing: typeof night | typeof sunday, atMs: number) =>
      formatPico(charge(pricing, { ...noTokens, prompt: 1 }, { atMs }).total);
    assert.equal(usd(night, Date.UTC(2026, 0, 1, 23)), '1');
    assert.equal(usd(night, Date.UTC(2026, 0, 1, 1, 59)), '1');
    assert.equal(usd(night, Date.UTC(2026, 0, 1, 2)), '2');
    assert.equal(usd(sunday, Date.UTC(2026, 0, 4)), '1');
    assert.equal(usd(sunday, Date.UTC(2026, 0, 5)), '2');
  });

  test('a price per request and for reasoning is charged', () => {
    const pricing = { prompt: '0', completion: '0.1', internal_reasoning: '0.5', request: '0.005' };
    const tokens = { ...noTokens, completion: 3, reasoning: 1 };
    assert.equal(formatPico(charge(pricing, tokens, { atMs: 0 }).total), '0.705');
  });

  test('a router has no price', () => {
    assert.throws(
      () => charge({ prompt: '-1', completion: '-1' }, { ...noTokens, prompt: 1 }, { atMs: 0 }),
      /router/,
    );
  });
});
