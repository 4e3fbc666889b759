import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { toPalettePng } from '../../support/workbench/palettePng';

suite('a picture with a palette', () => {
  const screenshot = readFileSync('media/refactor-2-answer.png');
  const small = toPalettePng(screenshot);

  test('is as large as the screenshot, in a fraction of the bytes', () => {
    assert.deepEqual(small.subarray(0, 24), screenshot.subarray(0, 24));
    assert.deepEqual([...small.subarray(24, 29)], [8, 3, 0, 0, 0]);
    assert.ok(small.length < screenshot.length / 2, `${small.length} of ${screenshot.length} bytes`);
  });

  test('has the background first, and few colours after it', () => {
    const palette = small.indexOf('PLTE');
    const length = small.readUInt32BE(palette - 4);
    assert.ok(length > 3 * 8 && length <= 3 * 48, `${length}`);
    assert.deepEqual([...small.subarray(palette + 4, palette + 7)], [0x1f, 0x1f, 0x1f]);
  });

  test('is made of what a browser writes alone', () => {
    assert.throws(() => toPalettePng(small), /Not a picture as a browser writes it/);
  });
});
