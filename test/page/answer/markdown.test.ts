import assert from 'node:assert/strict';
import {
  type AnswerHarness,
  completed,
  happening,
  inPieces,
  openAnswerPage,
  part,
  showing,
  text,
  visibleText,
} from '../../support/pageHarness/answerPage';
import { makeAnswer, makeTurn } from '../../support/turns';

const sample = `Intro with **bold**, *slanted*, \`code\` and [a link](https://example.com).
Second line of it.

Setext heading
--------------

# One
- first
- second with \`x\`

  another paragraph

  \`\`\`js
  nested();
  \`\`\`
- third
  1. deep
  2. deeper

3. three
4. four

> quoted
> > twice

| Name | Value |
| :--- | ----: |
| \`a\` | 1 |
| b | **2** |

\`\`\`\`markdown
\`\`\`js
inside();
\`\`\`
\`\`\`\`

~~~
no language
   indented
~~~

    an indented block

---

Last line with https://example.com/x and main.rs`;

const hostile = `<script>window.hacked = 1</script>
<img src=x onerror="window.hacked = 2">
[run](javascript:window.hacked=3) [data](data:text/html,<script>alert(1)</script>) [cmd](command:workbench.action.quit)
[file](file:///etc/passwd) ![pixel](https://tracker.example/p.png) ![bad](javascript:alert(1))
<https://ok.example> <javascript:alert(1)>

\`\`\`html"><img src=x onerror=window.hacked=4>
<img src=x onerror="window.hacked = 5">
\`\`\`

| <b>x</b> |
| --- |
| <svg onload=window.hacked=6> |`;

