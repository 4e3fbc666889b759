import assert from 'node:assert/strict';
import {
  compactUsd,
  displayUsd,
  divideHalfEven,
  formatPico,
  type Pico,
  parseFixed,
  parsePico,
} from '../../../src/core/money/pico';

suite('Pico', () => {
  test('decimal text becomes exact integers of a trillionth of a dollar', () => {
    const cases: readonly (readonly [string, Pico])[] = [
      ['0', 0n],
      ['0.000495', 495_000_000n],
      ['3', 3_000_000_000_000n],
      ['-1', -1_000_000_000_000n],
      ['+.5', 500_000_000_000n],
      ['1.', 1_000_000_000_000n],
      ['1e-7', 100_000n],
      ['9E-7', 900_000n],
      ['1.9900499999999998e-05', 19_900_500n],
      ['2e3', 2_000_000_000_000_000n],
      [' 0.1 ', 100_000_000_000n],
      ['1e-9999', 0n],
    ];
    for (const [text, pico] of cases) assert.equal(parsePico(text), pico, text);
  });

  test('digits beyond the twelfth decimal round half to even', () => {
    assert.equal(parsePico('0.0000000000005'), 0n);
    assert.equal(parsePico('0.0000000000015'), 2n);
    assert.equal(parsePico('0.0000000000025'), 2n);
    assert.equal(parsePico('0.00000000000250000001'), 3n);
    assert.equal(parsePico('-0.0000000000015'), -2n);
    assert.equal(divideHalfEven(-5n, 2n), -2n);
  });

  test('what is no amount is undefined, never 0', () => {
    for (const text of [
      '',
      ' ',
      '.',
      'e5',
      '1e',
      'abc',
      '$1',
      '1,5',
      '0x1',
      'NaN',
      'Infinity',
      '1 2',
      '--1',
    ]) {
      assert.equal(parsePico(text), undefined, text);
    }
  });

  test('an amount the ledger cannot hold is undefined', () => {
    assert.equal(parsePico('9223372.036854775807'), 9_223_372_036_854_775_807n);
    assert.equal(parsePico('9223372.036854775808'), undefined);
    assert.equal(parsePico('1e9999'), undefined);
  });

  test('formatting is the shortest exact text, without exponent', () => {
    for (const text of ['0', '0.000495', '3', '-0.5', '0.000000000001', '1234.5', '9223372.036854775807']) {
      assert.equal(formatPico(parsePico(text) ?? -7n), text);
    }
    assert.equal(displayUsd(495_000_000n), '$0.000495');
    assert.equal(displayUsd(-495_000_000n), '-$0.000495');
  });

  test('a million requests of a ten-millionth of a dollar sum to exactly ten cents', () => {
    let sum = 0n;
    for (let i = 0; i < 1_000_000; i++) sum += parsePico('0.0000001') ?? 0n;
    assert.equal(formatPico(sum), '0.1');
  });

  test('the compact form never shows nothing for something', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['0', '$0'],
      ['0.000000000001', '<$0.0001'],
      ['0.00009', '<$0.0001'],
      ['0.0001', '$0.0001'],
      ['0.000495', '$0.0005'],
      ['0.00042', '$0.00042'],
      ['0.0042', '$0.0042'],
      ['0.042', '$0.042'],
      ['0.05', '$0.05'],
      ['0.4249', '$0.42'],
      ['0.999', '$1.00'],
      ['12.5', '$12.50'],
      ['-0.42', '-$0.42'],
    ];
    for (const [text, shown] of cases) assert.equal(compactUsd(parsePico(text) ?? -7n), shown, text);
  });

  test('text that is longer than any number, or has an exponent beyond all numbers, is none, at once', () => {
    assert.equal(parseFixed('9'.repeat(1_000_000), 24), undefined);
    const begun = performance.now();
    for (const text of [
      '9'.repeat(1_000_000),
      `0.${'0'.repeat(1_000_000)}1`,
      '1e20000000',
      '1e-100000000',
      '1e9999',
      `${'1'.repeat(500)}e5`,
    ]) {
      assert.equal(parsePico(text), undefined);
    }
    assert.ok(performance.now() - begun < 50);
    assert.equal(parsePico('1e-308'), 0n);
    assert.equal(parsePico(`0.${'0'.repeat(323)}5`), 0n);
    assert.equal(parsePico('1e999'), undefined);
  });
});
