import assert from 'node:assert/strict';
import type { AccountClient, Generation } from '../../../src/core/chat/account';
import type { FailureKind } from '../../../src/core/chat/failure';
import { fail, type Result, succeed } from '../../../src/core/chat/result';
import type { LedgerEntry } from '../../../src/core/ledger/ledger';
import { formatPico } from '../../../src/core/money/pico';
import { Reconciliation } from '../../../src/core/usage/reconciliation';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { sampleEntry } from '../../support/usage/sampleLedger';

type Answer = Result<Generation | undefined>;

/** An account that answers by id, or what was queued for the id first. */
class FakeAccount implements AccountClient {
  readonly asked: string[] = [];
  readonly known = new Map<string, Generation>();
  readonly queued = new Map<string, Answer[]>();

  async key() {
    return fail({ kind: 'unknown' });
  }

  async generation(id: string): Promise<Answer> {
    this.asked.push(id);
    return this.queued.get(id)?.shift() ?? succeed(this.known.get(id));
  }

  /** The row as OpenRouter would tell it. */
  know(entry: LedgerEntry, part: Partial<Generation['usage']> = {}): void {
    const { generationId = '', promptTokens, cachedTokens, completionTokens, reasoningTokens } = entry;
    const costUsd = formatPico(entry.costPico ?? 0n);
    this.known.set(generationId, {
      id: generationId,
      provider: entry.provider,
      usage: { promptTokens, cachedTokens, completionTokens, reasoningTokens, costUsd, ...part },
    });
  }
}

const entry = (index: number, part: Partial<LedgerEntry> = {}): LedgerEntry => ({
  ...sampleEntry(index, 1000 + index),
  outcome: 'completed',
  costState: 'billed',
  costPico: BigInt(1000 + index),
  ...part,
});

async function begin(entries: readonly LedgerEntry[]) {
  const { store, queries } = createMemoryLedgerParts();
  for (const row of entries) await store.put(row);
  const account = new FakeAccount();
  for (const row of entries) if (row.generationId) account.know(row);
  const waits: number[] = [];
  const run = new Reconciliation(
    {},
    {
      account,
      rows: period => queries.allRows(period),
      pricingOf: async () => undefined,
      wait: async ms => void waits.push(ms),
    },
  );
  const go = (signal = new AbortController().signal, onProgress: () => void = () => undefined) =>
    run.run(signal, onProgress);
  return { run, account, go, waits };
}

const failure = (kind: FailureKind, retryAfterMs?: number): Answer => fail({ kind, retryAfterMs });

