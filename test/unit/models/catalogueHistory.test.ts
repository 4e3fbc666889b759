import assert from 'node:assert/strict';
import {
  addChange,
  type CatalogueChange,
  type CatalogueHistory,
  compareCatalogues,
  isNoChange,
  parseCatalogueHistory,
  pricingBefore,
} from '../../../src/core/models/catalogueHistory';
import type { Model } from '../../../src/core/models/model';
import { parseCatalogue } from '../../../src/openrouter/wire/catalogue';
import { makeModel } from '../../support/models';
import { trafficSources } from '../../support/openrouter/traffic';

const empty: CatalogueHistory = { baseUrl: 'https://a.example/v1', changes: [] };
const none = { added: [], removed: [], priced: [], ending: [] };
const source = trafficSources.at(-1) ?? assert.fail();

interface WireRow {
  id: string;
  pricing: Record<string, string>;
  expiration_date: string | null;
}

/** Whole numbers from 0 below `end`, the same ones for the same seed. */
function random(seed: number): (end: number) => number {
  let state = seed;
  return end => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * end);
  };
}

suite('history of the list of models', () => {
  test('20 dated catalogues: every change is found, and nothing else', () => {
    const pick = random(7);
    let body: { data: WireRow[] } = JSON.parse(source.traffic.catalogue());
    let before = parseCatalogue(body) ?? [];
    let history = empty;
    for (let day = 1; day <= 20; day++) {
      const rows = structuredClone(body.data);
      const touched = new Set<number>();
      const other = (): number => {
        let index = pick(rows.length);
        while (touched.has(index)) index = pick(rows.length);
        touched.add(index);
        return index;
      };
      const at = (index: number): WireRow => rows[index] ?? assert.fail();
      // Every fourth day nothing but the order and the spelling changes.
      const isQuiet = day % 4 === 0;
      const [dearer, timed, ending, removed] = [other(), other(), other(), other()];
      const expected = { priced: new Set<string>(), ending: '', removed: '', added: '' };
      if (!isQuiet) {
        at(dearer).pricing.prompt = `0.00${day}7`;
        at(timed).pricing = { ...at(timed).pricing, input_cache_read: `0.0000${day}3` };
        at(ending).expiration_date = `2027-01-${String(day).padStart(2, '0')}`;
        expected.priced = new Set([at(dearer).id, at(timed).id]);
        expected.ending = at(ending).id;
        expected.removed = at(removed).id;
        expected.added = `new/model-${day}`;
        rows.push({ ...structuredClone(at(dearer)), id: expected.added });
        rows.splice(removed, 1);
      } else {
        rows.reverse();
        for (const row of rows) {
          row.pricing.request ??= '0';
          if (/^0\.\d+$/.test(row.pricing.prompt ?? '')) row.pricing.prompt += '0';
        }
      }
      body = { data: rows };
      const after = parseCatalogue(body) ?? [];
      const change = compareCatalogues(before, after, day);
      if (isQuiet) assert.ok(isNoChange(change), `a false alarm on day ${day}: ${JSON.stringify(change)}`);
      else {
        assert.deepEqual(new Set(change.priced.map(({ id }) => id)), expected.priced, `day ${day}`);
        assert.deepEqual(
          change.ending.map(({ id }) => id),
          [expected.ending],
        );
        assert.deepEqual(
          [change.removed, change.added].map(ids => ids.join()),
          [expected.removed, expected.added],
        );
      }
      history = addChange(history, change);
      before = after;
    }
    assert.equal(history.changes.length, 15);
    assert.deepEqual(parseCatalogueHistory(JSON.stringify(history)), history);
  });

  const priced = (prompt: string, at: number, id = 'a/b'): CatalogueChange =>
    compareCatalogues(
      [makeModel({ id, pricing: { prompt: '9', completion: '1' } })],
      [makeModel({ id, pricing: { prompt, completion: '1' } })],
      at,
    );

  test('tells what a price was at an earlier time', () => {
    const change = (before: string, after: string, atMs: number): CatalogueChange => ({
      ...none,
      atMs,
      priced: [
        { id: 'a/b', before: { prompt: before, completion: '1' }, after: { prompt: after, completion: '1' } },
      ],
    });
    const history = addChange(addChange(empty, change('1', '2', 100)), change('2', '3', 200));
    const at = (ms: number) => pricingBefore(history, 'a/b', ms)?.prompt;
    assert.deepEqual([at(50), at(100), at(150), at(200)], ['1', '2', '2', undefined]);
    assert.equal(pricingBefore(history, 'a/c', 0), undefined);
  });

  test('what another window has noted is not noted again, but what changes back is', () => {
    const once = addChange(empty, priced('2', 1));
    assert.equal(addChange(once, priced('2', 5)), once);
    assert.equal(addChange(once, priced('3', 6)).changes.length, 2);
    const gone: CatalogueChange = { ...none, atMs: 2, removed: ['x/y'] };
    const back: CatalogueChange = { ...none, atMs: 3, added: ['x/y'] };
    assert.equal(addChange(addChange(addChange(empty, gone), back), gone).changes.length, 3);
  });

  test('the oldest changes are forgotten', () => {
    let history = empty;
    for (let day = 0; day < 30; day++) {
      const added = Array.from({ length: 100 }, (_, index) => `day-${day}/model-${index}`);
      history = addChange(history, { ...none, atMs: day, added });
    }
    assert.deepEqual([history.changes.length, history.changes[0]?.atMs], [20, 10]);
  });

  test('a conditional price that changes is found', () => {
    const withOverride = (prompt: string): Model =>
      makeModel({
        pricing: { prompt: '1', completion: '1', overrides: [{ minPromptTokens: 5, pricing: { prompt } }] },
      });
    assert.equal(compareCatalogues([withOverride('2')], [withOverride('3')], 1).priced.length, 1);
    assert.ok(isNoChange(compareCatalogues([withOverride('2')], [withOverride('2.0')], 1)));
  });

  for (const text of ['', '{}', '{"baseUrl":"x","changes":[{}]}', 'null'])
    test(`a damaged file counts as none: ${text}`, () =>
      assert.equal(parseCatalogueHistory(text), undefined));
});
