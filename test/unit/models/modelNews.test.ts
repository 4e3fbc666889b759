import assert from 'node:assert/strict';
import { CatalogueRecord } from '../../../src/app/models/catalogueRecord';
import { ModelNews } from '../../../src/app/models/modelNews';
import { UsedModels } from '../../../src/app/models/usedModels';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import type { CatalogueHistory } from '../../../src/core/models/catalogueHistory';
import type { Model } from '../../../src/core/models/model';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { makeModel } from '../../support/models';
import { billed, draft } from '../ledger/rows';

const baseUrl = 'https://here.example/api/v1';
const usedMs = new Date(2026, 10, 3, 12).getTime();
const nowMs = usedMs + 10 * 86_400_000;
const at = (prompt: string, more: Partial<Model> = {}): Model =>
  makeModel({ name: 'M1', pricing: { prompt, completion: prompt }, ...more });

suite('news of models', () => {
  let kept: CatalogueHistory | undefined;
  let atHand: readonly Model[];
  let ledger: LedgerParts;
  setup(() => {
    kept = undefined;
    atHand = [];
    ledger = createMemoryLedgerParts();
  });
  const log = { error: (what: string, error: unknown) => assert.fail(`${what}: ${error}`) };
  const store = {
    read: async () => kept,
    write: async (value: CatalogueHistory) => {
      kept = value;
    },
  };
  const newRecord = () => new CatalogueRecord(store, log);
  const createNews = (record = newRecord()) => {
    const models = {
      get atHand() {
        return atHand;
      },
    };
    return new ModelNews(
      { baseUrl },
      record,
      models,
      new UsedModels(ledger.queries, log, () => nowMs),
      () => nowMs,
    );
  };
  const list = (models: readonly Model[], fetchedAtMs: number) => ({ baseUrl, fetchedAtMs, models });
  async function use(model = 'acme/m1', startedAt = usedMs): Promise<void> {
    const id = `row-${model}-${startedAt}`;
    await ledger.store.begin(draft({ id, startedAt, requestedModel: model }));
    await ledger.store.update(id, billed(1n, { servedModel: model }));
  }

  test('a price that has risen since the model was used last is told until the user has heard of it', async () => {
    await use();
    const record = newRecord();
    await record.note(list([at('0.000001')], 0), list([at('0.0000014')], usedMs + 5));
    const news = createNews(record);
    const told = await news.of(at('0.0000014'));
    assert.match(told, /^M1 is up 40 % since you last used it \(3 Nov\), counted by what you usually/);
    assert.match(
      told,
      /It was \$1 in, \$1 out per 1M tokens; now it is \$1\.4 in, \$1\.4 out per 1M tokens\./,
    );
    assert.equal(await news.of(at('0.0000014')), told);
    news.settle(at('0.0000014'));
    assert.equal(await news.of(at('0.0000014')), '');
    assert.match(await createNews().of(at('0.0000014')), /up 40 %/, 'another window reads it from disk');
  });

  test('nothing is told of a price that rose before, fell, rose a little, or of a model never used', async () => {
    await use('acme/m1');
    await use('acme/m2');
    await use('acme/m3');
    const record = newRecord();
    const others = (prompt: string, m3: string, m4: string) => [
      at(prompt, { id: 'acme/m2' }),
      at(m3, { id: 'acme/m3' }),
      at(m4, { id: 'acme/m4' }),
    ];
    await record.note(list([at('0.000001')], 0), list([at('0.000002')], usedMs - 5));
    await record.note(
      list(others('0.000002', '0.0000100', '0.000001'), 0),
      list(others('0.000001', '0.0000102', '0.000009'), usedMs + 5),
    );
    const news = createNews(record);
    for (const model of [at('0.000002'), ...others('0.000001', '0.0000102', '0.000009')])
      assert.equal(await news.of(model), '', model.id);
  });

  test('a free model that is free no longer is told as such', async () => {
    await use();
    const record = newRecord();
    await record.note(list([at('0')], 0), list([at('0.000001')], usedMs + 5));
    assert.match(await createNews(record).of(at('0.000001')), /^M1 is no longer free since you last used it/);
  });

  test('a model that goes away soon is told with two to go on with', async () => {
    const soon = at('0.000001', {
      expirationDate: new Date(nowMs + 5 * 86_400_000).toISOString().slice(0, 10),
    });
    atHand = [soon, at('0.000002', { id: 'acme/m2' }), at('0.000001', { id: 'zeta/z' })];
    assert.match(
      await createNews().of(soon),
      /^M1 goes away on 2026-11-18\. You could go on with acme\/m2 \(100 % dearer for what you usually ask\), or zeta\/z \(as dear for/,
    );
    assert.equal(await createNews().of({ ...soon, expirationDate: '2027-11-18' }), '');
  });

  test('a list that has lost most of its models is no news', async () => {
    const record = newRecord();
    const many = ['1', '2', '3', '4'].map(id => at('0.000001', { id: `acme/${id}` }));
    await record.note(list(many, 0), list([], 1));
    await record.note(undefined, list(many, 2));
    assert.equal((await store.read())?.changes.length, undefined);
    await record.note(list(many, 2), list(many.slice(1), 3));
    assert.deepEqual(
      (await store.read())?.changes.map(({ removed }) => removed),
      [['acme/1']],
    );
  });
});