suite('Reconciling with OpenRouter', () => {
  test('rows that agree are counted and their costs set side by side', async () => {
    const { run, go } = await begin([entry(1), entry(2), entry(3)]);
    assert.deepEqual(await go(), { kind: 'done' });
    const { checked, same, differing, oursPico, theirsPico } = run.findings;
    assert.deepEqual(
      { checked, same, differing, oursPico, theirsPico },
      {
        checked: 3,
        same: 3,
        differing: [],
        oursPico: 3006n,
        theirsPico: 3006n,
      },
    );
  });

  test('a row that differs is listed with each figure that does', async () => {
    const rows = [entry(1), entry(2)];
    const { run, account, go } = await begin(rows);
    account.know(entry(2), { costUsd: '0.5', completionTokens: 9 });
    await go();
    const [{ differences } = { differences: [] }] = run.findings.differing;
    assert.deepEqual(differences, [
      { field: 'cost', ours: formatPico(1002n), theirs: '0.5' },
      { field: 'completionTokens', ours: String(entry(2).completionTokens), theirs: '9' },
    ]);
    assert.equal(run.findings.same, 1);
    assert.equal(run.adoptable().length, 0);
  });

  test("with a key of the user at the provider, the provider's bill is part of the cost", async () => {
    const { run, account, go } = await begin([
      entry(1, { isByok: true, costPico: 105n, upstreamPico: 100n }),
    ]);
    account.know(entry(1), { costUsd: '0.000000000005', isByok: true, upstreamUsd: '0.0000000001' });
    await go();
    assert.equal(run.findings.same, 1);
    assert.equal(run.findings.theirsPico, 105n);
  });

  test('what OpenRouter leaves out is no difference', async () => {
    const { run, account, go } = await begin([entry(1)]);
    account.known.set(entry(1).generationId ?? '', {
      id: entry(1).generationId ?? '',
      usage: { costUsd: formatPico(1001n) },
    });
    await go();
    assert.equal(run.findings.same, 1);
  });

  test('running rows, rows without an id and rows unknown to OpenRouter are told apart', async () => {
    const rows = [entry(1, { outcome: 'started' }), entry(2, { generationId: undefined }), entry(3)];
    const { run, account, go } = await begin(rows);
    account.known.clear();
    await go();
    const { withoutId, notFound } = run.findings;
    assert.deepEqual(
      { withoutId, notFound, asked: account.asked.length },
      { withoutId: 2, notFound: 1, asked: 1 },
    );
  });

  test('an open row can take the figure of OpenRouter, and then agrees', async () => {
    const { run, account, go } = await begin([
      entry(1, { costState: 'unknown', costPico: undefined }),
      entry(2, { costState: 'estimated' }),
    ]);
    account.know(entry(1), { costUsd: '0.25' });
    account.know(entry(2), { costUsd: '0.75' });
    await go();
    assert.deepEqual(
      run.adoptable().map(({ theirs }) => theirs),
      [
        { state: 'settled', usd: '0.25' },
        { state: 'settled', usd: '0.75' },
      ],
    );
    for (const { entry: row } of run.adoptable()) run.noteAdopted(row.id);
    const { same, differing, oursPico, theirsPico } = run.findings;
    assert.deepEqual([same, differing.length], [2, 0]);
    assert.equal(formatPico(oursPico), '1');
    assert.equal(oursPico, theirsPico);
  });

  test('it waits as long as a busy server asks for, and goes on', async () => {
    const { run, account, go, waits } = await begin([entry(1)]);
    account.queued.set(entry(1).generationId ?? '', [failure('rateLimited', 20_000), failure('serverError')]);
    assert.deepEqual(await go(), { kind: 'done' });
    assert.ok(waits.includes(20_000));
    assert.equal(run.findings.same, 1);
  });

  test('a row that cannot be read does not hold up the others', async () => {
    const { run, account, go } = await begin([entry(1), entry(2)]);
    account.queued.set(entry(1).generationId ?? '', Array(3).fill(failure('serverError')));
    assert.deepEqual(await go(), { kind: 'done' });
    assert.deepEqual([run.findings.failed, run.findings.same], [1, 1]);
  });

  for (const kind of ['unauthorized', 'network', 'noKey'] as const) {
    test(`${kind} stops the run, which goes on later without asking twice`, async () => {
      const rows = Array.from({ length: 11 }, (_, index) => entry(index));
      const { run, account, go } = await begin(rows);
      account.queued.set(rows[6]?.generationId ?? '', [failure(kind)]);
      const end = await go();
      assert.equal(end.kind === 'stopped' && end.failure.kind, kind);
      assert.equal(run.findings.checked, 6);
      assert.deepEqual(await go(), { kind: 'done' });
      assert.deepEqual([run.findings.checked, run.findings.same], [11, 11]);
      const checkedAgain = account.asked.filter((id, index) => account.asked.indexOf(id) !== index);
      assert.ok(checkedAgain.length <= 2, 'only the rest of the group is asked about again');
    });
  }

  test('too many requests for too long stops the run', async () => {
    const { account, go } = await begin([entry(1)]);
    account.queued.set(entry(1).generationId ?? '', Array(4).fill(failure('rateLimited')));
    assert.equal((await go()).kind, 'stopped');
  });

  test('a cancelled run resumes where it was, also among rows of the same millisecond', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => entry(index, { startedAt: 5000 }));
    const { run, account, go } = await begin(rows);
    const abort = new AbortController();
    const end = await go(abort.signal, () => {
      if (run.findings.checked >= 8) abort.abort();
    });
    assert.deepEqual(end, { kind: 'cancelled' });
    assert.equal(run.findings.checked, 8);
    assert.deepEqual(await go(), { kind: 'done' });
    assert.equal(run.findings.checked, 20);
    assert.equal(new Set(account.asked).size, account.asked.length);
  });

  test('at most four requests are under way, and groups are paced', async () => {
    const rows = Array.from({ length: 9 }, (_, index) => entry(index));
    const { account, go, waits } = await begin(rows);
    let [running, most] = [0, 0];
    const ask = account.generation.bind(account);
    account.generation = async id => {
      running += 1;
      most = Math.max(most, running);
      const answer = await ask(id);
      running -= 1;
      return answer;
    };
    await go();
    assert.equal(most, 4);
    assert.deepEqual(waits, [500, 500, 500]);
  });
});
