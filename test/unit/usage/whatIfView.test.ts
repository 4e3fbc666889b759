import assert from 'node:assert/strict';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import type { LedgerQueries, RowFilter } from '../../../src/core/ledger/ledgerQueries';
import { LedgerFault } from '../../../src/core/money/ledgerFault';
import type { WhatIfState } from '../../../src/protocol/whatIfState';
import { makeModel } from '../../support/models';
import { sampleEntry, sampleLedger } from '../../support/usage/sampleLedger';
import { createWhatIf, listedModels, type WhatIfWorld } from '../../support/usage/whatIfParts';

const now = new Date(2026, 7, 5, 17, 30).getTime();

suite('The what-if section’s host side', () => {
  let ledger: LedgerParts;
  let filter: RowFilter;
  let made: ReturnType<typeof createWhatIf>;
  let shown: WhatIfState[];
  const surprises: unknown[] = [];

  setup(async () => {
    ledger = await sampleLedger(60, now);
    filter = {};
    surprises.length = 0;
    create();
  });
  teardown(() => made.view.dispose());

  function create(more: Partial<WhatIfWorld> = {}): void {
    const report = (error: unknown): void => void surprises.push(error);
    const { store, queries } = ledger;
    made = createWhatIf({ store, queries, filter: () => filter, report, ...more });
    shown = [];
    made.view.onDidChange(state => shown.push(state));
  }

  const counted = async (queries: LedgerQueries = ledger.queries): Promise<number> => {
    const { known } = await queries.workloads(filter, noCuts, new AbortController().signal);
    return known.reduce((sum, { requests }) => sum + requests, 0);
  };
  const noCuts = { promptTokens: [], minutesOfDay: [], byWeekday: false };

  test('reads nothing of the period before somebody chooses, and offers favourites and the latest', async () => {
    const workloads = () => assert.fail('nothing was to be read');
    create({ queries: Object.assign(Object.create(ledger.queries), { workloads }), favourites: ['a/b'] });
    await made.view.greet();
    await made.view.read();
    assert.deepEqual(shown, [{ offered: ['a/b', 'openai/gpt-5-mini'], isReading: false }]);
  });

  test('a choice is said to be read, then has figures of every request whose cost is known', async () => {
    await made.view.choose({ model: 'acme/other', route: 'listed' });
    assert.deepEqual(
      shown.map(({ isReading, result }) => [isReading, result !== undefined]),
      [
        [true, false],
        [false, true],
      ],
    );
    const { result } = shown.at(-1) ?? {};
    assert.equal(result?.total.requests, await counted());
    assert.ok(result?.notes.some(note => /not in these figures: their cost or tokens/.test(note)));
    assert.ok(result?.notes.some(note => /You have not asked it yet/.test(note)));
  });

  test('the filter of the list narrows it, and a later choice takes the place of one that is still read', async () => {
    filter = { action: 'fix' };
    const first = made.view.choose({ model: 'acme/other', route: 'listed' });
    await made.view.choose({ route: 'flex' });
    await first;
    const ended = shown.filter(({ isReading }) => !isReading);
    assert.deepEqual(
      ended.map(({ choice, result }) => [choice?.route, result?.rows.map(({ action }) => action)]),
      [['flex', ['fix']]],
    );
  });

  test('a hidden page hears nothing of what was being read', async () => {
    const reading = made.view.choose({ model: 'acme/other', route: 'listed' });
    made.view.pause();
    await reading;
    assert.ok(shown.every(({ isReading }) => isReading));
    await made.view.greet();
    assert.equal(shown.at(-1)?.isReading, false);
  });

  test('figures follow when a request changes', async () => {
    await made.view.choose({ model: 'acme/other', route: 'listed' });
    const before = shown.at(-1)?.result?.total.requests ?? 0;
    const told = new Promise<number | undefined>(resolve => {
      made.view.onDidChange(({ isReading, result }) => {
        if (!isReading) resolve(result?.total.requests);
      });
    });
    await ledger.store.put({ ...sampleEntry(90_000, now), costState: 'billed', costPico: 1n });
    assert.equal(await told, before + 1);
  });

  test('a ledger that cannot be read is said in a sentence, a surprise is reported', async () => {
    const failing = (error: Error) =>
      Object.assign(Object.create(ledger.queries), { workloads: () => Promise.reject(error) });
    create({ queries: failing(new LedgerFault('locked', 'busy')) });
    await made.view.choose({ model: 'acme/other', route: 'listed' });
    assert.ok(shown.at(-1)?.reason);
    assert.deepEqual(surprises, []);
    create({ queries: failing(new Error('a bug')) });
    await made.view.choose({ model: 'acme/other', route: 'listed' });
    assert.match(shown.at(-1)?.reason ?? '', /could not be worked out/);
    assert.equal(surprises.length, 1);
  });

  test('what is not listed, varies or is not at hand has no figure', async () => {
    const reasonOf = async (model: string): Promise<string> => {
      await made.view.choose({ model, route: 'listed' });
      return shown.at(-1)?.reason ?? '';
    };
    assert.match(await reasonOf('no/such'), /not in the list of models/);
    assert.match(await reasonOf('openrouter/auto'), /depends on the model that it chooses/);
    create({ models: undefined });
    assert.match(await reasonOf('acme/other'), /cannot be read now/);
  });

  test('"try it" names both models and a built-in action, and leaves an own prompt to be asked for', async () => {
    await ledger.store.put({
      ...sampleEntry(1, now),
      id: 'OWN',
      action: 'my prompt',
      costState: 'billed',
      costPico: 5n,
    });
    await made.view.choose({ model: 'acme/other', route: 'floor' });
    await made.commands.tryIt('explain');
    await made.commands.tryIt('my prompt');
    await made.commands.tryIt('no such action');
    const [first, second, third] = made.compared;
    assert.deepEqual([first?.models[1], first?.action], ['acme/other:floor', 'explain']);
    assert.deepEqual([second?.models[1], second?.action], ['acme/other:floor', undefined]);
    assert.equal(third, undefined);
  });

  const tiersTried = () => made.compared.map(({ otherTier }) => otherTier);

  test('"try it" asks the other one on the tier that its figures are of, unless that has no price', async () => {
    await made.view.choose({ model: 'acme/other', route: 'flex' });
    await made.commands.tryIt('explain');
    assert.deepEqual(tiersTried(), ['flex']);
    create({
      models: [
        ...listedModels,
        makeModel({ id: 'acme/free:free', pricing: { prompt: '0', completion: '0' } }),
      ],
    });
    await made.view.choose({ model: 'acme/free:free', route: 'flex' });
    await made.commands.tryIt('explain');
    await made.view.choose({ model: 'acme/other', route: 'listed' });
    await made.commands.tryIt('explain');
    assert.deepEqual(tiersTried(), [undefined, undefined]);
  });

  test('a picked id with :floor is that route', async () => {
    create({ pick: () => 'acme/other:floor' });
    await made.commands.chooseOther('listed');
    assert.deepEqual(shown.at(-1)?.choice, { model: 'acme/other', route: 'floor' });
  });
});
