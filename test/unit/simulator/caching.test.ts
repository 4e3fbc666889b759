import assert from 'node:assert/strict';
import { ask, rawRequest } from '../../support/simulator/client/rawClient';
import { type BillEntry, type Simulator, startSimulator } from '../../support/simulator/index';

const minuteMs = 60_000;
const long = 'const value = compute(1, 2);\n'.repeat(300);

suite('simulator: prompt caches', () => {
  let simulator: Simulator;
  let nowMs: number;

  setup(async () => {
    nowMs = Date.UTC(2026, 6, 15, 12);
    simulator = await startSimulator({ now: () => nowMs });
  });
  teardown(() => simulator.dispose());

  async function bill(model: string, content: unknown = long, more: object = {}): Promise<BillEntry> {
    const body = { ...ask(model, 'Hi', { max_tokens: 5, ...more }), messages: [{ role: 'user', content }] };
    const { status, text } = await rawRequest(`${simulator.url}/chat/completions`, {
      key: 'sk-or-v1-cache',
      body,
    });
    assert.equal(status, 200, text);
    const entry = simulator.bill.entries.at(-1);
    assert.ok(entry);
    return entry;
  }
  /** Whether the prompt was still warm after so long. */
  const isWarmAfter = async (model: string, minutes: number): Promise<boolean> => {
    nowMs += minutes * minuteMs;
    return (await bill(model)).tokens.cached > 0;
  };

  test('a prefix stays warm for minutes, and reading it begins them anew', async () => {
    const model = 'openai/gpt-4o-mini';
    assert.equal(await isWarmAfter(model, 0), false);
    assert.equal(await isWarmAfter(model, 4.9), true);
    assert.equal(await isWarmAfter(model, 4.9), true);
    assert.equal(await isWarmAfter(model, 5), false);
  });

  test('elsewhere reading does not prolong it', async () => {
    const model = 'google/gemini-2.5-flash';
    assert.equal(await isWarmAfter(model, 0), false);
    assert.equal(await isWarmAfter(model, 2), true);
    assert.equal(await isWarmAfter(model, 1), false);
  });

  test('some keep short prefixes, and for hours', async () => {
    const short = 'const a = 1;\n'.repeat(20);
    await bill('deepseek/deepseek-v3.2', short);
    nowMs += 119 * minuteMs;
    const { cached } = (await bill('deepseek/deepseek-v3.2', short)).tokens;
    assert.ok(cached >= 64 && cached % 64 === 0);
    await bill('openai/gpt-4o-mini', short);
    assert.equal((await bill('openai/gpt-4o-mini', short)).tokens.cached, 0);
  });

  test('a crowded cache evicts the prefix that was used longest ago', async () => {
    const model = 'x-ai/grok-code-fast-1';
    const prompts = [0, 1, 2, 3, 4].map(number => `// ${number}\n${long}`);
    for (const prompt of prompts) await bill(model, prompt);
    assert.ok((await bill(model, prompts[4])).tokens.cached > 0);
    assert.ok((await bill(model, prompts[1])).tokens.cached > 0);
    assert.equal((await bill(model, prompts[0])).tokens.cached, 0);
    // Taking it in has cost another its place.
    assert.equal((await bill(model, prompts[2])).tokens.cached, 0);
  });

  test('an explicit cache writes up to the mark, at the price of five minutes or of an hour', async () => {
    const model = 'anthropic/claude-haiku-4.5';
    const part = (ttl?: string) => [
      { type: 'text', text: long, cache_control: { type: 'ephemeral', ...(ttl && { ttl }) } },
    ];
    assert.equal((await bill(model)).tokens.cacheWrite, 0);
    const written = await bill(model, part());
    const { prompt, cacheWrite, completion } = written.tokens;
    assert.equal(cacheWrite, prompt);
    assert.equal(written.costPico, 1_250_000n * BigInt(cacheWrite) + 5_000_000n * BigInt(completion));
    nowMs += 5 * minuteMs;
    const hour = await bill(model, part('1h'));
    assert.equal(hour.costPico, 2_000_000n * BigInt(cacheWrite) + 5_000_000n * BigInt(completion));
    nowMs += 59 * minuteMs;
    const read = await bill(model, part('1h'));
    assert.ok(read.tokens.cached > 1024);
  });

  test('a mark on the system message leaves the question out of what is written', async () => {
    const system = { type: 'text', text: long, cache_control: { type: 'ephemeral' } };
    const body = {
      model: 'anthropic/claude-haiku-4.5',
      stream: true,
      max_tokens: 5,
      messages: [
        { role: 'system', content: [system] },
        { role: 'user', content: 'What is this?' },
      ],
    };
    await rawRequest(`${simulator.url}/chat/completions`, { key: 'sk-or-v1-cache', body });
    const { prompt, cacheWrite } = simulator.bill.entries.at(-1)?.tokens ?? { prompt: 0, cacheWrite: 0 };
    assert.ok(cacheWrite > 1024 && cacheWrite < prompt);
  });

  test('another endpoint has another cache', async () => {
    await bill('openai/gpt-5.1');
    const azure = await bill('openai/gpt-5.1', long, { provider: { only: ['azure'] } });
    assert.equal(azure.tokens.cached, 0);
    assert.ok((await bill('openai/gpt-5.1')).tokens.cached > 0);
  });
});
