import assert from 'node:assert/strict';
import { summarize } from '../../../src/core/chat/comparison';
import { lastAnswered } from '../../../src/core/chat/history';
import { describeParameters } from '../../../src/core/chat/requestParameters';
import { formatPico, parsePico } from '../../../src/core/money/pico';
import { CompareWorld, question } from '../../support/compareWorld';
import { type Simulator, startSimulator } from '../../support/simulator';

const whole = 'openai/gpt-4o-mini';
const failing = 'simulator/error-mid';
const stalling = 'simulator/stall';
const three = [{ model: whole }, { model: failing }, { model: stalling }];

suite('a comparison', () => {
  let simulator: Simulator;
  let world: CompareWorld;

  setup(async () => {
    simulator = await startSimulator({ generationDelayMs: 0 });
    world = new CompareWorld(simulator);
  });
  teardown(async () => {
    world.dispose();
    await simulator.dispose();
  });

  const hasEnded = ({ answer }: { answer: { status: string } }): boolean => answer.status !== 'streaming';

  test('a model that fails mid-stream and one that stalls leave the third alone; one can be stopped', async () => {
    const asking = world.run.ask(question, three);
    await Promise.all([world.until(whole, hasEnded), world.until(failing, hasEnded)]);
    await world.until(stalling, ({ answer }) => answer.text !== '');
    assert.equal(world.session.isRunning, true);
    world.session.stop(world.turnOf(stalling).id);
    assert.equal(await asking, true);
    assert.deepEqual(
      [whole, failing, stalling].map(model => world.turnOf(model).answer.status),
      ['completed', 'failed', 'cancelled'],
    );
    assert.equal(world.turnOf(failing).answer.ending?.failure?.kind, 'providerUnavailable');
    assert.equal(world.session.isRunning, false);
  });

  test('its rows share one group and add up to the bill', async () => {
    const asking = world.run.ask(question, three);
    await world.until(stalling, ({ answer }) => answer.text !== '');
    await Promise.all([world.until(whole, hasEnded), world.until(failing, hasEnded)]);
    world.session.stop();
    await asking;
    await world.settle();
    const totals = await world.ledger.store.totals({});
    assert.deepEqual([totals.requests, totals.pendingRequests], [3, 0]);
    assert.equal(formatPico(totals.spentPico), simulator.bill.totalUsd());
    assert.ok(totals.spentPico > 0n);
    const rows = await Promise.all(world.turns.map(({ id }) => world.ledger.store.get(id)));
    const groups = new Set(rows.map(row => row?.compareGroup));
    assert.deepEqual([...groups], [world.turns[0]?.group]);
    assert.notEqual(world.turns[0]?.group, undefined);
    assert.deepEqual([...new Set(rows.map(row => row?.origin))], ['compare']);
  });

  test('all of it can be stopped by its id', async () => {
    const asking = world.run.ask(question, [{ model: stalling }, { model: 'simulator/stall:9' }]);
    await world.until(stalling, ({ answer }) => answer.text !== '');
    await world.until('simulator/stall:9', ({ answer }) => answer.text !== '');
    world.session.stop(world.turns[0]?.group);
    await asking;
    assert.deepEqual(
      world.turns.map(({ answer }) => answer.status),
      ['cancelled', 'cancelled'],
    );
  });

  test('no other model stands in for one that fails', async () => {
    const { parameters } = world.settings.current;
    world.settings.set({ parameters: { ...parameters, fallbackModels: ['openai/gpt-5-nano'] } });
    await world.run.ask(question, [{ model: 'simulator/500' }, { model: whole }]);
    assert.equal(world.turnOf('simulator/500').answer.status, 'failed');
    assert.deepEqual(
      simulator.requests.flatMap(({ body }) =>
        body && typeof body === 'object' && 'models' in body ? [body] : [],
      ),
      [],
    );
  });

  test('asks once when all together are large, with one sum', async () => {
    const long = { ...question, prompt: 'word '.repeat(9000) };
    world.dialogs.answers.push('Send All');
    assert.equal(
      await world.run.ask(long, [
        { model: whole },
        { model: 'openai/gpt-5-nano' },
        { model: 'z-ai/glm-4.6' },
      ]),
      true,
    );
    assert.equal(world.dialogs.shown.length, 2);
    assert.match(world.dialogs.shown[0] ?? '', /^Send about \d\d,\d\d\d tokens to 3 models\?$/);
    assert.match(world.dialogs.shown[1] ?? '', /^Estimated cost of all: \$0\.\d+ to \$0\.\d+\./);
  });

  test('sends nothing when the user says no, and keeps no row', async () => {
    const long = { ...question, prompt: 'word '.repeat(15_000) };
    assert.equal(await world.run.ask(long, [{ model: whole }, { model: 'z-ai/glm-4.6' }]), false);
    assert.deepEqual(world.turns, []);
    assert.equal((await world.ledger.store.totals({})).requests, 0);
  });

  test('under a limit that all at once could pass, each is sent when the one before has ended', async () => {
    // Room for what two reserve, and for what all cost.
    world.settings.set({
      parameters: { model: whole, maxTokens: 1000 },
      budgets: { dailyPico: parsePico('0.0015') ?? 0n },
    });
    world.dialogs.answers.push('Send One After Another');
    let most = 0;
    let running = 0;
    const follow = world.session.onDidChange(change => {
      if (change.type === 'turn') running += 1;
      if (change.type === 'events' && change.events.some(({ type }) => type === 'ended')) running -= 1;
      most = Math.max(most, running);
    });
    await world.run.ask(question, [
      { model: whole },
      { model: `${whole}:floor` },
      { model: `${whole}:nitro` },
    ]);
    follow.dispose();
    assert.match(world.dialogs.shown[1] ?? '', /could pass your limit of \$0\.0015 per day/);
    assert.equal(most, 1);
    assert.deepEqual(
      world.turns.map(({ answer }) => answer.status),
      ['completed', 'completed', 'completed'],
    );
  });

  suite('under a limit that leaves less than all may cost', () => {
    const models = [whole, `${whole}:floor`, 'openai/gpt-5-nano'];
    const ask = async (dailyUsd: string): Promise<void> => {
      world.settings.set({
        parameters: { model: whole, maxTokens: 1000 },
        budgets: { dailyPico: parsePico(dailyUsd) },
      });
      world.dialogs.answers.push('Send One After Another');
      // Each answer takes all that it may.
      for (const _ of models) simulator.next('long-20000');
      await world.run.ask(
        question,
        models.map(model => ({ model })),
      );
      await world.settle();
      assert.ok((parsePico(simulator.bill.totalUsd()) ?? 0n) <= (parsePico(dailyUsd) ?? 0n));
    };

    test('each gets its share, so that the first takes nothing that the last one needs', async () => {
      await ask('0.001');
      assert.match(world.dialogs.shown[1] ?? '', /each gets its share of what is left/);
      assert.deepEqual(
        models.map(model => world.turnOf(model).answer.status),
        ['truncated', 'truncated', 'truncated'],
      );
      const { sent } = world.turnOf(whole);
      assert.ok(sent.parameters.maxTokens < 1000);
      assert.match(sent.maxTokensReason ?? '', /^by its share of what your daily limit leaves, \$0\.00\d+$/);
    });

    test('where it is not enough for all, that is said before anything is sent', async () => {
      await ask('0.0003');
      assert.match(world.dialogs.shown[1] ?? '', /not enough for all of them/);
      const first = world.turnOf(whole);
      assert.equal(first.answer.status, 'truncated');
      assert.doesNotMatch(first.sent.maxTokensReason ?? '', /share/, 'too small for an answer of use');
    });
  });

  test('one of them can be on a service tier, which is sent, shown and kept when it is asked again', async () => {
    const other = 'openai/gpt-5-nano';
    await world.run.ask(question, [{ model: whole }, { model: other, serviceTier: 'flex' }]);
    const isFlex = (): readonly unknown[] =>
      simulator.requests.flatMap(({ body }) =>
        body && typeof body === 'object' && 'service_tier' in body ? [[body.service_tier]] : [],
      );
    assert.deepEqual(isFlex(), [['flex']], 'the one that is used goes as usual');
    const turn = world.turnOf(other);
    assert.ok(describeParameters(turn.sent.parameters).includes('service tier flex'));
    assert.equal(simulator.bill.get(turn.answer.generationId ?? '')?.serviceTier, 'flex');
    assert.equal(simulator.bill.get(world.turnOf(whole).answer.generationId ?? '')?.serviceTier, undefined);
    await world.session.retry(turn);
    assert.equal(isFlex().length, 2);
  });

  test('a follow-up goes on from the answer that was kept, and from nothing else of it', async () => {
    await world.run.ask(question, [{ model: whole }, { model: 'openai/gpt-5-nano' }]);
    assert.equal(lastAnswered(world.session.conversation), undefined);
    const kept = world.turnOf(whole);
    world.session.choose(world.turnOf('openai/gpt-5-nano'), 'keep');
    world.session.choose(kept, 'keep');
    assert.deepEqual(
      world.session.followUpHistory.map(({ id }) => id),
      [kept.id],
    );
    await world.session.ask({ ...question, origin: 'panel', prompt: 'And at night?', follows: kept.id });
    const body = simulator.requests.at(-1)?.body as { messages: { role: string; content: unknown }[] };
    assert.deepEqual(
      body.messages.slice(1).map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
  });

  test('tells which is the cheapest, the fastest and the longest of those that are whole', async () => {
    const asking = world.run.ask(question, [...three, { model: 'openai/gpt-5.1' }]);
    await world.until(stalling, ({ answer }) => answer.text !== '');
    await Promise.all([whole, failing, 'openai/gpt-5.1'].map(model => world.until(model, hasEnded)));
    const during = summarize(world.turns);
    assert.deepEqual([during.running, during.completed, during.failed], [1, 2, 1]);
    world.session.stop();
    await asking;
    const { cheapest, longest, fastest } = summarize(world.turns);
    assert.equal(cheapest?.id, world.turnOf(whole).id);
    for (const turn of [longest, fastest]) assert.equal(turn?.answer.status, 'completed');
  });
});
