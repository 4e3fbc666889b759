import assert from 'node:assert/strict';
import { formatCount } from '../../../src/core/base/formatCount';

suite('A count in words', () => {
  test('is written as English writes numbers', () => {
    const counts = [
      0,
      7,
      999,
      1000,
      12_345,
      999_999,
      1_000_000,
      -1234,
      2 ** 53,
      0.5,
      1.5,
      1234.5,
      1.25,
      0.1 + 0.2,
    ];
    for (const count of counts) assert.equal(formatCount(count), count.toLocaleString('en-US'), `${count}`);
  });

  test('is written so for every length of number', () => {
    for (let count = 1; count < 1e15; count = count * 7 + 3) {
      assert.equal(formatCount(count), count.toLocaleString('en-US'));
    }
  });
});
