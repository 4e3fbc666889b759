import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import { Asker } from '../../../src/app/ask/asker';
import { succeed } from '../../../src/core/chat/result';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { Settler } from '../../../src/core/ledger/settler';
import { formatPico } from '../../../src/core/money/pico';
import { openRouter } from '../../../src/openrouter/openRouter';
import { createSqliteLedger } from '../../../src/storage/sqliteLedger';
import { FakeSettings } from '../../support/fakeSettings';
import { type Simulator, startSimulator } from '../../support/simulator';
import { makeSent, makeTurn } from '../../support/turns';

const requests = 600;
const atOnce = 6;
const hourMs = 3_600_000;
const models = ['openai/gpt-4o-mini', 'google/gemini-2.5-pro', 'anthropic/claude-haiku-4.5'];
/** Ways for a request to go, each by name of the simulator; `undefined` is plain success. */
const ways = [
  undefined,
  undefined,
  'cut',
  'cut-socket',
  'error-mid',
  'error-first',
  'no-usage',
  'no-finish',
  'no-done',
  'usage-no-choices',
  'cached',
  'reasoning',
  'byok',
  'reset',
  'html',
  '400',
  '402',
  '429-no-retry-after',
];

/** Numbers that look random and can be had again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

suite('the ledger beside the simulator’s bill', () => {
  let simulator: Simulator;
  let folder: string;
  let clockMs = Date.now();
  const newId = monotonicFactory();
  const seed = Number(process.env.BILL_SEED ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

  suiteSetup(async () => {
    simulator = await startSimulator({ generationDelayMs: 0 });
    folder = mkdtempSync(join(tmpdir(), 'bill-'));
  });
  suiteTeardown(async () => {
    await simulator.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const endpoint = () => ({
    baseUrl: simulator.url,
    origin: simulator.origin,
    apiKey: 'sk-or-v1-uncapped-bill',
    attribution: { referer: '', title: '' },
    noBytesMs: 5000,
    noDataMs: 5000,
  });

  /** One window: its own connection to the shared file. */
  function openWindow() {
    const ledger = createSqliteLedger(folder, { windowId: newId(), patienceMs: 60_000 });
    const chat = async () => succeed({ origin: simulator.origin, client: await openRouter.chat(endpoint()) });
    const asker = new Asker({ chat }, ledger.store, new FakeSettings(), {
      findPricing: async () => undefined,
    });
    const settler = new Settler({
      leases: ledger.leases,
      store: ledger.store,
      connect: async () => ({ ok: true, value: openRouter.account(endpoint()) }),
      pricingOf: async () => undefined,
      now: () => clockMs,
      random,
      schedule: () => ({ dispose: () => {} }),
      onError: error => assert.fail(String(error)),
    });
    return { ledger, asker, settler };
  }

  /** Asks once, in a way and with a patience that chance decides. */
  async function askOnce(asker: Asker): Promise<string> {
    const way = pick(ways);
    const model = way === undefined ? pick(models) : `simulator/${way}`;
    const turn = makeTurn({
      id: newId(),
      startedAtMs: Date.now(),
      sent: makeSent({ parameters: { model, maxTokens: 300 } }),
    });
    const abort = new AbortController();
    const stopsAfter = random() < 0.4 ? Math.floor(random() * 12) : Number.POSITIVE_INFINITY;
    let events = 0;
    const messages = [
      { role: 'user', content: `Say something, number ${Math.floor(random() * 1e6)}.` },
    ] as const;
    const question = { turn, messages, sessionId: 'c', origin: 'command' } as const;
    for await (const { event } of asker.ask(question, abort.signal)) {
      events += 1;
      if (events > stopsAfter || event.type === 'retrying') abort.abort();
    }
    return turn.id;
  }

  async function settleAll(parts: LedgerParts, settler: Settler): Promise<void> {
    for (let hour = 0; hour < 20; hour++) {
      if ((await parts.store.totals({})).pendingRequests === 0) return;
      clockMs += hourMs;
      await settler.wake();
    }
  }

  test(`${requests} requests that end every way, from two windows, add up to it (seed ${seed})`, async function () {
    this.timeout(120_000);
    const windows = [openWindow(), openWindow()] as const;
    const ids: string[] = [];
    while (ids.length < requests) {
      const batch = Array.from({ length: atOnce }, () => askOnce(pick(windows).asker));
      ids.push(...(await Promise.all(batch)));
    }
    await simulator.idle();
    for (const { ledger, settler } of windows) await settleAll(ledger, settler);
    const [{ ledger }] = windows;
    const totals = await ledger.store.totals({});
    assert.equal(totals.requests, ids.length);
    assert.equal(totals.pendingRequests, 0);
    assert.equal(totals.estimatedRequests, 0);
    assert.equal(formatPico(totals.spentPico), simulator.bill.totalUsd());
    assert.ok(totals.spentPico > 0n);
    for (const window of windows) {
      window.settler.dispose();
      window.ledger.store.dispose();
    }
  });
});
