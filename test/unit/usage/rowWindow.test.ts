import assert from 'node:assert/strict';
import type { UsageRow } from '../../../src/protocol/usageFigures';
import { pageSize, type UsageList } from '../../../src/protocol/usageList';
import { RowWindow } from '../../../src/webview/usage/rowWindow';

const row = (index: number): UsageRow => ({
  id: `r${index}`,
  startedAt: index,
  origin: 'command',
  action: 'ask',
  requestedModel: 'a/b',
  maxTokens: 1,
  outcome: 'completed',
  costState: 'billed',
});
const page = (index: number, length = pageSize): readonly UsageRow[] =>
  Array.from({ length }, (_, offset) => row(index * pageSize + offset));
const begin = (list: Partial<UsageList> = {}) =>
  new RowWindow({
    listId: 7,
    filter: {},
    sort: 'time',
    ascending: false,
    rows: page(0),
    isLast: false,
    ...list,
  });

suite('The window of rows', () => {
  test('asks for the next page once, and never for one whose beginning nobody knows', () => {
    const rows = begin();
    assert.deepEqual(rows.want(0, 50), []);
    assert.deepEqual(rows.want(90, 950), [1]);
    assert.deepEqual(rows.want(90, 950), []);
    rows.add(1, page(1), false);
    assert.equal(rows.reached, 200);
    assert.deepEqual(rows.want(90, 950), [2]);
  });

  test('knows how many rows there are from the host, or at the end by itself', () => {
    assert.equal(begin({ rowCount: 1234 }).total, 1234);
    const rows = begin();
    assert.equal(rows.total, undefined);
    rows.add(1, page(1, 7), true);
    assert.equal(rows.total, 107);
    assert.equal(rows.isOpen, false);
    assert.equal(rows.at(106)?.id, 'r106');
    assert.equal(rows.at(107), undefined);
  });

  test('forgets pages far from view, and asks for them again', () => {
    const rows = begin();
    for (let index = 1; index <= 60; index += 1) {
      rows.want(index * pageSize, index * pageSize);
      rows.add(index, page(index), false);
    }
    rows.want(60 * pageSize, 60 * pageSize);
    assert.equal(rows.at(0), undefined);
    assert.equal(rows.at(6000)?.id, 'r6000');
    assert.equal(rows.reached, 6100);
    assert.deepEqual(rows.want(0, 10), [0]);
    rows.add(0, page(0), false);
    assert.equal(rows.at(0)?.id, 'r0');
    assert.equal(rows.reached, 6100);
  });

  test('shows a changed row in the place of the old one', () => {
    const rows = begin();
    assert.equal(rows.replace({ ...row(5), costState: 'settled' }), true);
    assert.equal(rows.at(5)?.costState, 'settled');
    assert.equal(rows.replace(row(5000)), false);
  });
});
