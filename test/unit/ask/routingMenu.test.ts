import assert from 'node:assert/strict';
import { RoutingMenu } from '../../../src/app/ask/routingMenu';
import { fail, succeed } from '../../../src/core/chat/result';
import { routingInShort } from '../../../src/core/chat/routingChoices';
import { FakeSettings } from '../../support/fakeSettings';

/** A menu whose user picks what `answers` says. */
class MenuWorld {
  readonly settings = new FakeSettings();
  readonly answers: string[] = [];
  readonly shown: string[] = [];
  readonly done: string[] = [];
  allowedRegions: readonly string[] = ['global'];
  readonly menu = new RoutingMenu(
    this.settings,
    { of: async () => [{ provider: 'DeepInfra', tag: 'deepinfra/fp8', pricing: {}, keepsNothing: true }] },
    {
      account: async () =>
        succeed({
          key: async () => succeed({ isManagementKey: false, allowedRegions: this.allowedRegions }),
          generation: async () => fail({ kind: 'unknown' }),
        }),
    },
    {
      askFile: async () => void this.done.push('askFile'),
      exportAll: async () => void this.done.push('export'),
    },
    {
      pick: async items => {
        this.shown.push(...items.map(({ label, detail }) => `${label}: ${detail}`));
        const answer = this.answers.shift();
        return items.find(({ label }) => label === answer);
      },
      confirm: async message => {
        this.shown.push(message);
        return this.answers.shift();
      },
      copy: async text => void this.done.push(`copy ${text}`),
      news: async message => {
        this.shown.push(message);
        return false;
      },
      warn: async message => {
        this.shown.push(message);
        return undefined;
      },
      wait: (_, task) => task,
    },
    { openSetting: async key => void this.done.push(`setting ${key}`) },
  );

  async pick(...answers: string[]): Promise<void> {
    this.answers.push(...answers);
    await this.menu.open();
  }

  get inShort(): string {
    return routingInShort(this.settings.current.parameters);
  }
}

suite('the menu of routing and privacy', () => {
  test('switches each choice on, shows it marked, and off again', async () => {
    const world = new MenuWorld();
    await world.pick('$(blank) No training');
    await world.pick('$(blank) Zero retention');
    await world.pick('$(blank) Cheapest');
    await world.pick('$(blank) Cheaper, may be slow');
    assert.deepEqual(world.settings.current.parameters.provider, {
      data_collection: 'deny',
      zdr: true,
      sort: 'price',
    });
    assert.equal(world.settings.current.parameters.serviceTier, 'flex');
    assert.equal(world.inShort, 'cheapest · no training · zero retention · cheaper, may be slow');
    await world.pick('$(check) Zero retention');
    assert.equal(world.inShort, 'cheapest · no training · cheaper, may be slow');
    await world.pick('$(blank) Fastest');
    assert.equal(world.inShort, 'fastest · no training · cheaper, may be slow');
  });

  test('takes out every rule at once', async () => {
    const world = new MenuWorld();
    world.settings.set({
      parameters: { model: 'a/b', maxTokens: 5, serviceTier: 'flex', provider: { zdr: true, ignore: ['x'] } },
    });
    await world.pick('$(clear-all) No rules');
    assert.equal(world.inShort, '');
    assert.deepEqual(world.settings.current.parameters.provider, {});
  });

  test('pins a provider of the model in force by its tag', async () => {
    const world = new MenuWorld();
    await world.pick('$(pin) Pin a provider…', 'DeepInfra');
    assert.deepEqual(world.settings.current.parameters.provider?.only, ['deepinfra/fp8']);
    assert.equal(world.inShort, 'only deepinfra/fp8');
  });

  test('offers a region only where the key allows it, and changes no address by itself', async () => {
    const world = new MenuWorld();
    await world.pick('$(globe) In a region…');
    assert.match(world.shown.at(-1) ?? '', /does not allow requests to be kept within a region/);
    world.allowedRegions = ['global', 'europe'];
    await world.pick('$(globe) In a region…', 'In Europe', 'Copy Address and Open Setting');
    assert.deepEqual(world.done, ['copy https://eu.openrouter.ai/api/v1', 'setting baseUrl']);
    assert.equal(world.settings.current.baseUrl, 'https://openrouter.ai/api/v1');
  });

  test('leads to all rules and to who has seen a file', async () => {
    const world = new MenuWorld();
    await world.pick('$(settings-gear) All rules…');
    await world.pick('$(eye) Who has seen a file?…');
    await world.pick('$(save) Export who saw what…');
    assert.deepEqual(world.done, ['setting routing', 'askFile', 'export']);
  });

  test('says other rules in short', () => {
    const parameters = {
      model: 'a/b',
      maxTokens: 5,
      provider: {
        order: ['x', 'y'],
        ignore: ['z'],
        require_parameters: true,
        quantizations: ['fp8' as const],
      },
    };
    assert.equal(routingInShort(parameters), 'first x, y · not z · 2 more rules');
  });
});
