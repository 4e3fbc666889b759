import assert from 'node:assert/strict';
import type { LedgerEntry } from '../../../src/core/ledger/ledger';
import { byteOrderMark, csvLine } from '../../../src/core/usage/csv';
import { exportNames } from '../../../src/core/usage/exportColumns';
import { type ExportFormat, exportText, spreadsheetNote } from '../../../src/core/usage/exportText';
import { parseCsv } from '../../support/usage/parseCsv';
import { sampleEntry } from '../../support/usage/sampleLedger';

async function* entriesOf(...entries: readonly LedgerEntry[]): AsyncIterable<LedgerEntry> {
  yield* entries;
}

async function exported(format: ExportFormat, ...entries: readonly LedgerEntry[]): Promise<string> {
  let all = '';
  for await (const { text } of exportText(entriesOf(...entries), format)) all += text;
  return all;
}

/** Each text once alone and once in every mixture of pieces that mean something to CSV or spreadsheets. */
function* awkwardTexts(): Iterable<string> {
  const pieces = ['', '=1+1', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", '＝', 'ä', '😀', ' ', 'x', '0'];
  for (const a of pieces) for (const b of pieces) for (const c of pieces) yield a + b + c;
}

suite('Export as CSV', () => {
  test('every line has every column, named once, after the mark that makes Excel read UTF-8', async () => {
    const text = await exported('csv', sampleEntry(1, 0), sampleEntry(2, 1));
    assert.ok(text.startsWith(byteOrderMark));
    const rows = parseCsv(text.slice(1));
    assert.deepEqual(rows[0], [...exportNames]);
    assert.equal(rows.length, 3);
    assert.ok(rows.every(row => row.length === exportNames.length));
    assert.ok(text.endsWith('\r\n'));
  });

  test('amounts are exact decimal USD, times ISO 8601 in UTC, unknown is empty', async () => {
    const entry: LedgerEntry = {
      ...sampleEntry(1, Date.UTC(2026, 0, 2, 3, 4, 5, 6)),
      costPico: 100_000n,
      upstreamPico: undefined,
      workspace: undefined,
    };
    const [names = [], cells = []] = parseCsv((await exported('csv', entry)).slice(1));
    const cell = (name: string) => cells[names.indexOf(name)];
    assert.equal(cell('costUsd'), '0.0000001');
    assert.equal(cell('startedAt'), '2026-01-02T03:04:05.006Z');
    assert.equal(cell('upstreamUsd'), '');
    assert.equal(cell('workspace'), '');
  });

  test('any text comes back from a CSV reader as it was, but for the apostrophe before formulas', () => {
    for (const text of awkwardTexts()) {
      const [[cell = ''] = []] = parseCsv(csvLine([text, 'end']));
      assert.equal(cell.startsWith("'") && !text.startsWith("'") ? cell.slice(1) : cell, text);
    }
  });

  test('no cell of text begins like a formula', () => {
    for (const text of awkwardTexts()) {
      const [[cell = ''] = []] = parseCsv(csvLine([text]));
      assert.doesNotMatch(cell, /^[=+\-@\t\r\n＝＋－＠]/);
    }
  });

  test('numbers keep their sign', () => {
    assert.equal(csvLine([-5, 1.5, true, null, '']), '-5,1.5,true,,\r\n');
  });
});

suite('Export for spreadsheets', () => {
  const [semicolon] = [';'] as const;
  const amount = { ...sampleEntry(1, 0), costPico: 1_234_500_000_000n, reservedPico: 100_000n, ttftMs: 1234 };

  test('X1: the form for decimal commas separates with semicolons and writes amounts with commas', async () => {
    const hostile = { ...amount, workspace: 'a;b,c "d"', requestedModel: 'v/m-1.5' };
    const text = await exported('csvSemicolon', hostile);
    assert.ok(text.startsWith(byteOrderMark));
    const [names = [], cells = []] = parseCsv(text.slice(1), semicolon);
    assert.deepEqual(names, [...exportNames]);
    assert.equal(cells.length, exportNames.length);
    const cell = (name: string) => cells[names.indexOf(name)];
    assert.deepEqual([cell('costUsd'), cell('reservedUsd'), cell('ttftMs')], ['1,2345', '0,0000001', '1234']);
    assert.deepEqual([cell('workspace'), cell('requestedModel')], ['a;b,c "d"', 'v/m-1.5']);
  });

  test('X1: every amount is a number there, none is grouped, and unknown is empty', async () => {
    for (const [costPico, shown] of [
      [0n, '0'],
      [10n ** 12n, '1'],
      [1n, '0,000000000001'],
      [12_345_678_900_000_000n, '12345,6789'],
      [undefined, ''],
    ] as const) {
      const text = await exported('csvSemicolon', { ...amount, costPico });
      const [names = [], cells = []] = parseCsv(text.slice(1), semicolon);
      assert.equal(cells[names.indexOf('costUsd')], shown);
    }
  });

  test('with semicolons any text comes back as it was, but for the apostrophe before formulas', () => {
    for (const text of awkwardTexts()) {
      const [[cell = '', end] = []] = parseCsv(csvLine([`${text};`, 'end'], semicolon), semicolon);
      assert.equal(end, 'end');
      assert.equal(cell.startsWith("'") && !text.startsWith("'") ? cell.slice(1) : cell, `${text};`);
    }
  });

  test('a text longer than a cell is cut, says so, and is never cut through a character', () => {
    for (const [text, isCut] of [
      ['x'.repeat(32_767), false],
      ['x'.repeat(32_768), true],
      ['😀'.repeat(20_000), true],
      [`x${'😀'.repeat(20_000)}`, true],
      [`=${'x'.repeat(32_766)}`, true],
      ['"'.repeat(32_767), false],
    ] as const) {
      const changes = { cutCells: 0, quotedFormulas: 0 };
      const [[cell = ''] = []] = parseCsv(csvLine([text], ',', changes));
      assert.ok(cell.length <= 32_767);
      assert.equal(changes.cutCells, isCut ? 1 : 0);
      assert.equal(/ … \[cut: \d+ characters\]$/.test(cell), isCut);
      assert.doesNotMatch(cell, /[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    }
  });

  test('what a spreadsheet would cut, run or not show is said, and only of a file for one', async () => {
    const odd = { ...amount, prompt: 'x'.repeat(40_000), workspace: '=1+1', action: '@x' };
    const noteOf = async (format: ExportFormat) => {
      let last = { rows: 0, changes: { cutCells: 0, quotedFormulas: 0 } };
      for await (const chunk of exportText(entriesOf(odd, amount), format)) last = chunk;
      return spreadsheetNote(format, last.rows, last.changes);
    };
    for (const format of ['csv', 'csvSemicolon'] as const) {
      assert.match(await noteOf(format), /^1 text longer .* was cut; JSON Lines .* 2 texts .* apostrophe/);
    }
    assert.deepEqual([await noteOf('jsonl'), await noteOf('json')], ['', '']);
    const none = { cutCells: 0, quotedFormulas: 0 };
    assert.equal(spreadsheetNote('csv', 1_048_575, none), '');
    assert.match(spreadsheetNote('csv', 1_048_576, none), /first 1,048,576 lines/);
    assert.equal(spreadsheetNote('jsonl', 2_000_000, none), '');
  });

  test('JSON has the whole text, and as it was', async () => {
    const prompt = `=${'x'.repeat(40_000)}`;
    assert.equal(JSON.parse(await exported('jsonl', { ...amount, prompt })).prompt, prompt);
  });
});

suite('Export as JSON', () => {
  const hostile = { ...sampleEntry(3, 5), workspace: '=cmd|"x"\n\u2028', costPico: undefined };

  test('every line of JSON Lines is an object with every column, unknown being null', async () => {
    const lines = (await exported('jsonl', hostile, sampleEntry(4, 6))).trimEnd().split('\n');
    const [first, second] = lines.map(line => JSON.parse(line));
    assert.equal(lines.length, 2);
    assert.deepEqual(Object.keys(first), [...exportNames]);
    assert.equal(first.workspace, hostile.workspace);
    assert.equal(first.costUsd, null);
    assert.equal(second.id, sampleEntry(4, 6).id);
  });

  test('JSON is one array, of no rows too', async () => {
    assert.deepEqual(JSON.parse(await exported('json')), []);
    const rows = JSON.parse(await exported('json', hostile, sampleEntry(4, 6), sampleEntry(5, 7)));
    assert.deepEqual(
      rows.map((row: { id: string }) => row.id),
      [3, 4, 5].map(index => sampleEntry(index, 0).id),
    );
  });
});

suite('Export of a long history', () => {
  test('a million rows pass through in pieces, with memory bounded', async function () {
    this.timeout(120_000);
    const count = 1_000_000;
    const template = sampleEntry(1, Date.UTC(2026, 0, 1));
    async function* million(): AsyncIterable<LedgerEntry> {
      for (let index = 0; index < count; index += 1) yield { ...template, startedAt: index };
    }
    const heapBefore = process.memoryUsage().heapUsed;
    let [largestPiece, bytes, rows, heapMost] = [0, 0, 0, 0];
    for await (const piece of exportText(million(), 'csv')) {
      largestPiece = Math.max(largestPiece, piece.text.length);
      bytes += piece.text.length;
      rows = piece.rows;
      heapMost = Math.max(heapMost, process.memoryUsage().heapUsed - heapBefore);
    }
    assert.equal(rows, count);
    assert.ok(bytes > 200_000_000);
    assert.ok(largestPiece < 128 * 1024);
    // What is not yet collected counts too; the whole file would be several times this.
    assert.ok(heapMost < 100_000_000, `the heap grew by ${heapMost} bytes`);
  });
});
