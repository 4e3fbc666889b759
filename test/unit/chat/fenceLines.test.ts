import assert from 'node:assert/strict';
import { FenceLines } from '../../../src/core/chat/fenceLines';
import { withoutIndent } from '../../../src/webview/answer/markdown/indent';

/** The number of the line that closes the fence; -1 when none does. */
const closingLine = (marker: string, language: string, lines: readonly string[]): number => {
  const fence = new FenceLines(marker, language);
  return lines.findIndex(line => fence.isClosing(line));
};

suite('the lines of a code fence', () => {
  test('a fence is closed by one of its kind that is at least as long', () => {
    assert.equal(closingLine('```', 'js', ['a', '``', '~~~', '    ```', '```` \t']), 4);
    assert.equal(closingLine('~~~~', '', ['~~~', '```', '~~~~']), 2);
    assert.equal(closingLine('```', 'js', ['``` no', '```\u2028', '   ```']), 2);
  });

  test('a fence of Markdown is not closed by the end of one inside it', () => {
    assert.equal(closingLine('```', 'markdown', ['```sh', 'x', '```', 'Done.', '```']), 4);
    assert.equal(closingLine('```', 'md', ['```a', '```', '```b', '```', '```']), 4);
    assert.equal(closingLine('````', 'md', ['```sh', '```', '````']), 2);
    assert.equal(closingLine('```', 'ts', ['```sh', 'x', '```', '```']), 2);
  });

  test('indentation is removed by columns, and a tab that reaches further leaves the rest', () => {
    assert.equal(withoutIndent('  a\n b\n   c\n\td\ne', 2), 'a\nb\n c\n  d\ne');
    assert.equal(withoutIndent(' \ta', 3), ' a');
  });
});
