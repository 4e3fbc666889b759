import assert from 'node:assert/strict';
import { titleOf } from '../../../src/app/ask/askRequest';

suite('titleOf', () => {
  test('is the first line of the question, cut where it is long', () => {
    assert.equal(titleOf('  Why?\nBecause'), 'Why?');
    assert.equal(titleOf('a'.repeat(90)), `${'a'.repeat(80)}…`);
    assert.equal(titleOf('👩‍👩‍👧'.repeat(40)).at(-1), '…');
  });
});
