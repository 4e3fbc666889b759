import assert from 'node:assert/strict';
import { UsageView } from '../../../src/app/usage/usageView';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import type { LedgerQueries } from '../../../src/core/ledger/ledgerQueries';
import { LedgerFault } from '../../../src/core/money/ledgerFault';
import { parsePico } from '../../../src/core/money/pico';
import { pageSize } from '../../../src/protocol/usageList';
import type { ToUsagePage } from '../../../src/protocol/usageMessages';
import { sampleEntry, sampleLedger, samplePricing } from '../../support/usage/sampleLedger';

const now = new Date(2026, 7, 5, 17, 30).getTime();

type Of<T extends ToUsagePage['type']> = Extract<ToUsagePage, { type: T }>;

/** A page that only collects, and can be waited on. */
class Collector {
  readonly messages: ToUsagePage[] = [];
  private waiting: (() => void)[] = [];

  readonly post = (message: ToUsagePage): void => {
    // What cannot be JSON cannot reach the page.
    this.messages.push(JSON.parse(JSON.stringify(message)));
    for (const wake of this.waiting.splice(0)) wake();
  };

  last<T extends ToUsagePage['type']>(type: T): Of<T> {
    const found = this.messages.findLast(message => message.type === type);
    assert.ok(found, `no ${type} was posted`);
    return found as Of<T>;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>(resolve => this.waiting.push(resolve));
  }
}

