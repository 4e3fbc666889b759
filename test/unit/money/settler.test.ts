import assert from 'node:assert/strict';
import type { AccountClient, Generation } from '../../../src/core/chat/account';
import { fail, type Result, succeed } from '../../../src/core/chat/result';
import { giveUpAfterMs, nextAskDelayMs } from '../../../src/core/ledger/settleDelays';
import { type Settlement, Settler } from '../../../src/core/ledger/settler';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { draft, unsettled } from '../ledger/rows';
import { VirtualTime } from '../ledger/virtualTime';

const generation = (costUsd: string): Generation => ({
  id: 'gen-1',
  usage: { costUsd, promptTokens: 12, completionTokens: 3 },
  finishReason: 'stop',
  model: 'v/m-2',
  provider: 'P',
});

/** A settler on a memory ledger, a clock of its own, and a server that answers as `answers` says. */
class World {
  readonly ledger = createMemoryLedgerParts();
  readonly time = new VirtualTime(2_000);
  readonly askedAt: number[] = [];
  readonly settled: Settlement[] = [];
  readonly errors: unknown[] = [];
  answer: () => Result<Generation | undefined> = () => succeed(undefined);
  connect: (endpoint?: string) => Promise<Result<AccountClient>> = async () =>
    succeed({ key: async () => fail({ kind: 'unknown' }), generation: async () => this.asked() });

  readonly settler = new Settler({
    leases: this.ledger.leases,
    store: this.ledger.store,
    connect: endpoint => this.connect(endpoint),
    pricingOf: async () => undefined,
    now: () => this.time.now,
    random: () => 0.5,
    schedule: this.time.schedule,
    onError: error => this.errors.push(error),
  });

  constructor() {
    this.settler.onDidSettle(settlement => this.settled.push(settlement));
  }

  async addPending(
    fields: Parameters<typeof unsettled>[0] = {},
    reservedPico?: bigint,
    endpoint?: string,
  ): Promise<string> {
    const row = draft({ reservedPico, endpoint });
    await this.ledger.store.begin(row);
    await this.ledger.store.update(row.id, unsettled(fields));
    return row.id;
  }

  private asked(): Result<Generation | undefined> {
    this.askedAt.push(this.time.now);
    return this.answer();
  }
}

