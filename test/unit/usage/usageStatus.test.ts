import assert from 'node:assert/strict';
import type { SessionChange } from '../../../src/app/ask/askSession';
import type { StatusBarState } from '../../../src/app/usage/statusBarState';
import { UsageStatus } from '../../../src/app/usage/usageStatus';
import { Emitter } from '../../../src/core/base/event';
import { succeed } from '../../../src/core/chat/result';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { FakeSettings } from '../../support/fakeSettings';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { makeTurn } from '../../support/turns';
import { billed, draft, unsettled } from '../ledger/rows';

suite('What the status bar shows', () => {
  let ledger: LedgerParts;
  let settings: FakeSettings;
  let isRunning: boolean;
  let status: UsageStatus;
  const states: (StatusBarState | undefined)[] = [];
  const pending: boolean[] = [];
  let sessionChanged: Emitter<SessionChange>;
  let focused: Emitter<void>;

  setup(() => {
    ledger = createMemoryLedgerParts();
    settings = new FakeSettings();
    isRunning = false;
    states.length = 0;
    pending.length = 0;
    [sessionChanged, focused] = [new Emitter(), new Emitter()];
    const session = {
      conversation: { id: 'talk', turns: [makeTurn()] },
      get isRunning() {
        return isRunning;
      },
      onDidChange: sessionChanged.event,
    };
    const key = { isManagementKey: false, limitUsd: '5', limitRemainingUsd: '4.5' };
    const clients = {
      account: async () =>
        succeed({ key: async () => succeed(key), generation: async () => succeed(undefined) }),
    };
    status = new UsageStatus(ledger.store, session, settings, { onDidFocus: focused.event }, clients, error =>
      assert.fail(String(error)),
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
    const parameters = { model: 'acme/m2', maxTokens: 100 };
    const budgets = { dailyPico: 10n ** 12n };
    const state = await after(() => settings.set({ parameters, statusBar: 'today', budgets }));
    assert.deepEqual([state?.model, state?.period, state?.level], ['acme/m2', 'today', 'reached']);
    assert.match(state?.details.join() ?? '', /Limit, today/);
  });

  test('follows what runs', () => {
    isRunning = true;
    sessionChanged.fire({ type: 'composer' });
    assert.equal(states.at(-1)?.isRunning, true);
  });

  test('looks again when the user comes back to the window', async () => {
    assert.ok(await after(() => focused.fire()));
  });

  test('shows nothing when it is turned off', async () => {
    assert.equal(await after(() => settings.set({ statusBar: 'off' })), undefined);
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
    assert.equal(
      credit.exec(states.at(-1)?.details.join() ?? '')?.[1],
      '\\$4\\.5 of its \\$5 limit is left\\.',
    );
  });
});
