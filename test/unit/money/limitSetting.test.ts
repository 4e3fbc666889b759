import assert from 'node:assert/strict';
import { LimitWarning } from '../../../src/app/usage/limitWarning';
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

suite('A limit that is no amount', () => {
  const daily = { setting: 'askOpenRouter.budget.daily', value: '-1' };
  const monthly = { setting: 'askOpenRouter.budget.monthly', value: '"one"' };

  test('is told of once, until it says something else', async () => {
    const dialogs = new FakeDialogs();
    const warning = new LimitWarning({ dialogs, changeLimit: async () => undefined });
    await warning.follow([]);
    assert.deepEqual(dialogs.shown, []);
    await warning.follow([daily]);
    await warning.follow([daily]);
    assert.deepEqual(dialogs.shown, [
      'askOpenRouter.budget.daily is -1, which is not an amount in USD: this limit does not hold. Write a number such as 0.5, or leave it empty for no limit.',
    ]);
    await warning.follow([]);
    await warning.follow([daily]);
    assert.equal(dialogs.shown.length, 2);
  });

  test('is told of together with others', async () => {
    const dialogs = new FakeDialogs();
    const warning = new LimitWarning({ dialogs, changeLimit: async () => undefined });
    await warning.follow([daily, monthly]);
    assert.match(
      dialogs.shown.join(),
      /^askOpenRouter\.budget\.daily is -1 and askOpenRouter\.budget\.monthly is "one", which are not amounts in USD: these limits do not hold\./,
    );
  });

  test('can be mended by the button of the warning', async () => {
    let opened = 0;
    const dialogs = { warn: async () => 'Change Limit' };
    const changeLimit = async () => {
      opened += 1;
    };
    await new LimitWarning({ dialogs, changeLimit }).follow([daily]);
    assert.equal(opened, 1);
  });
});
