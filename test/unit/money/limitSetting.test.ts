import assert from 'node:assert/strict';
import { SettingWarning } from '../../../src/app/account/settingWarning';
import { parseLimit } from '../../../src/core/money/limitSetting';
import { FakeSettings } from '../../support/fakeSettings';
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

  const settings = new FakeSettings();
  let dialogs: FakeDialogs;
  let opened: string[];
  let warning: SettingWarning;

  setup(() => {
    settings.set({ unusableLimits: [] });
    dialogs = new FakeDialogs();
    opened = [];
    const openSetting = async (key: string): Promise<void> => void opened.push(key);
    warning = new SettingWarning(settings, dialogs, { openSetting }, assert.ifError);
  });
  teardown(() => warning.dispose());

  test('is told of once, until it says something else', () => {
    assert.deepEqual(dialogs.shown, []);
    settings.set({ unusableLimits: [daily] });
    settings.set({ unusableLimits: [daily] });
    assert.deepEqual(dialogs.shown, [
      'askOpenRouter.budget.daily is -1, which is not an amount in USD: this limit does not hold. Write a number such as 0.5, or leave it empty for no limit.',
    ]);
    settings.set({ unusableLimits: [] });
    settings.set({ unusableLimits: [daily] });
    assert.equal(dialogs.shown.length, 2);
  });

  test('is told of together with others', () => {
    settings.set({ unusableLimits: [daily, monthly] });
    assert.match(
      dialogs.shown.join(),
      /^askOpenRouter\.budget\.daily is -1 and askOpenRouter\.budget\.monthly is "one", which are not amounts in USD: these limits do not hold\./,
    );
  });

  test('can be mended by the button of the warning', async () => {
    dialogs.warn = async () => 'Change Limit';
    settings.set({ unusableLimits: [daily] });
    await new Promise(resolve => setImmediate(resolve));
    assert.deepEqual(opened, ['budget']);
  });
});

suite('A parameter that cannot be used', () => {
  test('is told of with the way to its setting', async () => {
    const settings = new FakeSettings();
    const dialogs = new FakeDialogs();
    const opened: string[] = [];
    const openSetting = async (key: string): Promise<void> => void opened.push(key);
    const warning = new SettingWarning(settings, dialogs, { openSetting }, assert.ifError);
    settings.set({
      unusableParameters: [{ setting: 'askOpenRouter.parameters.temperature', value: '5' }],
    });
    warning.dispose();
    assert.deepEqual(dialogs.shown, [
      'askOpenRouter.parameters.temperature is 5, which cannot be used and is not sent. The description of the setting says what can.',
    ]);
  });
});
