import assert from 'node:assert/strict';
import { createDraftEstimate } from '../../../src/app/ask/composerEstimate';
import { toContinueRequest } from '../../../src/app/ask/continueRequest';
import { RerunCommands } from '../../../src/app/compare/rerunCommands';
import { Estimates } from '../../../src/app/usage/estimates';
import type { Turn } from '../../../src/core/chat/conversation';
import { describeParameters } from '../../../src/core/chat/requestParameters';
import type { ControlledName } from '../../../src/core/models/offeredParameters';
import { parsePico } from '../../../src/core/money/pico';
import { CompareWorld, question } from '../../support/compareWorld';
import { ScriptedUser } from '../../support/pageHarness/scriptedUser';
import { type Simulator, startSimulator } from '../../support/simulator';

const model = 'openai/gpt-5.1';
const plain = 'openai/gpt-4o-mini';

suite('parameters that are remembered for a model', () => {
  let simulator: Simulator;
  let world: CompareWorld;

  const start = async (listsTiers: boolean): Promise<void> => {
    simulator = await startSimulator({ generationDelayMs: 0, listsTiers });
    world = new CompareWorld(simulator);
    world.settings.set({ parameters: { model, maxTokens: 1000 } });
    await world.parameters.lookUp(model);
  };
  setup(() => start(true));
  teardown(async () => {
    world.dispose();
    await simulator.dispose();
  });

  const set = (values: Partial<Record<ControlledName, string>>, id = model): Promise<unknown> =>
    Promise.all(
      Object.entries(values).map(([name, value]) => world.parameters.set(id, name as ControlledName, value)),
    );
  const all = { reasoningEffort: 'high', temperature: '0.2', maxTokens: '300', serviceTier: 'flex' };

  /** What went over the wire for `more`, but for what every request has. */
  async function wireOf(more: Partial<typeof question> = {}): Promise<Readonly<Record<string, unknown>>> {
    await world.session.ask({ ...question, origin: 'panel', ...more });
    const { body } = simulator.requests.findLast(({ path }) => path.endsWith('/chat/completions')) ?? {};
    const { messages: _, session_id: __, stream: ___, ...fields } = body as Record<string, unknown>;
    const ofAll = ['model', 'plugins', 'stream_options', 'usage'];
    return Object.fromEntries(Object.entries(fields).filter(([name]) => !ofAll.includes(name)));
  }
  const last = (): Turn => {
    const turn = world.turns.at(-1);
    assert.ok(turn);
    return turn;
  };

  test('go over the wire as they are chosen, and stand in Sent; other models have none of them', async () => {
    assert.deepEqual(await wireOf(), { max_tokens: 1000 });
    await set(all);
    const chosen = {
      ...{ max_tokens: 300, reasoning: { effort: 'high' }, service_tier: 'flex', temperature: 0.2 },
    };
    assert.deepEqual(await wireOf(), chosen);
    assert.deepEqual(describeParameters(last().sent.parameters).slice(1), [
      'at most 300 tokens of answer',
      'reasoning effort high',
      'service tier flex',
      'temperature 0.2',
    ]);
    assert.deepEqual(await wireOf({ parameters: { model: plain } }), { max_tokens: 1000 });
    assert.deepEqual(await wireOf(), chosen, 'they are remembered');
    await world.parameters.reset(model);
    assert.deepEqual(await wireOf(), { max_tokens: 1000 });
  });

  test('the composer shows those of the model in force', async () => {
    await set(all);
    const shown = (): string | undefined => world.session.composer.parameters?.summary;
    assert.equal(shown(), 'effort high · temp 0.2 · ≤ 300 tokens · flex');
    await world.settings.useModel(plain);
    assert.equal(shown(), undefined);
    await world.settings.useModel(model);
    assert.equal(shown(), 'effort high · temp 0.2 · ≤ 300 tokens · flex');
  });

  test('come after one request’s own and its prompt’s, and before the settings', async () => {
    const base = { model, maxTokens: 1000, temperature: 0.9, seed: 7 };
    world.settings.set({ parameters: base });
    assert.equal((await wireOf()).temperature, 0.9);
    await set({ temperature: '0.5' });
    assert.deepEqual(await wireOf(), { max_tokens: 1000, temperature: 0.5, seed: 7 });
    const ownParameters = { temperature: 0.4 };
    assert.equal((await wireOf({ ownParameters })).temperature, 0.4);
    assert.equal((await wireOf({ ownParameters, parameters: { temperature: 0.1 } })).temperature, 0.1);
    await set({ maxTokens: '300' }, plain);
    const ofOther = await wireOf({ ownParameters: { model: plain } });
    assert.deepEqual([ofOther.max_tokens, ofOther.temperature], [300, 0.9], 'an action’s model has its own');
  });

  test('are not taken where the model does not offer them', async () => {
    await world.parameters.lookUp(plain);
    await set({ ...all, serviceTier: 'fast' }, plain);
    assert.deepEqual(await wireOf({ parameters: { model: plain } }), { max_tokens: 300, temperature: 0.2 });
    await set({ reasoningEffort: 'max' });
    assert.deepEqual(await wireOf(), { max_tokens: 1000 });
  });

  test('that the model does not support any more are not sent: the settings hold', async () => {
    world.settings.set({
      parameters: { model: 'liquid/lfm2-8b', maxTokens: 500, topP: 0.9 },
      modelParameters: {
        'liquid/lfm2-8b': { reasoningEffort: 'high', serviceTier: 'flex', temperature: 0.3, seed: 3 },
      },
    });
    await world.parameters.lookUp('liquid/lfm2-8b');
    assert.deepEqual(await wireOf(), { max_tokens: 500, temperature: 0.3, top_p: 0.9 });
    assert.deepEqual(last().remembered, ['temperature']);
  });

  test('two that are chosen at once are both kept', async () => {
    await Promise.all([
      world.parameters.set(model, 'temperature', '0.2'),
      world.parameters.set(model, 'maxTokens', '300'),
    ]);
    assert.deepEqual(world.settings.current.modelParameters[model], { temperature: 0.2, maxTokens: 300 });
    await world.parameters.set(model, 'temperature', undefined);
    assert.deepEqual(world.settings.current.modelParameters[model], { maxTokens: 300 });
  });

  test('go along when an answer is continued, and are taken anew when it is asked again', async () => {
    await set({ temperature: '0.2', reasoningEffort: 'high' });
    await wireOf();
    const turn = last();
    assert.deepEqual(turn.remembered?.toSorted(), ['reasoningEffort', 'temperature']);
    const { conversation } = world.session;
    const inForce = world.settings.current;
    const continued = toContinueRequest(turn, 'instructed', { id: 'next', conversation, inForce });
    assert.equal(continued.turn.sent.parameters.temperature, 0.2);
    await set({ temperature: '0.7' });
    await world.session.retry(turn);
    assert.equal(last().sent.parameters.temperature, 0.7);
  });

  test('of one model are not another one’s when a turn is run again on it', async () => {
    await set({ temperature: '0.2', reasoningEffort: 'high' });
    await set({ temperature: '0.6' }, plain);
    await wireOf();
    const user = new ScriptedUser();
    user.answers.push('Another model…');
    const candidates = { chooseModel: async () => plain };
    await new RerunCommands(world.session, candidates, world.models, user).choose(last());
    const { temperature, reasoningEffort, model: asked } = last().sent.parameters;
    assert.deepEqual([asked, temperature, reasoningEffort], [plain, 0.6, undefined]);
  });

  for (const listsTiers of [true, false]) {
    test(`a limit holds for the tier and length that are chosen, ${listsTiers ? 'with' : 'without'} the tiers’ prices`, async () => {
      if (!listsTiers) {
        world.dispose();
        await simulator.dispose();
        await start(false);
        await set({ maxTokens: '300' });
        world.settings.set({ parameters: { model, maxTokens: 1000, serviceTier: 'priority' } });
      } else await set({ serviceTier: 'priority', maxTokens: '300' });
      const reserved = async (): Promise<bigint> => {
        world.settings.set({ budgets: { dailyPico: 10n ** 13n } });
        await wireOf();
        return (await world.ledger.store.get(last().id))?.reservedPico ?? 0n;
      };
      const ofPriority = await reserved();
      const cost = parsePico(simulator.bill.totalUsd()) ?? 0n;
      assert.ok(cost > 0n && cost <= ofPriority, `${cost} ≤ ${ofPriority}`);
      const { serviceTier } = simulator.bill.entries.at(-1) ?? {};
      assert.equal(serviceTier, listsTiers ? 'priority' : 'default');
      await world.parameters.reset(model);
      const ofStandard = await reserved();
      await world.parameters.set(model, 'maxTokens', '500');
      const ofShort = await reserved();
      assert.ok(ofShort < ofStandard, 'a shorter answer reserves less');
      if (listsTiers) {
        await set({ serviceTier: 'priority' });
        assert.equal(await reserved(), ofShort * 2n, 'priority costs twice as much');
        await set({ serviceTier: 'flex' });
        assert.equal(await reserved(), ofShort, 'flex is not promised');
      }
    });
  }

  test('change what the composer says a question would cost', async () => {
    const estimates = new Estimates(world.ledger.store, world.ledger.queries, world.models, {
      error: (_, error) => assert.fail(String(error)),
    });
    const draft = createDraftEstimate(
      estimates,
      world.models,
      world.settings,
      { outlook: async () => undefined },
      undefined,
      world.tiers,
    );
    const most = async (): Promise<number> => {
      const { text = '' } = (await draft('Why is the sky blue?', [])) ?? {};
      return Number(/\$([\d.]+)\D*$/.exec(text)?.[1]);
    };
    const before = await most();
    await set({ maxTokens: '500' });
    const shorter = await most();
    assert.ok(shorter < before && shorter > 0, `${shorter} < ${before}`);
    await set({ serviceTier: 'priority' });
    assert.ok((await most()) > shorter * 1.5, `${await most()} > ${shorter}`);
    estimates.dispose();
  });
});
