import assert from 'node:assert/strict';
import { formatDuration } from '../../../src/webview/shared/figures';

suite('figures on the pages', () => {
  for (const [ms, text] of [
    [0, '0.0 s'],
    [840, '0.8 s'],
    [9_940, '9.9 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [59_700, '1 min 0 s'],
    [119_700, '2 min 0 s'],
    [125_000, '2 min 5 s'],
  ] as const) {
    test(`${ms} ms are ${text}`, () => assert.equal(formatDuration(ms), text));
  }
});
