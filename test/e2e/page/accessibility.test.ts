import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { Turn } from '../../../src/core/chat/conversation';
import { findBarriers } from '../../support/pageHarness/accessibility';
import { type AnswerHarness, openAnswerPage, part, showing } from '../../support/pageHarness/answerPage';
import { launchBrowser } from '../../support/pageHarness/browser';
import type { ThemeName } from '../../support/pageHarness/themes';
import { makeAnswer, makeCode, makeSent, makeTurn } from '../../support/turns';

const answer = `# Title

Text with \`code\`, **weight**, *slant* and [a link](https://example.com).

1. one
   - two

> quoted

| a | b |
| --- | --- |
| 1 | 2 |

\`\`\`typescript
// A comment
@decorate
export class Sum<T extends Base> implements Other {
  private readonly re = /ab+c/g;
  total(price: number = 0.5, name: string = 'x'): boolean { return this.#a(\`\${name}\`) === true; }
}
\`\`\`

\`\`\`diff
- old
+ new
\`\`\`

\`\`\`html
<a href="x" class='y'>text</a> <!-- c -->
\`\`\`

\`\`\`python
@dec
def f(a: int = 3) -> None:
    """doc"""
    print(f"{a}", None, len([1]))
\`\`\``;

const turns: readonly Turn[] = [
  makeTurn({
    id: 'done',
    sent: makeSent({ earlierTurns: 2, code: makeCode() }),
    answer: makeAnswer({
      status: 'completed',
      text: answer,
      reasoning: 'Thinking.',
      servedModel: 'acme/m1-2026',
      provider: 'Acme Cloud',
      generationId: 'gen-1',
      finishReason: 'stop',
      usage: { promptTokens: 10, completionTokens: 20, cachedTokens: 5, reasoningTokens: 4 },
      cost: { state: 'billed', usd: '0.000495' },
      ending: { outcome: 'completed', ttftMs: 10, durationMs: 900 },
    }),
  }),
  makeTurn({
    id: 'failed',
    answer: makeAnswer({
      status: 'failed',
      text: 'Half',
      cost: { state: 'pending' },
      toolCalls: [{ name: 'tool', arguments: '{}' }],
      citations: [{ url: 'https://example.com' }],
      ending: { outcome: 'failed', durationMs: 5, failure: { kind: 'outOfCredits' } },
    }),
  }),
  makeTurn({
    id: 'cut',
    answer: makeAnswer({ status: 'truncated', text: 'Half', cost: { state: 'unknown' } }),
  }),
  makeTurn({
    id: 'waiting',
    answer: makeAnswer({
      retry: { attempt: 2, delayMs: 60_000, atMs: Date.now(), failure: { kind: 'overloaded' } },
    }),
  }),
];

suite('answer page: accessibility', () => {
  let browser: Browser;
  let harness: AnswerHarness | undefined;

  suiteSetup(async () => {
    browser = await launchBrowser();
  });
  suiteTeardown(() => browser.close());
  teardown(() => harness?.close());

  async function open(theme: ThemeName, shown: readonly Turn[], width = 720): Promise<AnswerHarness> {
    harness = await openAnswerPage(browser, {
      theme,
      context: { viewport: { width, height: 4000 }, reducedMotion: 'reduce' },
    });
    await harness.post(showing(shown));
    if (shown.length === 0) return harness;
    await harness.page.locator('.rich:not([hidden]) .hljs-string').first().waitFor();
    for (const fold of await harness.page.locator('details').all()) {
      await fold.evaluate(element => element.setAttribute('open', ''));
    }
    await harness.settle();
    return harness;
  }

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
    test(`has no barriers in the ${theme} theme, full and empty`, async () => {
      const full = await open(theme, turns);
      assert.deepEqual(await findBarriers(full.page), []);
      await full.close();
      const empty = await open(theme, []);
      assert.deepEqual(await findBarriers(empty.page), []);
    });
  }

  for (const width of [280, 360]) {
    test(`nothing is cut off at ${width} px, which is also what zooming in leaves`, async () => {
      const { page } = await open('dark', turns, width);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      const hidden = await page
        .locator('button:visible, textarea, summary')
        .evaluateAll(all =>
          all.filter(one => one.getBoundingClientRect().right > innerWidth + 0.5).map(one => one.outerHTML),
        );
      assert.deepEqual(hidden, []);
      assert.deepEqual(await findBarriers(page), []);
    });
  }

  test('everything can be reached with the Tab key, in the order it is read', async () => {
    const { page } = await open('dark', turns.slice(0, 2));
    const reached: string[] = [];
    await page.evaluate(() => document.body.focus());
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return 'end';
        return element.getAttribute('aria-label') ?? element.textContent?.trim().split('\n')[0] ?? '';
      });
      if (name === 'end') break;
      reached.push(name);
    }
    const expected = [
      'Sent',
      'Reasoning',
      'a link',
      'Table',
      'Copy code',
      'Insert code at cursor',
      'Code, typescript',
      'Copy answer',
      'Open Credits Page',
      'Question',
      'Model: Acme: M1. Pick another',
    ];
    let from = 0;
    for (const name of expected) {
      const at = reached.findIndex((one, index) => index >= from && one.startsWith(name));
      assert.notEqual(
        at,
        -1,
        `${name} is not reached after ${reached.slice(0, from).at(-1)}: ${reached.join(' | ')}`,
      );
      from = at + 1;
    }
  });

  test('what has the focus shows it', async () => {
    const { page } = await open('hcDark', turns.slice(0, 1));
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(
      () => document.activeElement && getComputedStyle(document.activeElement).outlineStyle,
    );
    assert.equal(outline, 'solid');
  });

  test('colours that the system forces leave borders around controls', async () => {
    const { page } = await open('hcDark', turns);
    await page.emulateMedia({ forcedColors: 'active' });
    const width = await part(harness as AnswerHarness, 'copy')
      .first()
      .evaluate(button => getComputedStyle(button).borderTopWidth);
    assert.equal(width, '1px');
  });
});
