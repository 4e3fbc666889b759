import assert from 'node:assert/strict';
import { compareWithKey, keyComparisonFromMs } from '../../../src/core/usage/keyComparison';
import { startOfLastUtcMonth, startOfUtcSpan, utcDaysAgo } from '../../../src/core/usage/utcSpans';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { sampleEntry } from '../../support/usage/sampleLedger';

// A Saturday: the week began in the month before.
const now = Date.UTC(2026, 7, 1, 10);
const at = (month: number, day: number, hour = 12) => Date.UTC(2026, month, day, hour);

suite('UTC spans', () => {
  test('days, weeks from Monday and months are those of UTC', () => {
    assert.equal(startOfUtcSpan('day', now), at(7, 1, 0));
    assert.equal(startOfUtcSpan('week', now), at(6, 27, 0));
    assert.equal(startOfUtcSpan('week', at(6, 27, 0)), at(6, 27, 0));
    assert.equal(startOfUtcSpan('month', now), at(7, 1, 0));
    assert.equal(startOfLastUtcMonth(now), at(6, 1, 0));
    assert.equal(startOfLastUtcMonth(Date.UTC(2026, 0, 31)), Date.UTC(2025, 11, 1));
    assert.equal(utcDaysAgo(now, 6), at(6, 26, 0));
    assert.equal(keyComparisonFromMs(now), at(6, 27, 0));
  });
});

suite('The ledger beside the usage of the key', () => {
  const compare = async (
    entries: readonly Partial<ReturnType<typeof sampleEntry>>[],
    signal = new AbortController().signal,
  ) => {
    const { store, queries } = createMemoryLedgerParts();
    const billed = { costState: 'billed', costPico: 10n ** 11n } as const;
    for (const [index, part] of entries.entries()) {
      await store.put({ ...sampleEntry(index, now), ...billed, ...part });
    }
    const key = {
      label: 'sk-or-…abc',
      usageDailyUsd: '0.30',
      usageWeeklyUsd: '1e-1',
      isManagementKey: false,
    };
    const rows = queries.allRows({ fromMs: keyComparisonFromMs(now) });
    return compareWithKey(key, rows, now, signal);
  };

  test('each span adds up what was billed in it, and takes the server at its word', async () => {
    const compared = await compare([
      { startedAt: at(7, 1, 0) },
      { startedAt: at(7, 1, 9), costState: 'settled' },
      { startedAt: at(6, 27, 0) },
      { startedAt: at(6, 26, 23) },
    ]);
    assert.equal(compared?.keyLabel, 'sk-or-…abc');
    assert.deepEqual(
      compared?.spans.map(({ span, oursUsd, theirsUsd, requests }) => ({
        span,
        oursUsd,
        theirsUsd,
        requests,
      })),
      [
        { span: 'day', oursUsd: '0.2', theirsUsd: '0.3', requests: 2 },
        { span: 'week', oursUsd: '0.3', theirsUsd: '0.1', requests: 3 },
        { span: 'month', oursUsd: '0.2', theirsUsd: undefined, requests: 2 },
      ],
    );
  });

  test('only the fee counts with a key at the provider; its own bill is told beside it', async () => {
    const [day] = (await compare([{ isByok: true, costPico: 105n, upstreamPico: 100n }]))?.spans ?? [];
    assert.deepEqual([day?.oursUsd, day?.upstreamUsd], ['0.000000000005', '0.0000000001']);
  });

  test('sums that were not finished are not shown', async () => {
    assert.equal(await compare([{}], AbortSignal.abort()), undefined);
  });

  test('estimated, pending and unknown rows are counted, not added', async () => {
    const states = ['estimated', 'pending', 'unknown'] as const;
    const [day] = (await compare(states.map(costState => ({ costState }))))?.spans ?? [];
    assert.deepEqual([day?.oursUsd, day?.unsettled, day?.requests], ['0', 3, 3]);
  });
});
