import assert from 'node:assert/strict';
import type { Conversation } from '../../../src/core/chat/conversation';
import { CachingWorld } from '../../support/caching/cachingWorld';
import { type Simulator, startSimulator } from '../../support/simulator';

const claude = 'anthropic/claude-sonnet-4.5';
const mini = 'openai/gpt-5-mini';
const file = `Explain.\n${'const value = compute(1, 2);\n'.repeat(300)}`;

suite('cache_control and the composer', () => {
  let simulator: Simulator;
  let world: CachingWorld;
  let talk: Conversation;
  let nowMs: number;

  setup(async () => {
    nowMs = Date.UTC(2026, 6, 15, 12);
    simulator = await startSimulator({ now: () => nowMs });
    world = await CachingWorld.open(simulator, () => nowMs);
    talk = { id: 'talk-1', turns: [] };
  });
  teardown(() => simulator.dispose());

  async function ask(model: string, prompt: string) {
    nowMs += 20_000;
    const asked = await world.ask(talk, model, prompt);
    talk = { ...talk, turns: [...talk.turns, asked.turn] };
    return { ...asked, body: JSON.stringify(simulator.requests.at(-1)?.body) };
  }

  test('a follow-up is written and the next one reads it; a first question never asks for it', async () => {
    const first = await ask(claude, file);
    assert.doesNotMatch(first.body, /cache_control/);
    assert.deepEqual([first.said?.cache, first.turn.sent.cacheMark], [undefined, undefined]);
    const second = await ask(claude, 'And why?');
    assert.match(second.body, /"text":"And why\?","cache_control":\{"type":"ephemeral"\}/);
    assert.equal(second.turn.sent.cacheMark, 'write');
    assert.equal(second.bill.tokens.cacheWrite, second.bill.tokens.prompt);
    assert.equal(second.said?.cache?.state, 'cold');
    const third = await ask(claude, 'And then?');
    assert.equal(third.bill.tokens.cached, second.bill.tokens.prompt);
    assert.equal(third.said?.cache?.state, 'warm');
    assert.equal(third.said?.cache?.untilMs, second.turn.startedAtMs + 5 * 60_000 - 5_000);
  });

  test('what a user who seldom asks on has in the cache is read, and nothing more is written', async () => {
    await ask(claude, file);
    await ask(claude, 'And why?');
    for (let number = 0; number < 20; number++) {
      const id = `old-${number}`;
      for (const [at, minutes] of [0, 1].entries()) {
        await world.ledger.store.begin({
          id: `${id}-${at}`,
          startedAt: nowMs - 10_000_000 + minutes * 60_000,
          origin: 'panel',
          action: 'ask',
          requestedModel: 'other',
          maxTokens: 5,
          sessionId: id,
        });
        await world.ledger.store.update(`${id}-${at}`, { promptTokens: 9 });
      }
    }
    const third = await ask(claude, 'And then?');
    assert.equal(third.turn.sent.cacheMark, 'read');
    assert.match(third.body, /"text":"And why\?","cache_control"/);
    assert.ok(third.bill.tokens.cached > 0 && third.bill.tokens.cacheWrite === 0);
  });

  test('a setting switches it off', async () => {
    world.settings.set({ promptCache: 'off' });
    await ask(claude, file);
    const second = await ask(claude, 'And why?');
    assert.doesNotMatch(second.body, /cache_control/);
    assert.equal(second.said?.cache, undefined, 'then nothing is kept');
  });

  test('a provider that caches by itself gets no mark', async () => {
    const first = await ask(mini, file);
    assert.equal(first.said?.cache?.state, 'new');
    const second = await ask(mini, 'And why?');
    assert.doesNotMatch(second.body, /cache_control/);
    assert.equal(second.said?.cache?.state, 'warm');
    assert.ok(second.bill.tokens.cached > 0);
  });

  test('another model leaves the warm cache, which is said before a word is typed', async () => {
    await ask(mini, file);
    nowMs += 10_000;
    assert.equal(await world.say(talk, mini, ''), undefined);
    const { left } = (await world.say(talk, 'google/gemini-2.5-flash', '')) ?? {};
    assert.equal(left?.leftModel, world.model(mini).name);
    assert.ok(Number(left?.stayUsd) < Number(left?.switchUsd));
    nowMs += 10 * 60_000;
    assert.equal((await world.say(talk, 'google/gemini-2.5-flash', ''))?.left, undefined);
  });
});