suite('What the usage page is told', () => {
  let ledger: LedgerParts;
  let page: Collector;
  let view: UsageView;
  const surprises: unknown[] = [];

  setup(async () => {
    ledger = await sampleLedger(120, now);
    page = new Collector();
    surprises.length = 0;
    view = openView(ledger.queries);
  });
  const openView = (queries: LedgerQueries): UsageView => {
    const opened = new UsageView(
      ledger.store,
      queries,
      async id => samplePricing(id),
      error => surprises.push(error),
      () => now,
    );
    opened.onDidPost(page.post);
    return opened;
  };
  teardown(() => {
    view.dispose();
    assert.deepEqual(surprises, []);
  });

  test('a page that is ready gets the sums and the first page of rows', async () => {
    await view.greet();
    const { summary } = page.last('summary');
    const { list } = page.last('list');
    const all = await ledger.queries.usage({});
    assert.equal(parsePico(summary.totals.all.spentUsd), all.spentPico);
    assert.equal(summary.totals.all.requests, all.requests);
    assert.equal(summary.period, 'month');
    assert.equal(list.rows.length, Math.min(pageSize, summary.totals.month.requests));
    assert.equal(list.rowCount, summary.totals.month.requests);
  });

  test('bars, splits and the period add up to the same sum', async () => {
    await view.greet();
    for (const period of ['today', 'week', 'month', 'all'] as const) {
      await view.setPeriod(period);
      const { summary } = page.last('summary');
      const sum = (parts: readonly { readonly spentUsd: string }[]) =>
        parts.reduce((total, { spentUsd }) => total + (parsePico(spentUsd) ?? 0n), 0n);
      const expected = parsePico(summary.totals[period].spentUsd);
      assert.equal(sum(summary.chart.spans), expected, `bars of ${period}`);
      for (const { parts, moreParts } of Object.values(summary.splits)) {
        assert.equal(moreParts, 0);
        assert.equal(sum(parts), expected, `splits of ${period}`);
      }
    }
  });

  test('the list can be read to its end in pages, each row once, and again from the middle', async () => {
    await view.greet();
    await view.setPeriod('all');
    const { list } = page.last('list');
    const ids = list.rows.map(({ id }) => id);
    for (let index = 1; ; index += 1) {
      await view.sendPage(list.listId, index);
      const next = page.last('page');
      ids.push(...next.rows.map(({ id }) => id));
      if (next.isLast) break;
    }
    assert.equal(ids.length, list.rowCount);
    assert.equal(new Set(ids).size, ids.length);
    await view.sendPage(list.listId, 2);
    assert.deepEqual(
      page.last('page').rows.map(({ id }) => id),
      ids.slice(2 * pageSize, 3 * pageSize),
    );
  });

  test('pages of a list that was replaced are not sent', async () => {
    await view.greet();
    await view.setPeriod('all');
    const { list } = page.last('list');
    await view.setList({ type: 'list', filter: { outcome: 'cancelled' }, sort: 'cost', ascending: false });
    await view.sendPage(list.listId, 1);
    assert.equal(page.messages.filter(({ type }) => type === 'page').length, 0);
    const narrowed = page.last('list').list;
    assert.equal(narrowed.rowCount, undefined);
    assert.ok(narrowed.rows.every(({ outcome }) => outcome === 'cancelled'));
    assert.deepEqual(view.rowFilter.outcome, 'cancelled');
  });

  test('the span of a bar narrows the list until another period is chosen', async () => {
    await view.greet();
    const { chart } = page.last('summary').summary;
    const [fromMs = 0, toMs = 0] = chart.boundariesMs;
    await view.setList({ type: 'list', filter: { fromMs, toMs }, sort: 'time', ascending: false });
    assert.ok(page.last('list').list.rows.every(({ startedAt }) => startedAt >= fromMs && startedAt < toMs));
    await view.setPeriod('all');
    assert.equal(page.last('list').list.filter.fromMs, undefined);
    assert.equal(view.rowFilter.toMs, undefined);
  });

  test('a pending request that settles is shown settled, with new sums, without being asked', async () => {
    const entry = { ...sampleEntry(9999, now - 1000), costState: 'pending', costPico: undefined } as const;
    await view.greet();
    await ledger.store.put(entry);
    await page.until(() => page.messages.some(({ type }) => type === 'row'));
    assert.equal(page.last('row').row.costState, 'pending');
    await ledger.store.update(entry.id, { costState: 'settled', costPico: 5n * 10n ** 12n });
    await page.until(() => page.last('row').row.costState === 'settled');
    assert.equal(page.last('row').row.costUsd, '5');
    await page.until(() => Number(page.last('summary').summary.totals.today.spentUsd) >= 5);
  });

  test('many changes at once are told together', async () => {
    await view.greet();
    const before = page.messages.length;
    for (let index = 0; index < 40; index += 1)
      await ledger.store.put(sampleEntry(50_000 + index, now - index));
    await page.until(() => page.messages.slice(before).some(({ type }) => type === 'summary'));
    assert.equal(page.messages.slice(before).filter(({ type }) => type === 'summary').length, 1);
  });

  test('the opened request is told with its stored text, and again when it changes', async () => {
    const entry = { ...sampleEntry(9999, now - 1000), prompt: 'Why?', answer: undefined };
    await ledger.store.put(entry);
    await view.greet();
    await view.open(entry.id);
    assert.deepEqual(page.last('details').details.prompt, 'Why?');
    await ledger.store.update(entry.id, { answer: 'Because.' });
    await page.until(() => page.last('details').details.answer === 'Because.');
  });

  test('rows in lists never carry prompts or answers', async () => {
    await ledger.store.put({
      ...sampleEntry(9999, now - 1000),
      prompt: 'secret prompt',
      answer: 'secret answer',
    });
    await view.greet();
    assert.doesNotMatch(JSON.stringify(page.messages), /secret/);
  });

  test('a page that is gone is told nothing', async () => {
    await view.greet();
    view.pause();
    const before = page.messages.length;
    await ledger.store.put(sampleEntry(9999, now));
    await view.greet();
    assert.deepEqual(
      page.messages.slice(before).map(({ type }) => type),
      ['summary', 'list'],
    );
  });

  test('a ledger whose file cannot be read is told in one sentence', async () => {
    const broken = Object.assign(Object.create(ledger.queries), {
      usage: async () => {
        throw new LedgerFault('locked', 'SQLITE_BUSY');
      },
    });
    const other = openView(broken);
    await other.greet();
    assert.match(page.last('problem').sentence, /Another program holds/);
    other.dispose();
  });
});
