import assert from 'node:assert/strict';
import { Lazy } from '../../src/core/base/lazy';

suite('Something loaded when it is first asked for', () => {
  test('is loaded once, however often it is asked for', async () => {
    let loads = 0;
    const lazy = new Lazy(async () => {
      loads += 1;
      return loads;
    });
    assert.equal(lazy.current, undefined);
    assert.deepEqual(await Promise.all([lazy.get(), lazy.get()]), [1, 1]);
    assert.deepEqual([await lazy.get(), await lazy.current], [1, 1]);
  });

  test('is tried again after a load that failed', async () => {
    let loads = 0;
    const lazy = new Lazy(async () => {
      loads += 1;
      if (loads === 1) throw new Error('not now');
      return loads;
    });
    await assert.rejects(lazy.get(), /not now/);
    assert.equal(lazy.current, undefined);
    assert.equal(await lazy.get(), 2);
  });
});
