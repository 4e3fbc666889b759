import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/core/chat/chatClient';
import { endedCost } from '../../../src/core/chat/endedCost';
import { succeed } from '../../../src/core/chat/result';
import { toLedgerPatch } from '../../../src/core/ledger/ledgerRecorder';
import type { ResilientLedger } from '../../../src/core/ledger/resilient/resilientLedger';
import { Settler } from '../../../src/core/ledger/settler';
import { openLedger } from '../../../src/storage/openLedger';
import { answerOf, type Billed, BillingModel } from './billingModel';
import { Random } from './random';
import { draft } from './rows';
import { TempLedgers } from './tempLedgers';
import { VirtualTime } from './virtualTime';

const sequences = Number(process.env.LEDGER_SEQUENCES ?? 2_000);
const seed = Number(process.env.LEDGER_SEED ?? Date.now() % 1_000_000);

interface Running {
  readonly id: string;
  billed?: Billed;
}

/** One window: its ledger, its settler, and the requests it runs. */
interface Window {
  readonly ledger: ResilientLedger;
  readonly settler: Settler;
  readonly running: Running[];
}

/** Two windows on one file and a server; every step is drawn from one seed. */
class World {
  readonly random = new Random(seed);
  readonly bill = new BillingModel(this.random);
  readonly time = new VirtualTime(1_790_000_000_000);
  readonly errors: unknown[] = [];
  private readonly folder = new TempLedgers();
  private readonly windows: Window[] = [];
  private windowCount = 0;
  requests = 0;
  /** Rows whose window died before it knew a generation id: nobody can ever tell what they cost. */
  untold = 0;

  /** One random story: some requests in one or two windows, each ending or killed in its own way. */
  async sequence(): Promise<void> {
    const steps = 2 + this.random.below(10);
    for (let step = 0; step < steps; step++) {
      const window = await this.someWindow();
      const request = window.running[this.random.below(window.running.length)];
      if (!request || this.random.chance(0.3)) await this.begin(window);
      else if (this.random.chance(0.06)) this.kill(window);
      else if (!request.billed && this.random.chance(0.8)) await this.acceptHeaders(window, request);
      else await this.end(window, request);
      this.time.now += this.random.below(2_000);
      if (this.random.chance(0.2)) await this.time.runNext();
    }
  }

  /** Ends what still runs, in a killed window as often as not, and settles everything in a new one. */
  async settleAll(): Promise<void> {
    for (const window of [...this.windows]) {
      if (this.random.chance(0.5)) this.kill(window);
      else for (const request of [...window.running]) await this.end(window, request);
    }
    await (await this.open()).settler.start();
    await this.time.runAll();
  }

  async check(): Promise<void> {
    const { ledger } = await this.someWindow();
    const totals = await ledger.totals({});
    assert.deepEqual(this.errors, []);
    assert.equal(totals.requests, this.requests, 'one row per request');
    assert.equal(totals.pendingRequests, 0, 'nothing is left pending');
    assert.equal(totals.estimatedRequests, 0, 'nothing is guessed');
    assert.equal(totals.unknownRequests, this.untold);
    assert.equal(totals.spentPico, this.bill.total, 'the ledger’s sum is the bill');
  }

  dispose(): void {
    for (const { ledger, settler } of this.windows) {
      settler.dispose();
      ledger.dispose();
    }
    this.folder.dispose();
  }

  private async someWindow(): Promise<Window> {
    const window = this.windows[this.random.below(2)];
    return window ?? this.open();
  }

  private async open(): Promise<Window> {
    const windowId = `P${this.windowCount++}`;
    const { ledger } = openLedger(this.folder.folder, { windowId, schedule: this.time.schedule });
    const settler = new Settler({
      leases: ledger.leases,
      store: ledger,
      connect: async () => succeed(this.bill.account),
      pricingOf: async () => undefined,
      now: () => this.time.now,
      random: this.random.next,
      schedule: this.time.schedule,
      onError: error => this.errors.push(error),
    });
    const window = { ledger, settler, running: [] };
    this.windows.push(window);
    await settler.start();
    return window;
  }

  private async begin({ ledger, running }: Window): Promise<void> {
    const row = draft({ startedAt: this.time.now, reservedPico: 1_000_000n });
    this.requests += 1;
    await ledger.begin(row);
    running.push({ id: row.id });
  }

  private async acceptHeaders({ ledger }: Window, request: Running): Promise<void> {
    request.billed = this.bill.accept();
    await ledger.update(request.id, { generationId: request.billed.generationId });
  }

  private async end({ ledger, settler, running }: Window, request: Running): Promise<void> {
    running.splice(running.indexOf(request), 1);
    const whole: readonly [Outcome, ...Outcome[]] = [
      'completed',
      'completed',
      'truncated',
      'cancelled',
      'interrupted',
      'failed',
    ];
    const outcome = request.billed ? this.random.pick(whole) : 'failed';
    const answer = answerOf(outcome, request.billed);
    const cost = endedCost(answer, undefined, this.time.now);
    await ledger.update(request.id, toLedgerPatch(answer, cost, { endedAtMs: this.time.now }));
    if (cost.state === 'pending') void settler.wake();
  }

  /** The process is gone: nothing more is written, and the system lets go of its locks. */
  private kill(window: Window): void {
    this.windows.splice(this.windows.indexOf(window), 1);
    this.untold += window.running.filter(({ billed }) => !billed).length;
    window.settler.dispose();
    window.ledger.dispose();
  }
}

suite('Ledger against the bill', () => {
  test(`after ${sequences} random stories the sum is the bill to the last digit (LEDGER_SEED=${seed})`, async () => {
    const world = new World();
    try {
      for (let sequence = 0; sequence < sequences; sequence++) {
        await world.sequence();
        if (sequence % 20 === 19) {
          await world.settleAll();
          await world.check();
        }
      }
      assert.ok(world.bill.count > sequences / 2, 'the stories had requests in them');
      assert.ok(world.untold > 0, 'windows died before their headers');
    } finally {
      world.dispose();
    }
  }).timeout(300_000);
});
