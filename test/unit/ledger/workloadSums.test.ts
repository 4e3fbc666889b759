import assert from 'node:assert/strict';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { noCuts } from '../../../src/core/ledger/workload';
import { createBulkLedger } from '../../support/bulkLedger';
import { TempLedgers } from './tempLedgers';

const rows = 5000;

suite('Workloads of many rows', () => {
  let temp: TempLedgers;
  let ledger: LedgerParts;
  suiteSetup(() => {
    temp = new TempLedgers();
    createBulkLedger(temp.folder, rows, Date.UTC(2026, 7, 5));
    ledger = temp.open();
  });
  suiteTeardown(() => temp.dispose());

  test('are read in steps, and add up to the sums of the ledger', async () => {
    const { known, unknownRequests } = await ledger.queries.workloads(
      {},
      noCuts,
      new AbortController().signal,
    );
    const usage = await ledger.queries.usage({});
    const requests = known.reduce((sum, each) => sum + each.requests, 0);
    assert.equal(unknownRequests, usage.unknownRequests);
    assert.equal(requests + unknownRequests, rows);
    const cost = known.reduce((sum, { costPico }) => sum + costPico, 0n);
    assert.equal(cost, usage.spentPico + usage.estimatedPico);
    assert.equal(new Set(known.map(({ action, model }) => `${action} ${model}`)).size, known.length);
  });

  test('give others a turn, and end when they are no longer wanted', async () => {
    const stop = new AbortController();
    const reading = ledger.queries.workloads({}, noCuts, stop.signal);
    setImmediate(() => stop.abort());
    const { known, unknownRequests } = await reading;
    const read = known.reduce((sum, { requests }) => sum + requests, unknownRequests);
    assert.ok(read < rows, `${read} rows were read`);
  });
});
