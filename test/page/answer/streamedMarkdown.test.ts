import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { cutsOf, texts } from '../../support/markdownTexts';
import { openRendererTab } from '../../support/pageHarness/rendererTab';

const cutsPerText = 40;

suite('Markdown that arrives in pieces', () => {
  let page: Page;

  suiteSetup(async () => {
    page = await openRendererTab();
  });
  suiteTeardown(() => page.close());

  const render = (pieces: readonly string[]): Promise<string> =>
    page.evaluate(all => window.renderer.renderPieces(all), pieces);

  for (const [name, text] of Object.entries(texts)) {
    test(`looks the same in ${cutsPerText} random cuts as in one piece: ${name}`, async () => {
      const whole = await render([text]);
      for (let seed = 1; seed <= cutsPerText; seed++)
        assert.equal(await render(cutsOf(text, seed)), whole, `cut ${seed}`);
    });
  }

  const codeBlock = (language: string, code: string): string =>
    `<code-block ${JSON.stringify([language, code])}>`;
  const f = '```';

  /** What each of them must look like, whatever it is cut into. */
  const expected: Readonly<Record<string, readonly [pieces: readonly string[], html: string]>> = {
    'a closing fence whose CRLF is cut in two': [
      [`${f}ts\r\nlet a;\r\n`, `${f}\r`, '\n\r\nProse\r\n'],
      `${codeBlock('ts', 'let a;\n')}<p>Prose</p>`,
    ],
    'a CRLF cut in two inside code': [[`${f}\r\na\r`, `\nb\r\n${f}`], codeBlock('', 'a\nb\n')],
    'a CRLF cut in two between paragraphs': [['One\r', '\n\r', '\nTwo\r'], '<p>One</p><p>Two</p>'],
    'a line separator before a fence sign': [
      [`${f}js\ns = "`, `\u2028${f}\u2028";\n${f}\nAfter`],
      `${codeBlock('js', `s = "\u2028${f}\u2028";\n`)}<p>After</p>`,
    ],
    'a paragraph separator and a next line before fence signs': [
      [`${f}\na\u2029${f}`, `\nb\u0085${f}\n${f}\nAfter`],
      `${codeBlock('', `a\u2029${f}\nb\u0085${f}\n`)}<p>After</p>`,
    ],
    'a closing fence in a list whose CRLF is cut in two': [
      [`- a\r\n\r\n  ${f}js\r\n  x\r\n  ${f}\r`, '\n- b\r\n'],
      `<ul><li><p>a</p>${codeBlock('js', 'x\n')}</li><li><p>b</p></li></ul>`,
    ],
    'two fences inside a fence of Markdown': [
      [`${f}md\n${f}sh\nx\n${f}\n\n${f}js\ny\n${f}\nEnd\n${f}\nAfter`],
      `${codeBlock('md', `${f}sh\nx\n${f}\n\n${f}js\ny\n${f}\nEnd\n`)}<p>After</p>`,
    ],
    'a fence inside a longer one': [
      [`${f}\`markdown\n${f}sh\nx\n${f}\n${f}\`\nAfter`],
      `${codeBlock('markdown', `${f}sh\nx\n${f}\n`)}<p>After</p>`,
    ],
    'fences inside a fence of Markdown': [
      [`${f}markdown\n# T\n\n${f}sh\nx\n`, `${f}\n\nDone.\n${f}\n\nAfter`],
      `${codeBlock('markdown', `# T\n\n${f}sh\nx\n${f}\n\nDone.\n`)}<p>After</p>`,
    ],
    'a fence of Markdown whose nesting has no end': [
      [`${f}md\n${f}sh\nx\n${f}\nProse`],
      `${codeBlock('md', `${f}sh\nx\n`)}<p>Prose</p>`,
    ],
    'a fence of another language does not nest': [
      [`${f}text\n${f}sh\nx\n${f}\nProse`],
      `${codeBlock('text', `${f}sh\nx\n`)}<p>Prose</p>`,
    ],
    'line breaks and small elements': [
      ['a<br>b x<sub>2</sub> y<sup>3</sup> <kbd>K</kbd> <b>c</b>'],
      '<p>a<br></br>b x<sub>2</sub> y<sup>3</sup> <kbd>K</kbd> <b>c</b></p>',
    ],
    'line breaks in a table': [
      ['| a | b |\n|---|---|\n| 1<br>2<br/>3 | H<sub>2</sub>O |\n'],
      '<div class=table-frame><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1<br></br>2<br></br>3</td><td>H<sub>2</sub>O</td></tr></tbody></table></div>',
    ],
    'an element with an attribute stays text': [
      ['<sub onclick="x()">2</sub> <kbd class=a>K</kbd> <sup>open'],
      '<p><sub onclick="x()">2</sub> <kbd class=a>K</kbd> <sup>open</p>',
    ],
    'details with Markdown inside': [
      ['<details>\n<summary>More</summary>\n\nHidden **text**.\n\n', '</details>\n\nAfter'],
      '<details><summary>More</summary><p>Hidden <strong>text</strong>.</p></details><p>After</p>',
    ],
    tasks: [
      ['- [ ] a\n- [x] b\n- [y] c'],
      '<ul><li class=task><input type=checkbox></input>a</li><li class=task><input type=checkbox checked></input>b</li><li>[y] c</li></ul>',
    ],
    'tasks in a numbered list and below another': [
      ['1. [x] a\n   - [ ] b\n\n[ ] no item'],
      '<ol><li class=task><input type=checkbox checked></input>a<ul><li class=task><input type=checkbox></input>b</li></ul></li></ol><p>[ ] no item</p>',
    ],
    'a footnote with a name, before and after its note': [
      ['A[^n-1].\n\n[^n-1]: Note\ngoes on.\n\n- b[^n-1]'],
      '<p>A<sup>n-1</sup>.</p><div class=note><sup>n-1</sup> Note goes on.</div><ul><li>b<sup>n-1</sup></li></ul>',
    ],
    'comments in a list, over lines, and none in code': [
      [`- a <!-- b -->\n- c\n\n<!--\n# d\n-->\n\n\`<!-- e -->\``],
      '<ul><li>a </li><li>c</li></ul><p><code><!-- e --></code></p>',
    ],
    footnotes: [
      ['A[^1] b[^2].\n\n[^1]: The *note*.'],
      '<p>A<sup>1</sup> b[^2].</p><div class=note><sup>1</sup> The <em>note</em>.</div>',
    ],
    comments: [['a <!-- b --> c\n\n<!-- d\n- e -->\n\nf'], '<p>a c</p><p>f</p>'],
    'TeX in a line keeps its source': [
      ['\\(a_1 * b * \\{c\\}\\), $x_i*y*z$ and $5 or $6'],
      '<p><span class=math>\\(a_1 * b * \\{c\\}\\)</span>, <span class=math>$x_i*y*z$</span> and $5 or $6</p>',
    ],
    'TeX on lines of its own keeps its source': [
      ['\\[\na * b * c\n+ \\{1,\\,2\\}\n\\]\n\n$$x_1$$'],
      '<div class=math>\\[ a * b * c + \\{1,\\,2\\} \\]</div><div class=math>$$x_1$$</div>',
    ],
    'escaped brackets and prices are no TeX': [
      ['\\[x\\] \\(see below\\), US$5 and AU$6, $HOME/$USER'],
      '<p>[x] (see below), US$5 and AU$6, $HOME/$USER</p>',
    ],
  };

  for (const [name, [pieces, html]] of Object.entries(expected)) {
    test(`shows ${name}`, async () => {
      assert.equal(await render(pieces), html);
      assert.equal(await render([pieces.join('')]), html);
      for (let seed = 1; seed <= 10; seed++) assert.equal(await render(cutsOf(pieces.join(''), seed)), html);
    });
  }
});
