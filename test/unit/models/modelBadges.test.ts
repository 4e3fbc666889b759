import assert from 'node:assert/strict';
import { ModelBadges } from '../../../src/app/models/modelBadges';
import { succeed } from '../../../src/core/chat/result';
import { parseServedHow, type ServedHow } from '../../../src/core/models/modelBadges';
import { openRouter } from '../../../src/openrouter/openRouter';
import { type Simulator, startSimulator } from '../../support/simulator';

const teamKey = 'sk-or-v1-team';

suite('badges of models', () => {
  let simulator: Simulator;
  let apiKey: string | undefined;
  let onDisk: ServedHow | undefined;
  let nowMs: number;
  let path: string;
  const { signal } = new AbortController();

  suiteSetup(async () => {
    simulator = await startSimulator({
      keys: { [teamKey]: { models: ['openai/gpt-4o-mini'], presets: ['reviews'] } },
    });
  });
  suiteTeardown(() => simulator.dispose());
  setup(() => {
    apiKey = undefined;
    onDisk = undefined;
    nowMs = 0;
    path = '';
  });

  const create = () =>
    new ModelBadges(
      {
        current: async () =>
          succeed({
            baseUrl: simulator.url + path,
            origin: simulator.origin,
            apiKey,
            attribution: { referer: '', title: '' },
            noBytesMs: 1000,
            noDataMs: 1000,
          }),
      },
      openRouter,
      {
        read: async () => onDisk,
        write: async value => {
          onDisk = parseServedHow(JSON.stringify(value));
        },
      },
      { error: (what, error) => assert.fail(`${what}: ${error}`) },
      () => nowMs,
    );
  const asked = () => simulator.requests.length;

  test('tell zero retention and regions, for a day, and to later windows without asking', async () => {
    const badges = create();
    assert.equal((await badges.atHand()).badgesOf('openai/gpt-5.1').isZeroRetention, undefined);
    assert.equal(await badges.refresh(signal), true);
    const { badgesOf } = await badges.atHand();
    assert.deepEqual(badgesOf('openai/gpt-5.1'), {
      isZeroRetention: true,
      regions: ['eu'],
      isForAccount: undefined,
    });
    assert.equal(badgesOf('no/such').isZeroRetention, false);
    const before = asked();
    assert.equal(await badges.refresh(signal), false);
    const other = create();
    assert.deepEqual((await other.atHand()).badgesOf('openai/gpt-5.1').regions, ['eu']);
    assert.equal(asked(), before);
    nowMs = 86_400_000;
    assert.equal(await other.refresh(signal), true);
  });

  test('tell what an account may use, and its presets, to the key that was shown them only', async () => {
    apiKey = teamKey;
    const badges = create();
    await badges.refresh(signal);
    const { badgesOf, presets } = await badges.atHand();
    assert.equal(badgesOf('openai/gpt-4o-mini').isForAccount, true);
    assert.equal(badgesOf('openai/gpt-5.1').isForAccount, false);
    assert.deepEqual(presets, [{ slug: 'reviews', name: 'Preset reviews' }]);
    apiKey = undefined;
    const without = await badges.atHand();
    assert.deepEqual([without.badgesOf('openai/gpt-5.1').isForAccount, without.presets], [undefined, []]);
  });

  for (const fault of ['401', '403', 'html', '502']) {
    test(`an account’s list that cannot be had marks nothing: ${fault}`, async () => {
      apiKey = 'sk-or-v1-any';
      nowMs = 5;
      onDisk = { baseUrl: simulator.url, fetchedAtMs: 0, zeroRetention: ['a/b'] };
      simulator.next(fault, 'models');
      const badges = create();
      await badges.refresh(signal);
      const { badgesOf } = await badges.atHand();
      assert.deepEqual([badgesOf('a/b').isForAccount, badgesOf('a/b').isZeroRetention], [undefined, true]);
    });
  }

  test('a server that cannot be asked is asked again the next time', async () => {
    path = '/nowhere';
    const badges = create();
    assert.equal(await badges.refresh(signal), false);
    assert.equal(onDisk, undefined);
  });
});
