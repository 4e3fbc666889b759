import assert from 'node:assert/strict';
import type { Settings } from '../../../src/app/settings';
import type { StatusBarState } from '../../../src/app/usage/statusBarState';
import { UsageStatus } from '../../../src/app/usage/usageStatus';
import { Emitter } from '../../../src/core/base/event';
import { succeed } from '../../../src/core/chat/result';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { makeTurn } from '../../support/turns';
import { billed, draft, unsettled } from '../ledger/rows';

type ShownSettings = Pick<Settings, 'model' | 'statusBar' | 'budgets'>;

suite('What the status bar shows', () => {
  let ledger: LedgerParts;
  let settings: ShownSettings;
  let isRunning: boolean;
  let status: UsageStatus;
  const states: (StatusBarState | undefined)[] = [];
  const pending: boolean[] = [];
  let settingsChanged: Emitter<void>;
  let runningChanged: Emitter<void>;
  let focused: Emitter<void>;

  setup(() => {
    ledger = createMemoryLedgerParts();
    settings = { model: 'acme/m1', statusBar: 'session', budgets: {} };
    isRunning = false;
    states.length = 0;
    pending.length = 0;
    [settingsChanged, runningChanged, focused] = [new Emitter(), new Emitter(), new Emitter()];
    const conversation = {
      conversation: { id: 'talk', turns: [makeTurn()] },
      get isRunning() {
        return isRunning;
      },
      onDidChangeRunning: runningChanged.event,
    };
    const reader = {
      get current() {
        return settings;
      },
      onDidChange: settingsChanged.event,
    };
    const key = { isManagementKey: false, limitUsd: '5', limitRemainingUsd: '4.5' };
    const clients = {
      account: async () =>
        succeed({ key: async () => succeed(key), generation: async () => succeed(undefined) }),
    };
    status = new UsageStatus(
      ledger.store,
      conversation,
      reader,
      { onDidFocus: focused.event },
      clients,
      error => assert.fail(String(error)),
    );
    status.onDidChange(state => states.push(state));
    status.onDidCountPending(hasPending => pending.push(hasPending));
  });
  teardown(() => status.dispose());

  /** The state after the next reading of the ledger. */
  const nextReading = (): Promise<StatusBarState | undefined> =>
    new Promise(resolve => {
      const subscription = status.onDidCountPending(() => {
        subscription.dispose();
        resolve(states.at(-1));
      });
    });

  const after = (change: () => void): Promise<StatusBarState | undefined> => {
    const reading = nextReading();
    change();
    return reading;
  };

  async function spend(pico: bigint): Promise<void> {
    const row = draft({ startedAt: Date.now() });
    await ledger.store.begin(row);
    await ledger.store.update(row.id, billed(pico));
  }

  test('follows the ledger, several changes at once', async () => {
    const reading = nextReading();
    await spend(10n ** 12n);
    await spend(10n ** 12n);
    assert.equal((await reading)?.spent, '$2.00');
    assert.deepEqual(pending, [false]);
  });

  test('follows the settings: model, period and limits', async () => {
    await spend(10n ** 12n);
    settings = { model: 'acme/m2', statusBar: 'today', budgets: { dailyPico: 10n ** 12n } };
    const state = await after(() => settingsChanged.fire());
    assert.deepEqual([state?.model, state?.period, state?.level], ['acme/m2', 'today', 'reached']);
    assert.match(state?.details.join() ?? '', /Limit, today/);
  });

  test('follows what runs', () => {
    isRunning = true;
    runningChanged.fire();
    assert.equal(states.at(-1)?.isRunning, true);
  });

  test('looks again when the user comes back to the window', async () => {
    assert.ok(await after(() => focused.fire()));
  });

  test('shows nothing when it is turned off', async () => {
    settings = { ...settings, statusBar: 'off' };
    assert.equal(await after(() => settingsChanged.fire()), undefined);
  });

  test('tells whether requests wait for their cost', async () => {
    const row = draft({ startedAt: Date.now() });
    await ledger.store.begin(row);
    const reading = nextReading();
    await ledger.store.update(row.id, unsettled());
    await reading;
    assert.equal(pending.at(-1), true);
  });

  test('says what is left on the key once it was asked for', async () => {
    const credit = /Credit left on the key: ([^(]*) \(/;
    assert.match((await after(() => status.refresh()))?.details.join() ?? '', /key: not asked yet/);
    await status.refreshCredit();
    assert.equal(credit.exec(states.at(-1)?.details.join() ?? '')?.[1], '$4.5 of its $5 limit is left.');
  });
});
