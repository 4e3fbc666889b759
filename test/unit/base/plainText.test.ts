import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorText } from '../../../src/core/base/errorText';
import {
  commandLink,
  joinPlain,
  markdown,
  type PlainText,
  paragraphs,
  plain,
  say,
} from '../../../src/core/base/plainText';

/** What VS Code makes a link of in notifications and boxes, and an icon of in lists and the status bar. */
const link = /\[[^\]]+\]\([^)\s]+/;
const icon = /\$\([\w~-]+\)/;

const hostile: Readonly<Record<string, string>> = {
  'a command link': '[Make it writable](command:workbench.action.quit?%5B%22x%22%5D).ts',
  'a web link with a title': '[page](https://evil.example "title")',
  'a link over two lines': '[page]\n(command:x)',
  'an icon': '$(error) $0 free',
  'an icon that turns': '$(sync~spin)',
  'an icon within brackets': '[$(trash)](command:x)',
  'two dollars': '$$(trash)',
  'a line break': 'one\ntwo\r\nthree\u2028four\u0085five',
  'a direction character': 'photo\u202Egpj.exe',
  'a zero-width space in the link': '[a]\u200B(command:x)',
  'an escape character': '\x1b[31mred',
};

suite('plain text', () => {
  for (const [what, text] of Object.entries(hostile)) {
    test(`${what} is shown as it is`, () => {
      for (const shown of [plain(text), say`Before ${text} after`, say`$(warning)${text}`.slice(10)]) {
        assert.doesNotMatch(shown, link);
        assert.doesNotMatch(shown, icon);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be gone.
        assert.doesNotMatch(shown, /[\u0000-\u001f\u0080-\u009f\u200b\u2028\u202e]/);
      }
    });
  }

  test('what is harmless stays letter by letter', () => {
    for (const text of [
      'src/a (1).ts',
      'Qwen: Qwen3 [free] – 256K',
      '$5 (of $10)',
      'שלום 👩‍👩‍👧',
      'C:\\a\\b',
      'a  b',
    ])
      assert.equal(plain(text), text);
  });

  test('icons and links of ours stay', () => {
    assert.equal(say`$(warning) ${'x'} is [read-only](command:y)`, '$(warning) x is [read-only](command:y)');
  });

  test('markup that would come about where texts meet is broken', () => {
    const [dollar, bracket] = ['$', '[x]'];
    assert.equal(say`${dollar}(trash)`, '$ (trash)');
    assert.equal(say`costs $${'(trash)'}`, 'costs $ (trash)');
    assert.equal(say`${bracket}${'(command:x)'}`, '[x] (command:x)');
    assert.equal(say`[x]${'(command:x)'}`, '[x] (command:x)');
  });

  test('what has passed once can be put into another text and stays as it is', () => {
    for (const text of Object.values(hostile)) {
      const once = plain(text);
      assert.equal(plain(once), once);
      assert.equal(say`${once}!`, `${once}!`);
    }
  });

  test('a text without end is cut', () => {
    assert.ok(plain('x'.repeat(1_000_000)).length < 3000);
  });

  test('paragraphs and lists keep their breaks, and leave out what is empty', () => {
    assert.equal(paragraphs(say`a`, plain(''), plain('b\nc')), 'a\n\nb c');
    assert.equal(joinPlain([say`a`, plain('b')], ', '), 'a, b');
  });

  test('the compiler tells it from any other text', () => {
    const show = (text: PlainText): string => text;
    // @ts-expect-error: a text that has not passed.
    assert.equal(show('raw'), 'raw');
    assert.equal(show(say`ours`), 'ours');
  });
});

suite('the door of plain text', () => {
  const source = join(process.cwd(), 'src');
  const filesWith = (pattern: RegExp): readonly string[] =>
    globSync('**/*.ts', { cwd: source })
      .filter(file => pattern.test(readFileSync(join(source, file), 'utf8')))
      .map(file => file.replaceAll('\\', '/'))
      .sort();

  test('is the only one', () => {
    assert.deepEqual(filesWith(/\bas (PlainText|SafeMarkdown)\b/), ['core/base/plainText.ts']);
  });

  test('stands before every surface of VS Code: few files show anything there', () => {
    const surfaces =
      /\b(show(Information|Warning|Error)Message|show(QuickPick|InputBox)|create(QuickPick|InputBox|StatusBarItem|OutputChannel)|setStatusBarMessage|withProgress|new vscode\.MarkdownString)\b/;
    assert.deepEqual(filesWith(surfaces), [
      'vscode/context/symbols.ts',
      'vscode/dialogs.ts',
      'vscode/log.ts',
      'vscode/quickPicks.ts',
      'vscode/views/conversationPicker.ts',
      'vscode/views/pickerOpening.ts',
      'vscode/views/statusBarItem.ts',
    ]);
  });
});

suite('an error in the log', () => {
  test('begins no line with what a server or a file wrote', () => {
    for (const message of [
      'no\n2026-01-01 00:00:00.000 [error] FORGED',
      'a\r\n    at forged',
      'a\u2028b',
      '',
    ]) {
      const [first = '', ...calls] = errorText(new TypeError(message)).split(/[\n\r\u2028]/);
      assert.match(first, /^TypeError:/);
      assert.ok(calls.length > 0, 'the stack is kept');
      for (const call of calls) assert.match(call, /^ {4}at (?!forged)/);
    }
    assert.equal(errorText('thrown\ntext'), 'thrown text');
  });
});

suite('safe Markdown', () => {
  test('nothing in a hole is markup', () => {
    for (const text of [
      'x` ![i](https://evil.example/h.png) [Free credits](https://evil.example) `y',
      '<img src=x>',
      'https://evil.example www.evil.example me@evil.example',
      '| a | b |',
      '&lt;b&gt;',
      '**bold** _it_ ~~no~~ # head',
      'line\n\n# head\n- item',
      '$(trash)',
    ]) {
      const shown = markdown`Model: ${text}`;
      assert.doesNotMatch(shown, /(?<!\\)[!"#$%&'()*+,\-./;<=>?@[\]^_`{|}~]/, shown);
      assert.doesNotMatch(shown, /\n/);
    }
  });

  test('a link leads to a command without arguments', () => {
    assert.equal(commandLink('Show [it]', 'a.b'), '[Show \\[it\\]](command:a.b)');
    assert.throws(() => commandLink('x', 'a.b?%5B%5D'));
    assert.throws(() => commandLink('x', 'a) [y](command:z'));
  });

  test('markup of ours stays, within other Markdown, too', () => {
    const row = markdown`**${'a*b'}**`;
    assert.equal(
      markdown`[Usage](command:x) · ${{ markdown: row }} ${5}`,
      '[Usage](command:x) · **a\\*b** 5',
    );
  });
});
