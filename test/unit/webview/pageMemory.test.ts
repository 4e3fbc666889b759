import assert from 'node:assert/strict';
import { toPageMemory } from '../../../src/webview/answer/pageMemory';

suite('Page memory', () => {
  const memory = { conversationId: 'c', anchor: { turnId: 't', offset: -4 }, open: ['t sent'] };
  const empty = { conversationId: 'c', open: [] };

  test('of this conversation comes back', () => {
    assert.deepEqual(toPageMemory(memory, 'c'), memory);
    assert.deepEqual(toPageMemory(empty, 'c'), empty);
  });

  test('of another conversation, or of none, is empty', () => {
    for (const value of [{ ...memory, conversationId: 'd' }, undefined, null, 'c', 7, [], {}]) {
      assert.deepEqual(toPageMemory(value, 'c'), empty);
    }
  });

  test('a part that is damaged is left out, and the rest counts', () => {
    const { anchor, open } = toPageMemory({ ...memory, anchor: { turnId: 't' } }, 'c');
    assert.deepEqual([anchor, open], [undefined, ['t sent']]);
    assert.deepEqual(toPageMemory({ ...memory, open: 'all' }, 'c'), { ...memory, open: [] });
  });
});
