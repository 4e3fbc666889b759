import assert from 'node:assert/strict';
import { isFromUsagePage } from '../../../src/protocol/usageGuard';
import type { FromUsagePage } from '../../../src/protocol/usageMessages';

const wellFormed: { readonly [T in FromUsagePage['type']]: Extract<FromUsagePage, { type: T }> } = {
  ready: { type: 'ready' },
  period: { type: 'period', period: 'week' },
  list: {
    type: 'list',
    filter: { text: 'gpt', model: 'a/b', outcome: 'failed', costState: 'pending', fromMs: 0, toMs: 5 },
    sort: 'cost',
    ascending: true,
  },
  page: { type: 'page', listId: 1, index: 0 },
  open: { type: 'open', id: 'x' },
  copy: { type: 'copy', text: 'x' },
  openLogs: { type: 'openLogs', generationId: 'gen-1' },
  revealFile: { type: 'revealFile' },
  export: { type: 'export' },
  reconcile: { type: 'reconcile' },
  stopReconcile: { type: 'stopReconcile' },
  resumeReconcile: { type: 'resumeReconcile' },
  closeReconcile: { type: 'closeReconcile' },
  adoptFigures: { type: 'adoptFigures' },
  deleteHistory: { type: 'deleteHistory' },
  ask: { type: 'ask' },
  pageError: { type: 'pageError', message: 'x' },
};

suite('Messages of the usage page', () => {
  for (const message of Object.values(wellFormed)) {
    test(`${message.type} is let in`, () => assert.ok(isFromUsagePage(message)));
  }

  test('a message that lacks a field or has one of another type is not let in', () => {
    for (const message of Object.values(wellFormed)) {
      for (const name of Object.keys(message).filter(field => field !== 'type')) {
        const { [name]: _left, ...rest } = message as Record<string, unknown>;
        assert.equal(isFromUsagePage(rest), false, `${message.type} without ${name}`);
        assert.equal(isFromUsagePage({ ...rest, [name]: [] }), false, `${message.type} with wrong ${name}`);
      }
    }
  });

  test('filters hold nothing but known conditions', () => {
    const list = (filter: unknown) => ({ ...wellFormed.list, filter });
    const bad = [
      { origin: 'x' },
      { outcome: 'won' },
      { fromMs: -1 },
      { fromMs: '0' },
      { __proto__x: 'y' },
      [],
    ];
    assert.deepEqual(
      bad.map(filter => isFromUsagePage(list(filter))),
      bad.map(() => false),
    );
    assert.ok(isFromUsagePage(list({ text: undefined })));
  });

  test('anything else is not let in', () => {
    const others = [undefined, null, 5, 'ready', [], {}, { type: 'toString' }, { type: 'nope' }];
    assert.deepEqual(
      others.map(other => isFromUsagePage(other)),
      others.map(() => false),
    );
  });
});
