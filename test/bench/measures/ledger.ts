import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import { readSummary } from '../../../src/app/usage/usageSummary';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { toPeriod } from '../../../src/core/ledger/usagePeriod';
import { createSqliteLedger } from '../../../src/storage/sqliteLedger';
import { createBulkLedger } from '../../support/bulkLedger';
import type { Bench } from '../bench';
import { limitRow, times } from '../samples';

const rowCount = 1_000_000;
const [insertLimitMs, totalsLimitMs, pageLimitMs] = [1, 5, 300];
/** Short things are done so many times for each repetition. */
const manyTimes = 50;

/** The usage history with a million requests: writing one more, the status bar's sums, the usage page's figures. */
export const ledger: Bench = {
  name: 'ledger',
  async run({ repetitions }) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-ledger-'));
    const nowMs = Date.now();
    createBulkLedger(folder, rowCount, nowMs);
    const parts = createSqliteLedger(folder, { windowId: 'BENCH', patienceMs: 60_000 });
    try {
      // The first look migrates the file and warms the caches, as it would have been long ago.
      await readFigures(parts, nowMs);
      const inserts = await times(repetitions * manyTimes, insertInto(parts));
      const totals = await times(repetitions * manyTimes, async () => {
        await parts.store.totals(toPeriod('today', nowMs));
        await parts.store.totals(toPeriod('month', nowMs));
      });
      const pages = await times(repetitions, () => readFigures(parts, nowMs));
      return [
        limitRow('1,000,000 requests: write one more', inserts, insertLimitMs),
        limitRow('1,000,000 requests: sums of today and this month', totals, totalsLimitMs),
        limitRow('1,000,000 requests: all figures of the usage page', pages, pageLimitMs),
      ];
    } finally {
      parts.store.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function insertInto({ store }: LedgerParts): () => Promise<void> {
  const newId = monotonicFactory();
  return async () => {
    await store.begin({
      id: newId(),
      startedAt: Date.now(),
      origin: 'command',
      action: 'explain',
      requestedModel: 'vendor/model-1',
      maxTokens: 4096,
      reservedPico: 1_000_000n,
    });
  };
}

/** What the host reads when the page opens: every sum, and the first rows of the list. */
async function readFigures({ queries }: LedgerParts, nowMs: number): Promise<void> {
  await readSummary(queries, async () => undefined, 'all', nowMs);
  await queries.rows({ limit: 100 });
}
