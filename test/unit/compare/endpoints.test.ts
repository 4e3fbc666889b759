import assert from 'node:assert/strict';
import { Candidates } from '../../../src/app/compare/candidates';
import type { PickItem, PickManyOptions } from '../../../src/app/ports/dialogs';
import { pinnedTo } from '../../../src/core/chat/endpointPin';
import { openRouter } from '../../../src/openrouter/openRouter';
import { CompareWorld, question } from '../../support/compareWorld';
import { ScriptedUser } from '../../support/pageHarness/scriptedUser';
import { type Simulator, startSimulator, toCatalogueModel } from '../../support/simulator';

/** One provider's plain name is also the beginning of its variants' tags. */
const tags = ['deepinfra', 'deepinfra/fp4', 'google-vertex', 'google-vertex/europe', 'together', 'chutes'];
const names: Readonly<Record<string, string>> = {
  deepinfra: 'DeepInfra',
  'google-vertex': 'Google',
  together: 'Together',
  chutes: 'Chutes',
};

const model = toCatalogueModel({
  id: 'acme/six',
  name: 'Acme: Six',
  created: 1767225600,
  about: 'Served by six.',
  context: 100_000,
  maxOutput: 5000,
  pricing: { prompt: '0.000001', completion: '0.000002' },
  tokenizer: 'Other',
  providers: tags.map(tag => ({ provider: names[tag.split('/')[0] ?? ''] ?? '', tag })),
});

suite('a comparison of the endpoints of one model', () => {
  let simulator: Simulator;
  let world: CompareWorld;
  let user: ScriptedUser;
  let candidates: Candidates;

  setup(async () => {
    // Whoever is not tied to an endpoint gets the last of those allowed.
    simulator = await startSimulator({ models: [model], balance: count => count - 1 });
    world = new CompareWorld(simulator);
    user = new ScriptedUser();
    candidates = new Candidates(world.models, world.endpoints, openRouter, world.settings, user);
  });
  teardown(async () => {
    world.dispose();
    await simulator.dispose();
  });

  const compareAll = async (): Promise<void> => {
    await world.run.ask(
      question,
      tags.map(tag => ({
        model: 'acme/six',
        provider: pinnedTo(tag, tags, world.settings.current.parameters.provider),
      })),
    );
  };

  /** Tag and status of each answer. */
  const statuses = () =>
    world.turns.map(({ sent, answer }) => [sent.parameters.provider?.only?.[0], answer.status] as const);

  test('each is served by the endpoint that was asked for', async () => {
    await compareAll();
    assert.deepEqual(simulator.bill.entries.map(({ endpoint }) => endpoint).sort(), [...tags].sort());
    assert.deepEqual(
      statuses(),
      tags.map(tag => [tag, 'completed']),
    );
  });

  test('one that is down is refused, where another one would have answered', async () => {
    const down = 'simulator/fallback';
    await world.run.ask(question, [
      { model: down, provider: pinnedTo('fireworks', ['deepinfra', 'fireworks']) },
      { model: down },
    ]);
    assert.deepEqual(statuses(), [
      ['fireworks', 'failed'],
      [undefined, 'completed'],
    ]);
    assert.deepEqual(
      simulator.bill.entries.map(({ endpoint }) => endpoint),
      ['deepinfra'],
    );
  });

  test('what the user demands of providers still holds: one that does not meet it refuses', async () => {
    const { parameters } = world.settings.current;
    world.settings.set({ parameters: { ...parameters, provider: { zdr: true, sort: 'price' } } });
    await compareAll();
    assert.deepEqual(
      statuses().find(([tag]) => tag === 'chutes'),
      ['chutes', 'failed'],
    );
    assert.deepEqual(
      simulator.bill.entries.map(({ endpoint }) => endpoint).sort(),
      tags.filter(tag => tag !== 'chutes').sort(),
    );
  });

  test('the user chooses the model and two to four of its endpoints', async () => {
    user.answers.push('Endpoints of one model…', 'Acme: Six', 'Together,Chutes');
    assert.deepEqual(await candidates.choose(), [
      { model: 'acme/six', provider: { only: ['together'], allow_fallbacks: false } },
      { model: 'acme/six', provider: { only: ['chutes'], allow_fallbacks: false } },
    ]);
  });

  test('a model or an endpoint that is given is picked at the start, a model also first in the list', async () => {
    const seen: (readonly [first: string | undefined, picked: readonly string[]])[] = [];
    const dialogs = Object.assign(new ScriptedUser(), {
      pickMany: async <T extends PickItem>(items: readonly T[], { picked = [] }: PickManyOptions<T>) => {
        seen.push([items[0]?.description, picked.map(({ description }) => description ?? '')]);
        return undefined;
      },
    });
    const asked = new Candidates(world.models, world.endpoints, openRouter, world.settings, dialogs);
    await asked.chooseModels('acme/six');
    await asked.chooseModels();
    await asked.chooseEndpoints('acme/six', 'together');
    assert.deepEqual(seen[0], ['acme/six', ['acme/six']]);
    assert.deepEqual(seen[1]?.[1], []);
    assert.deepEqual(seen[2]?.[1], ['together']);
  });

  test('a saved set, and models of the list, can be chosen', async () => {
    world.settings.set({ compareSets: { 'My two': ['a/one', 'a/two'] } });
    user.answers.push('My two');
    assert.deepEqual(await candidates.choose(), [{ model: 'a/one' }, { model: 'a/two' }]);
    user.answers.push('Choose models…', 'Acme: Six,OpenAI: GPT-4o-mini');
    const chosen = await candidates.choose();
    assert.deepEqual(chosen?.map(({ model: id }) => id).sort(), ['acme/six', 'openai/gpt-4o-mini']);
    assert.equal(await candidates.choose(), undefined);
  });
});
