import assert from 'node:assert/strict';
import { toDecimal } from '../../../src/openrouter/wire/decimal';
import { SseParser } from '../../../src/openrouter/wire/sse';
import { cpuMs } from '../../support/cpuTime';

suite('server-sent events', () => {
  const parse = (...pieces: string[]): string[] => {
    const parser = new SseParser();
    return [...pieces.flatMap(piece => parser.push(piece)), ...parser.end()].map(({ data }) => data);
  };

  test('skip comments, other fields and empty events', () => {
    assert.deepEqual(parse(': OPENROUTER PROCESSING\n\n:\n\nevent: x\nid: 1\nretry: 5\n\ndata: a\n\n'), [
      'a',
    ]);
    assert.deepEqual(parse('event: message\ndata: a\nid: 2\n\n'), ['a']);
  });

  test('join the lines of one event and take off one space at most', () => {
    assert.deepEqual(parse('data: a\ndata:b\ndata:  c\ndata\n\n'), ['a\nb\n c\n']);
  });

  test('end lines with LF, CRLF or CR, mixed and split', () => {
    assert.deepEqual(parse('data: a\r\n\r\ndata: b\r\rdata: c\n\n'), ['a', 'b', 'c']);
    assert.deepEqual(parse('data: a\r', '\ndata: b\r\n\r\n'), ['a\nb']);
    assert.deepEqual(parse('data: a\r', '\n\r', '\ndata: b\r', '\rdata: c\n', '\n'), ['a', 'b', 'c']);
  });

  test('give an event that was not closed by an empty line', () => {
    assert.deepEqual(parse('data: a\n\ndata: b'), ['a', 'b']);
    assert.deepEqual(parse('data: a\n\ndata: b\n'), ['a', 'b']);
  });

  test('give each event as soon as it is complete', () => {
    const parser = new SseParser();
    assert.deepEqual(parser.push('data: a\n'), []);
    assert.deepEqual(parser.push('\nda'), [{ data: 'a' }]);
    assert.deepEqual(parser.push('ta: b\n\n'), [{ data: 'b' }]);
  });

  test('give the last event at once, also when its lines end with CR and nothing follows', () => {
    const parser = new SseParser();
    assert.deepEqual(parser.push('data: [DONE]\r\r'), [{ data: '[DONE]' }]);
    assert.deepEqual(parser.push('\n'), []);
  });

  test('have a name only when they were given one, each for itself', () => {
    const parser = new SseParser();
    assert.deepEqual(parser.push('event: error\ndata: a\n\ndata: b\n\n'), [
      { name: 'error', data: 'a' },
      { data: 'b' },
    ]);
  });

  test('do not depend on where the text is cut', () => {
    const text = ': c\r\n\r\nevent: x\rdata: a\r\r\ndata: b\ndata\n\n\r\ndata:c\r\n\r\n';
    const read = (pieces: string[]) => {
      const parser = new SseParser();
      return [...pieces.flatMap(piece => parser.push(piece)), ...parser.end()];
    };
    const whole = read([text]);
    assert.deepEqual(whole, [{ name: 'x', data: 'a' }, { data: 'b\n' }, { data: 'c' }]);
    assert.deepEqual(read([...text]), whole);
    for (let cut = 1; cut < text.length; cut++) {
      assert.deepEqual(read([text.slice(0, cut), text.slice(cut)]), whole, `cut at ${cut}`);
    }
  });

  test('take no longer over lines that are none of theirs', () => {
    const parser = new SseParser();
    const startMs = cpuMs();
    for (const line of ['nonsense\n', 'a\n', 'retry: soon\n', 'id: 1\n', ': comment\n', 'x: y\r\n']) {
      assert.deepEqual(parser.push(line.repeat(20_000)), []);
    }
    const tookMs = cpuMs() - startMs;
    assert.ok(tookMs < 300, `${tookMs} ms for 120,000 lines`);
    assert.deepEqual(parser.push('x\ndata: a\ny\ndata: b\nretry: z\n\n'), [{ data: 'a\nb' }]);
  });

  test('read a long line that comes in many pieces in linear time', () => {
    const parser = new SseParser();
    const piece = 'x'.repeat(1000);
    parser.push('data: ');
    for (let count = 0; count < 20_000; count++) parser.push(piece);
    assert.equal(parser.push('\n\n')[0]?.data.length, 20_000_000);
  });
});

suite('amounts', () => {
  test('are written out to the last digit, without exponent', () => {
    for (const [value, text] of [
      [0, '0'],
      [1e-7, '0.0000001'],
      [1.5e-9, '0.0000000015'],
      [7.75e-6, '0.00000775'],
      [-2.5e-8, '-0.000000025'],
      [0.1, '0.1'],
      [0.0076509169000000005, '0.0076509169000000005'],
      [1e21, '1000000000000000000000'],
      [1.25e22, '12500000000000000000000'],
      [5e-324, `0.${'0'.repeat(323)}5`],
    ] as const) {
      assert.equal(toDecimal(value), text);
      assert.equal(Number(text), value);
    }
  });

  test('stay as they are when they are decimal text already', () => {
    assert.equal(toDecimal('0.00000010'), '0.00000010');
    assert.equal(toDecimal('-1'), '-1');
    assert.equal(toDecimal('1.5e-7'), '0.00000015');
    assert.equal(toDecimal('2E3'), '2000');
  });

  test('are unknown when they are anything else', () => {
    for (const value of [
      undefined,
      null,
      '',
      ' ',
      'free',
      Number.NaN,
      Number.POSITIVE_INFINITY,
      {},
      [],
      true,
    ]) {
      assert.equal(toDecimal(value), undefined);
    }
  });
});