suite('Settler', () => {
  let world: World;
  setup(() => {
    world = new World();
  });
  teardown(() => world.settler.dispose());

  test('asks again with growing delays until the server knows, then writes and tells it', async () => {
    const id = await world.addPending();
    world.answer = () => succeed(world.askedAt.length < 4 ? undefined : generation('0.0003'));
    await world.settler.start();
    await world.time.runAll();
    assert.deepEqual(world.askedAt, [2_000, 3_000, 5_000, 9_000]);
    const row = await world.ledger.store.get(id);
    assert.deepEqual(
      [row?.costState, row?.costPico, row?.promptTokens, row?.finishReason, row?.outcome],
      ['settled', 300_000_000n, 12, 'stop', 'cancelled'],
    );
    assert.deepEqual([row?.servedModel, row?.provider], ['v/m-2', 'P']);
    assert.deepEqual(
      world.settled.map(({ id, cost }) => [id, cost]),
      [[id, { state: 'settled', usd: '0.0003' }]],
    );
    assert.equal(world.time.pending, 0);
  });

  test('a request that cost nothing is free', async () => {
    const id = await world.addPending();
    world.answer = () => succeed(generation('0'));
    await world.settler.start();
    assert.equal((await world.ledger.store.get(id))?.costState, 'free');
  });

  test('adds the upstream bill with BYOK', async () => {
    const id = await world.addPending();
    const usage = { costUsd: '0.01', isByok: true, upstreamUsd: '0.2' };
    world.answer = () => succeed({ id: 'gen-1', usage });
    await world.settler.start();
    assert.equal((await world.ledger.store.get(id))?.costPico, 210_000_000_000n);
  });

  test('a generation without a cost is asked about again', async () => {
    await world.addPending();
    world.answer = () =>
      succeed(world.askedAt.length === 1 ? { id: 'gen-1', usage: { promptTokens: 1 } } : generation('1'));
    await world.settler.start();
    await world.time.runAll();
    assert.deepEqual(
      world.settled.map(({ cost }) => cost.usd),
      ['1'],
    );
  });

  test('gives up after a day: the reserved worst case stays, as an estimate', async () => {
    const id = await world.addPending({}, 77n);
    await world.settler.start();
    await world.time.runAll();
    const lastAsked = world.askedAt.at(-1) ?? 0;
    assert.ok(lastAsked >= 2_000 + giveUpAfterMs, 'asked for a whole day');
    assert.ok(world.askedAt.length < 80, 'and seldom');
    const row = await world.ledger.store.get(id);
    assert.deepEqual([row?.costState, row?.costPico], ['estimated', 77n]);
    await world.settler.wake();
    await world.time.runAll();
    assert.equal(world.askedAt.at(-1), lastAsked, 'never asks again');
  });

  test('gives up with unknown when nothing was reserved, and with $0 when nothing ever came', async () => {
    world.time.now = 2_000 + giveUpAfterMs;
    const unknown = await world.addPending();
    const nothing = await world.addPending({ outcome: 'failed' }, 77n);
    await world.settler.start();
    assert.equal((await world.ledger.store.get(unknown))?.costState, 'unknown');
    const row = await world.ledger.store.get(nothing);
    assert.deepEqual([row?.costState, row?.costPico], ['estimated', 0n]);
  });

  test('waits as long as the server asks', async () => {
    await world.addPending();
    world.answer = () =>
      world.askedAt.length === 1
        ? fail({ kind: 'rateLimited', retryAfterMs: 90_000 })
        : succeed(generation('0.1'));
    await world.settler.start();
    await world.time.runAll();
    assert.deepEqual(world.askedAt, [2_000, 92_000]);
  });

  test('without a key it waits, and asks once there is one', async () => {
    await world.addPending();
    const { connect } = world;
    let failures = 2;
    world.connect = async () => (failures-- > 0 ? fail({ kind: 'noKey' }) : connect());
    world.answer = () => succeed(generation('0.1'));
    await world.settler.start();
    await world.time.runAll();
    assert.equal(world.settled.length, 1);
  });

  test('a row is settled only while the endpoint it went to is in force; others wait up to a day', async () => {
    let inForce = 'https://b.example';
    const { connect } = world;
    world.connect = async endpoint =>
      endpoint === undefined || endpoint === inForce ? connect() : fail({ kind: 'noKey' });
    world.answer = () => succeed(generation('0.1'));
    const elsewhere = await world.addPending({}, 77n, 'https://a.example');
    const here = await world.addPending({}, 77n, 'https://b.example');
    const older = await world.addPending({}, 77n);
    await world.settler.start();
    const states = () =>
      Promise.all([elsewhere, here, older].map(async id => (await world.ledger.store.get(id))?.costState));
    assert.deepEqual(await states(), ['pending', 'settled', 'settled']);
    inForce = 'https://a.example';
    await world.time.runAll();
    assert.deepEqual(await states(), ['settled', 'settled', 'settled']);

    const lost = await world.addPending({ endedAt: world.time.now }, 77n, 'https://c.example');
    await world.settler.wake();
    await world.time.runAll();
    const row = await world.ledger.store.get(lost);
    assert.deepEqual([row?.costState, row?.costPico], ['estimated', 77n]);
  });

  test('a row that becomes pending during a round is not forgotten', async () => {
    await world.addPending();
    world.answer = () => succeed(generation('0.1'));
    const { connect } = world;
    world.connect = async () => {
      world.connect = connect;
      await world.addPending();
      void world.settler.wake();
      return connect();
    };
    await world.settler.start();
    await world.time.runAll();
    assert.deepEqual(world.settled.length, 2);
  });

  test('a request that ends is asked about at once, whatever else still runs', async () => {
    world.answer = () => succeed(generation('0.1'));
    await world.settler.start();
    await world.ledger.store.begin(draft());
    const stopped = await world.addPending();
    await world.time.runAll();
    assert.deepEqual(
      world.settled.map(({ id }) => id),
      [stopped],
    );
    assert.deepEqual(world.askedAt, [2_000]);
  });

  test('rows that run, that nobody can ask about or that have their cost do not wake it', async () => {
    await world.settler.start();
    await world.ledger.store.begin(draft());
    await world.addPending({ generationId: undefined });
    await world.addPending({ costState: 'billed', costPico: 1n });
    await world.time.runAll();
    assert.deepEqual(world.askedAt, []);
    assert.equal(world.time.pending, 0);
  });

  test('before it is started and after its end it does not listen', async () => {
    world.answer = () => succeed(generation('0.1'));
    await world.addPending();
    await world.time.runAll();
    assert.deepEqual(world.askedAt, []);
    await world.settler.start();
    world.settler.dispose();
    await world.addPending();
    await world.time.runAll();
    assert.equal(world.askedAt.length, 1);
  });

  test('an error of the ledger is reported and does not stop it for good', async () => {
    const id = await world.addPending();
    world.answer = () => succeed(generation('0.1'));
    const { connect } = world;
    world.connect = async () => {
      world.connect = connect;
      throw new Error('surprise');
    };
    await world.settler.start();
    assert.equal(world.errors.length, 1);
    await world.time.runAll();
    assert.equal((await world.ledger.store.get(id))?.costState, 'settled');
  });

  test('after dispose no timer is left and nothing is written', async () => {
    const id = await world.addPending();
    await world.settler.start();
    assert.equal(world.time.pending, 1);
    world.settler.dispose();
    assert.equal(world.time.pending, 0);
    await world.settler.wake();
    assert.equal(world.askedAt.length, 1);
    assert.equal((await world.ledger.store.get(id))?.costState, 'pending');
  });

  test('without pending rows it sets no timer', async () => {
    await world.settler.start();
    assert.equal(world.time.pending, 0);
  });
});

suite('Delays of settling', () => {
  test('double from a second to half an hour, within a quarter', () => {
    assert.deepEqual(
      [0, 1, 2, 10, 11, 99].map(tries => nextAskDelayMs(tries, 0.5)),
      [1_000, 2_000, 4_000, 1_024_000, 1_800_000, 1_800_000],
    );
    assert.equal(nextAskDelayMs(0, 0), 750);
    assert.equal(nextAskDelayMs(0, 1), 1_250);
  });
});