suite('answer page: Markdown', () => {
  let harness: AnswerHarness;

  setup(async () => {
    harness = await openAnswerPage();
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  /** The answer's structure without what colouring and chunking add. */
  const outline = (turn = 0) =>
    part(harness, 'answer')
      .nth(turn)
      .evaluate(answer => {
        const clean = (node: Node): string => {
          if (node instanceof Text) return node.data;
          if (!(node instanceof Element)) return '';
          const inner = [...node.childNodes].map(clean).join('');
          if (node.matches('.chunk, .slice, .rich, [class^="hljs-"], [data-part="answer"]')) return inner;
          const attributes = ['href', 'start', 'class'].map(name => node.getAttribute(name)).filter(Boolean);
          return `<${[node.localName, ...attributes].join(' ')}>${inner}</${node.localName}>`;
        };
        return clean(answer);
      });

  async function stream(pieces: readonly string[], perMessage = 1): Promise<void> {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    for (let at = 0; at < pieces.length; at += perMessage) {
      await harness.post(happening('a', ...pieces.slice(at, at + perMessage).map(text)));
    }
    await harness.post(happening('a', completed));
    await harness.page.waitForFunction(() => !document.querySelector('.plain'));
  }

  async function showWhole(value: string): Promise<void> {
    await harness.post(
      showing(
        [makeTurn({ id: 'whole', answer: makeAnswer({ status: 'completed', text: value }) })],
        undefined,
        'talk-2',
      ),
    );
    await harness.page.locator('[data-turn-id="whole"] .rich:not([hidden])').waitFor();
  }

  test('text that arrives in small pieces looks like the same text at once', async () => {
    await stream(inPieces(sample), 3);
    const streamed = await outline();
    await showWhole(sample);
    assert.equal(streamed, await outline());
    assert.match(streamed, /<h4>Setext heading<\/h4><h3>One<\/h3>/);
    assert.match(streamed, /<ol 3><li>three<\/li>/);
    assert.match(streamed, /<td align-left>b<\/td><td align-right><strong>2<\/strong><\/td>/);
    assert.doesNotMatch(streamed, /<a [^>]*main/);
  });

  test('each block is on the page before the next one begins', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    await harness.post(happening('a', text('One **tw')));
    assert.equal(await visibleText(part(harness, 'answer')), 'One **tw');
    await harness.post(happening('a', text('o** three\n\n```js\nlet a')));
    assert.equal(await part(harness, 'answer').locator('pre').textContent(), 'let a');
    await harness.post(happening('a', text(' = 1;\n``')));
    assert.equal(await part(harness, 'answer').locator('pre').textContent(), 'let a = 1;\n');
    await harness.post(happening('a', text('`\nAfter')));
    assert.equal(await part(harness, 'answer').locator('p').last().textContent(), 'After');
  });

  test('finished blocks stay the same elements while the answer grows', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    await harness.post(happening('a', text('First paragraph.\n\nSecond begins')));
    const first = await part(harness, 'answer').locator('p').first().elementHandle();
    const second = await part(harness, 'answer').locator('p').last().elementHandle();
    await harness.post(happening('a', text(' and ends.\n\nThird.')));
    for (const [index, handle] of [first, second].entries()) {
      assert.equal(
        await handle?.evaluate((node, at) => node === document.querySelectorAll('.rich p')[at], index),
        true,
      );
    }
  });

  test('text selected in the part that grows stays selected', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    await harness.post(happening('a', text('Some words to select')));
    await part(harness, 'answer')
      .locator('p')
      .evaluate(paragraph => {
        const node = paragraph.firstChild;
        if (node) getSelection()?.setBaseAndExtent(node, 5, node, 10);
      });
    await harness.post(happening('a', text(' and **more** of them')));
    assert.equal(await harness.page.evaluate(() => String(getSelection())), 'words');
  });

  test('a line that has only begun is not shown as something else', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    await harness.page.evaluate(() => {
      const seen = new Set<string>();
      Object.assign(window, { seen });
      new MutationObserver(changes => {
        for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes]))
          if (node instanceof Element)
            for (const one of [node, ...node.querySelectorAll('*')]) seen.add(one.localName);
      }).observe(document.body, { childList: true, subtree: true });
    });
    const value =
      'Steps:\n- first\n- Inner steps:\n  - deep\n\nSum:\n= 4\n\n> Said:\n> - quoted\n\nAnd:\n***both*** here\n';
    for (const sign of value) await harness.post(happening('a', text(sign)));
    await harness.post(happening('a', completed));
    const seen = await harness.page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
    assert.deepEqual(
      seen.filter(name => /^(?:h[3-6]|hr|pre)$/.test(name)),
      [],
    );
    const streamed = await outline();
    await showWhole(value);
    assert.equal(await outline(), streamed);
  });

  test('code inside an item stays the same block while its fence closes sign by sign', async () => {
    await harness.post(
      showing([makeTurn({ id: 'a' })]),
      happening('a', text('- item\n\n  ```js\n  nested();\n')),
    );
    const block = await part(harness, 'code').elementHandle();
    for (const sign of '  ```\n- next') await harness.post(happening('a', text(sign)));
    assert.equal(await block?.evaluate(node => node.isConnected), true);
    assert.equal(await part(harness, 'code').locator('code').textContent(), 'nested();\n');
  });

  test('a line of signs alone is shown when the answer ends with it', async () => {
    await stream(['Heading\n', '---']);
    assert.equal(await part(harness, 'answer').locator('h4').textContent(), 'Heading');
  });

  const late = [
    'See [the docs][1], [guide], [`foo`][] and `a[1]`.\n',
    'Some words that fill a line of the window.\n'.repeat(60),
    Array.from({ length: 200 }, (_, at) => `1. item ${at} with [a source][1]\n`).join(''),
    'A paragraph.\n'.repeat(10),
    '[1]: https://example.com/docs?page=1\n[guide]: https://example.com/guide "Guide"\n[`foo`]: <https://example.com/foo>\n',
  ].join('\n');

  for (const [way, show] of [
    ['as it arrives', () => stream(inPieces(late, 3), 40)],
    ['all at once', () => showWhole(late)],
  ] as const) {
    test(`references find their definitions at the end of an answer that comes ${way}`, async () => {
      await show();
      const answer = part(harness, 'answer');
      await harness.page.waitForFunction(() => document.querySelectorAll('.rich a').length === 203);
      assert.deepEqual(
        await answer
          .locator('p a')
          .evaluateAll(all => all.map(one => `${one.textContent} ${one.getAttribute('href')}`)),
        [
          'the docs https://example.com/docs?page=1',
          'guide https://example.com/guide',
          'foo https://example.com/foo',
        ],
      );
      assert.match((await answer.textContent()) ?? '', /and a\[1\]\./);
      const lists = await answer
        .locator('ol')
        .evaluateAll(all => all.map(one => [(one as HTMLOListElement).start, one.children.length]));
      assert.ok(lists.length > 1, 'the list was cut');
      let next = 1;
      for (const [start = 0, count = 0] of lists) {
        assert.equal(start, next);
        next += count;
      }
    });
  }

  for (const [kind, value] of [
    ['list', Array.from({ length: 300 }, (_, at) => `1. item ${at} with **weight**\n`).join('')],
    [
      'table',
      `| a | b |\n| --- | --- |\n${Array.from({ length: 900 }, (_, at) => `| left ${at} | right ${at} |\n`).join('')}`,
    ],
    [
      'paragraph',
      Array.from({ length: 900 }, (_, at) => (at % 9 === 8 ? `end${at}. ` : `Word${at} `)).join(''),
    ],
    [
      'code block',
      `\`\`\`ts\n${Array.from({ length: 900 }, (_, at) => `const v${at} = "${at}";\n${at % 30 ? '' : '\n'}`).join('')}\`\`\`\n`,
    ],
  ] as const) {
    test(`a very long ${kind} loses and repeats nothing`, async () => {
      await stream(inPieces(value, 7), 150);
      const rows = await part(harness, 'answer').evaluate(answer =>
        [...answer.querySelectorAll('li, td, p, pre')].map(one => one.textContent).join('|'),
      );
      const numbers = [...rows.matchAll(/(?:item |left |Word|v)(\d+)/g)].map(match => Number(match[1]));
      const expected = [...value.matchAll(/(?:item |left |Word|v)(\d+)/g)].map(match => Number(match[1]));
      assert.deepEqual(numbers, expected);
      if (kind !== 'list') return;
      const starts = await part(harness, 'answer')
        .locator('ol')
        .evaluateAll(all => all.map(one => [(one as HTMLOListElement).start, one.children.length]));
      assert.ok(starts.length > 1, 'the list was cut');
      let next = 1;
      for (const [start = 0, count = 0] of starts) {
        assert.equal(start, next);
        next += count;
      }
    });
  }

  test('a table of 150 rows is one table', async () => {
    const rows = Array.from(
      { length: 150 },
      (_, at) => `| name ${at} | \`value ${at}\` | some words about it |\n`,
    );
    await stream(inPieces(`| Name | Value | Note |\n| --- | --- | --- |\n${rows.join('')}\nEnd.\n`, 5), 100);
    const answer = part(harness, 'answer');
    assert.equal(await answer.locator('table').count(), 1);
    assert.equal(await answer.locator('tbody tr').count(), 150);
    assert.equal(await answer.locator('p').textContent(), 'End.');
  });

  test('hostile Markdown stays text: no markup, no request, no dangerous link', async () => {
    await stream(inPieces(hostile), 2);
    const streamed = await outline();
    await showWhole(hostile);
    assert.equal(await outline(), streamed);
    const found = await part(harness, 'answer').evaluate(answer => ({
      elements: [...new Set([...answer.querySelectorAll('*')].map(one => one.localName))].filter(name =>
        ['img', 'script', 'svg:not(.icon)', 'iframe', 'b'].includes(name),
      ),
      handlers: [...answer.querySelectorAll('*')]
        .flatMap(one => one.getAttributeNames())
        .filter(name => name.startsWith('on')),
      links: [...answer.querySelectorAll('a')].map(link => link.href),
    }));
    assert.deepEqual(found, {
      elements: [],
      handlers: [],
      links: ['https://tracker.example/p.png', 'https://ok.example/'],
    });
    assert.equal(await harness.page.evaluate(() => 'hacked' in window), false);
    assert.match((await part(harness, 'answer').textContent()) ?? '', /<script>window\.hacked = 1<\/script>/);
  });

  for (const button of ['left', 'middle'] as const) {
    test(`a link pressed with the ${button} button goes to the host and nowhere else`, async () => {
      await showWhole('See [the docs](https://example.com/docs?a=1).');
      await harness.page.evaluate(() => {
        // VS Code listens here and would open the link a second time.
        for (const type of ['click', 'auxclick'])
          document.addEventListener(type, () => window.posted.push({ type: 'leaked' }));
      });
      const address = harness.page.url();
      await harness.page.getByRole('link', { name: 'the docs' }).click({ button });
      assert.deepEqual(await harness.waitForPosted('openLink'), {
        type: 'openLink',
        href: 'https://example.com/docs?a=1',
      });
      assert.equal(harness.page.url(), address);
      assert.equal(
        (await harness.posted()).some(({ type }) => (type as string) === 'leaked'),
        false,
      );
    });
  }

  test('code is coloured, keeps its text and can be copied, inserted and opened', async () => {
    const code = 'export const sum = (a: number): string => `a <b>`; // done\n';
    await stream(inPieces(`Look:\n\n\`\`\`ts\n${code}\`\`\`\n`), 4);
    const block = part(harness, 'code');
    await block.locator('.hljs-comment').waitFor();
    assert.equal(await block.locator('code').textContent(), code);
    for (const [name, type] of [
      ['copy', 'copy'],
      ['insert', 'insert'],
      ['new-file', 'newFile'],
    ] as const) {
      await block.locator(`[data-part="${name}"]`).click();
      assert.equal((await harness.waitForPosted(type)).text, code);
    }
    assert.equal((await harness.waitForPosted('newFile')).language, 'ts');
  });

  test('a flood of text comes whole, with every piece of code coloured', async () => {
    const sections = 600;
    const section = (at: number): string =>
      `## Step ${at}\n\nSome *text*.\n\n\`\`\`ts\nconst step = ${at}; // done\n\`\`\`\n\n`;
    const flood = Array.from({ length: sections }, (_, at) => section(at)).join('');
    // A browser that is idle all the time: the text is coloured while it is still being built.
    await harness.page.evaluate(() => {
      window.requestIdleCallback = callback =>
        window.setTimeout(() => callback({ didTimeout: false, timeRemaining: () => 5 }));
    });
    await stream([flood.slice(0, flood.length / 2), flood.slice(flood.length / 2)], 2);
    await harness.page.waitForFunction(
      wanted => document.querySelectorAll('[data-part="code"] .hljs-comment').length === wanted,
      sections,
    );
    const shown = await outline();
    await showWhole(flood);
    assert.equal(await outline(), shown);
  });

  test('code selected across slices is copied without gaps', async () => {
    const code = Array.from({ length: 2000 }, (_, at) => `line ${at}\n`).join('');
    await stream([`\`\`\`\n${code}\`\`\`\n`]);
    const copied = await part(harness, 'code')
      .locator('code')
      .evaluate(element => {
        getSelection()?.selectAllChildren(element);
        return String(getSelection());
      });
    assert.equal(copied.trimEnd(), code.trimEnd());
    assert.ok((await harness.page.locator('.slice').count()) > 1);
  });

  test('each paragraph finds its own writing direction and code stays left to right', async () => {
    await showWhole('English first.\n\nשלום עולם, `let a = 1;` זה קוד.\n\n```js\nlet b;\n```');
    const directions = await part(harness, 'answer')
      .locator('p')
      .evaluateAll(all => all.map(one => getComputedStyle(one).unicodeBidi));
    assert.deepEqual(directions, ['plaintext', 'plaintext']);
    const alignedRight = await part(harness, 'answer')
      .locator('p')
      .last()
      .evaluate(paragraph => {
        const range = document.createRange();
        range.selectNodeContents(paragraph);
        return range.getBoundingClientRect().right > paragraph.getBoundingClientRect().right - 5;
      });
    assert.equal(alignedRight, true);
    assert.equal(await harness.page.locator('pre').getAttribute('dir'), 'ltr');
  });
});
