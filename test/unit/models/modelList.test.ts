import assert from 'node:assert/strict';
import type { Endpoints } from '../../../src/app/account/endpoints';
import { ModelList } from '../../../src/app/models/modelList';
import type { Endpoint } from '../../../src/core/chat/endpoint';
import { fail, type Result, succeed } from '../../../src/core/chat/result';
import type { CachedModels } from '../../../src/core/models/cachedModels';
import type { Model, SkippedRow } from '../../../src/core/models/model';
import { makeModel } from '../../support/models';

const here = 'https://here.example/api/v1';
const elsewhere = 'https://elsewhere.example/api/v1';
const hourMs = 3_600_000;

const priced = (prompt: string): Model => makeModel({ pricing: { prompt, completion: '0' } });

/** A list of models over servers and a disk of this test's own. */
class World {
  baseUrl: string | undefined = here;
  /** What each server lists; one that is not here cannot be reached. */
  readonly servers = new Map<string, readonly Model[]>();
  readonly asked: string[] = [];
  /** Rows that the servers leave out. */
  skipped: readonly SkippedRow[] = [];
  readonly told: string[] = [];
  onDisk: CachedModels | undefined;
  /** Answers wait for this. */
  gate: Promise<unknown> = Promise.resolve();

  readonly list = new ModelList(
    this.endpoints(),
    {
      catalogue: ({ baseUrl }) => ({
        list: (_signal, onSkip) => this.answer(baseUrl, onSkip),
        endpoints: async () => fail({ kind: 'unknown' }),
        zeroRetention: async () => fail({ kind: 'unknown' }),
      }),
    },
    {
      read: async () => this.onDisk,
      write: async cached => {
        this.onDisk = cached;
      },
    },
    {
      error: (what, error) => assert.fail(`${what}: ${error}`),
      info: line => this.told.push(line),
    },
  );

  keep(baseUrl: string, models: readonly Model[], ageMs = 0): void {
    this.onDisk = { baseUrl, fetchedAtMs: Date.now() - ageMs, models };
  }

  async promptPrice(): Promise<string | undefined> {
    return (await this.list.find('acme/m1'))?.pricing.prompt;
  }

  private endpoints(): Pick<Endpoints, 'baseUrl' | 'current'> {
    const world = this;
    return {
      get baseUrl() {
        return world.baseUrl;
      },
      current: async () =>
        world.baseUrl === undefined
          ? fail({ kind: 'invalidBaseUrl' })
          : succeed({ baseUrl: world.baseUrl } as Endpoint),
    };
  }

  private async answer(
    baseUrl: string,
    onSkip: (row: SkippedRow) => void = () => undefined,
  ): Promise<Result<readonly Model[]>> {
    this.asked.push(baseUrl);
    this.skipped.forEach(onSkip);
    await this.gate;
    const models = this.servers.get(baseUrl);
    return models ? succeed(models) : fail({ kind: 'network' });
  }
}

suite('model list', () => {
  let world: World;
  setup(() => {
    world = new World();
  });
  teardown(() => world.list.dispose());

  test('no price comes from the list of another server', async () => {
    world.keep(elsewhere, [priced('0.5')]);
    assert.equal(await world.list.findCached('acme/m1'), undefined);
    assert.equal(world.list.peek('acme/m1'), undefined);
    assert.equal(await world.promptPrice(), undefined);
    world.servers.set(here, [priced('0.1')]);
    assert.equal(await world.promptPrice(), '0.1');
    world.baseUrl = elsewhere;
    assert.equal(world.list.peek('acme/m1'), undefined);
    assert.equal(await world.list.findCached('acme/m1'), undefined);
    world.baseUrl = undefined;
    assert.equal(world.list.peek('acme/m1'), undefined);
    assert.equal(await world.promptPrice(), undefined);
  });

  test('a fresh list is not fetched again', async () => {
    world.keep(here, [priced('0.5')]);
    assert.equal(await world.promptPrice(), '0.5');
    assert.deepEqual(world.asked, []);
  });

  test('an old list is fetched anew before its price is relied on, and stands in when that fails', async () => {
    world.keep(here, [priced('0.5')], hourMs);
    assert.equal((await world.list.findCached('acme/m1'))?.pricing.prompt, '0.5');
    assert.deepEqual(world.asked, []);
    assert.equal(await world.promptPrice(), '0.5');
    world.servers.set(here, [priced('0.7')]);
    assert.equal(await world.promptPrice(), '0.7');
    assert.deepEqual(world.asked, [here, here]);
  });

  test('a model that a new list no longer holds has no price', async () => {
    world.keep(here, [priced('0.5')], hourMs);
    world.servers.set(here, []);
    assert.equal(await world.promptPrice(), undefined);
  });

  test('many who want a list at the same time make one request, and all hear when it came', async () => {
    world.servers.set(here, [priced('0.1')]);
    let heard = 0;
    world.list.onDidChange(() => {
      heard += 1;
      assert.equal(world.list.peek('acme/m1')?.pricing.prompt, '0.1');
    });
    await Promise.all([world.list.keepFresh(), world.list.keepFresh(), world.promptPrice()]);
    assert.deepEqual([world.asked, heard], [[here], 1]);
    await world.list.keepFresh();
    assert.deepEqual(world.asked, [here]);
  });

  test('after a failure nobody asks again who need not, but who must know does', async () => {
    await world.list.keepFresh();
    await world.list.keepFresh();
    assert.deepEqual(world.asked, [here]);
    world.servers.set(here, [priced('0.1')]);
    assert.equal(await world.promptPrice(), '0.1');
    assert.deepEqual(world.asked, [here, here]);
  });

  test('another server is asked although the last one failed, even while that is still being asked', async () => {
    let open = (): void => {};
    world.gate = new Promise<void>(resolve => {
      open = resolve;
    });
    world.servers.set(elsewhere, [priced('0.3')]);
    const first = world.list.keepFresh();
    await new Promise(setImmediate);
    world.baseUrl = elsewhere;
    const second = world.list.keepFresh();
    open();
    await Promise.all([first, second]);
    assert.deepEqual(world.asked, [here, elsewhere]);
    assert.equal(world.list.peek('acme/m1')?.pricing.prompt, '0.3');
  });

  test('rows that are left out are logged with the reason, once for each list', async () => {
    world.servers.set(here, [priced('0.1')]);
    world.skipped = [{ id: 'a/b:batch', reason: 'it takes batches only' }, { reason: 'it has no id' }];
    const { signal } = new AbortController();
    await world.list.refresh(signal);
    await world.list.refresh(signal);
    assert.deepEqual(world.told, [
      '2 rows of the list of models are not offered: a/b:batch: it takes batches only; a row: it has no id.',
    ]);
    world.skipped = [];
    await world.list.refresh(signal);
    assert.equal(world.told.length, 1);
  });
});
