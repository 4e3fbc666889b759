import assert from 'node:assert/strict';
import type { UnusableLimit } from '../../../src/app/settings';
import { LimitWarning } from '../../../src/app/usage/limitWarning';
import { Emitter } from '../../../src/core/base/event';
import { parseLimit } from '../../../src/core/money/limitSetting';
import { FakeDialogs } from '../../support/usage/fakeDialogs';

suite('A limit in the settings', () => {
  for (const value of [1, '1', ' 1.0 ', '1e0']) {
    test(`${JSON.stringify(value)} is one dollar`, () => {
      assert.equal(parseLimit(value), 1_000_000_000_000n);
    });
  }

  test('zero is a limit, nothing is none', () => {
    assert.deepEqual([0, '0'].map(parseLimit), [0n, 0n]);
    assert.deepEqual([undefined, null, ''].map(parseLimit), [undefined, undefined, undefined]);
  });

  for (const value of [-1, '-0.5', 'one', '1,5', '$1', true, [1], {}, Number.POSITIVE_INFINITY, 1e9]) {
    test(`${JSON.stringify(value)} is no amount`, () => assert.equal(parseLimit(value), 'unusable'));
  }
});

/** A warning about limits that a test types. */
function watch(warn: Pick<FakeDialogs, 'warn'> | undefined = undefined) {
  const dialogs = new FakeDialogs();
  const changed = new Emitter<void>();
  const settings = {
    current: { unusableLimits: [] as readonly UnusableLimit[] },
    onDidChange: changed.event,
  };
  const opened: string[] = [];
  const workbench = { openSetting: async (key: string) => void opened.push(key) };
  const warning = new LimitWarning(settings, warn ?? dialogs, workbench, error => assert.fail(String(error)));
  const follow = async (unusableLimits: readonly UnusableLimit[]): Promise<void> => {
    settings.current = { unusableLimits };
    await warning.check();
  };
  return { dialogs, settings, changed, opened, follow };
}

suite('A limit that is no amount', () => {
  const daily = { setting: 'askOpenRouter.budget.daily', value: '-1' };
  const monthly = { setting: 'askOpenRouter.budget.monthly', value: '"one"' };

  test('is told of once, until it says something else', async () => {
    const { dialogs, follow } = watch();
    await follow([]);
    assert.deepEqual(dialogs.shown, []);
    await follow([daily]);
    await follow([daily]);
    assert.deepEqual(dialogs.shown, [
      'askOpenRouter.budget.daily is -1, which is not an amount in USD: this limit does not hold. Write a number such as 0.5, or leave it empty for no limit.',
    ]);
    await follow([]);
    await follow([daily]);
    assert.equal(dialogs.shown.length, 2);
  });

  test('is told of together with others', async () => {
    const { dialogs, follow } = watch();
    await follow([daily, monthly]);
    assert.match(
      dialogs.shown.join(),
      /^askOpenRouter\.budget\.daily is -1 and askOpenRouter\.budget\.monthly is "one", which are not amounts in USD: these limits do not hold\./,
    );
  });

  test('can be mended by the button of the warning', async () => {
    const { follow, opened } = watch({ warn: async () => 'Change Limit' });
    await follow([daily]);
    assert.deepEqual(opened, ['budget']);
  });

  test('is told of as soon as it is typed', async () => {
    const { dialogs, settings, changed } = watch();
    settings.current = { unusableLimits: [daily] };
    changed.fire();
    assert.equal(dialogs.shown.length, 1);
  });
});
