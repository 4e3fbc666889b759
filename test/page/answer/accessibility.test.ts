import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Turn } from '../../../src/core/chat/conversation';
import type { ToAnswerPage } from '../../../src/protocol/answerMessages';
import { findBarriers } from '../../support/pageHarness/accessibility';
import {
  type AnswerHarness,
  completed,
  happening,
  makeComposer,
  openAnswerPage,
  part,
  showing,
} from '../../support/pageHarness/answerPage';
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
      routing: {
        ...{ summary: 'Acme Cloud answered.', strategy: 'direct', region: 'europe', serviceTier: 'flex' },
        attempts: [{ provider: 'Acme Cloud', status: 200, latencyMs: 90 }],
        stages: [
          { type: 'plugin', name: 'file-parser', costUsd: '0.004' },
          { type: 'guardrail', guardrailId: 'grd_1' },
        ],
      },
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
  let harness: AnswerHarness | undefined;

  teardown(() => harness?.close());

  async function open(theme: ThemeName, shown: readonly Turn[], width = 720): Promise<AnswerHarness> {
    harness = await openAnswerPage({
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
    for (let presses = 0; presses < 100; presses++) {
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

  test('what has the focus is neither below the composer nor cut off at its edge', async () => {
    harness = await openAnswerPage();
    const { page } = harness;
    const links = Array.from({ length: 60 }, (_, at) => `[link ${at}](https://example.com/${at})\n\n`).join(
      '',
    );
    await harness.post(
      showing([
        makeTurn({
          sent: makeSent({ code: makeCode() }),
          answer: makeAnswer({ status: 'completed', text: `${links}| a |\n| --- |\n| b |\n\n${links}` }),
        }),
      ]),
    );
    await page.locator('.chunk.is-settled').first().waitFor({ state: 'attached' });
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    const faults: string[] = [];
    const names = new Set<string>();
    for (let presses = 0; presses < 70; presses++) {
      await page.keyboard.press('Tab');
      await harness.settle();
      const { name, fault } = await page.evaluate(() => {
        const focused = document.activeElement as HTMLElement;
        const style = getComputedStyle(focused);
        const reach = Number.parseFloat(style.outlineOffset) + Number.parseFloat(style.outlineWidth);
        const { left, right, bottom } = focused.getBoundingClientRect();
        const dock = document.querySelector('.dock');
        const clips = [...document.querySelectorAll('ask-turn, .chunk')].filter(one => one.contains(focused));
        const isCut = clips.some(one => {
          const box = one.getBoundingClientRect();
          return left - reach < box.left || right + reach > box.right;
        });
        const isBelow = !dock?.contains(focused) && bottom > (dock?.getBoundingClientRect().top ?? 0);
        return {
          name: focused.className || focused.localName,
          fault: isCut || isBelow ? `${focused.outerHTML.slice(0, 80)} cut: ${isCut} below: ${isBelow}` : '',
        };
      });
      names.add(name);
      if (fault !== '') faults.push(fault);
    }
    assert.deepEqual([...names].sort(), ['a', 'summary', 'table-frame']);
    assert.deepEqual(faults, []);
  });

  for (const width of [250, 500]) {
    test(`at ${width} px the buttons of the composer stay together beside the model`, async () => {
      harness = await openAnswerPage({ context: { viewport: { width, height: 640 } } });
      const composer = makeComposer({
        modelName: 'Anthropic: Claude Sonnet 4.5 (thinking)',
        estimate: '≈ 12,345 tokens, $0.0123 to $0.0456',
      });
      await harness.post(showing([makeTurn()], composer));
      const top = async (name: string): Promise<number> =>
        (await part(harness as AnswerHarness, name).boundingBox())?.y ?? -1;
      const [model, add, send, estimate] = await Promise.all(
        ['pick-model', 'new-conversation', 'send', 'estimate'].map(top),
      );
      assert.equal(add, send);
      assert.ok(Math.abs((model ?? 0) - (send ?? 0)) < 12, `model at ${model}, buttons at ${send}`);
      assert.ok((estimate ?? 0) > (send ?? 0) + 12, `estimate at ${estimate}, buttons at ${send}`);
      const box = await part(harness, 'send').boundingBox();
      assert.ok((box?.x ?? 0) + (box?.width ?? 0) > width - 30, 'Send stands at the end of the line');
    });
  }

  test('a button that goes away when it is pressed leaves the focus to the composer', async () => {
    harness = await openAnswerPage();
    const { page } = harness;
    const unsent = makeTurn({
      id: 'unsent',
      answer: makeAnswer({
        status: 'failed',
        ending: { outcome: 'failed', durationMs: 0, failure: { kind: 'outOfCredits' } },
      }),
    });
    const running = [makeTurn({ id: 'a', answer: makeAnswer({ text: 'word '.repeat(4000) }) })];
    const press = async (button: Locator, ...replies: readonly ToAnswerPage[]): Promise<void> => {
      await button.press('Enter');
      await harness?.post(...replies);
      await button.waitFor({ state: 'detached' });
      assert.equal(await page.evaluate(() => document.activeElement?.localName), 'textarea');
    };
    await harness.post(showing(running));
    await press(part(harness, 'stop'), happening('a', completed));
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await press(part(harness, 'jump'));
    await harness.post(showing(running));
    await press(page.getByRole('button', { name: 'Stop the running answer' }), happening('a', completed));
    await harness.post(showing([unsent]));
    await press(part(harness, 'error-action').first(), showing([makeTurn({ id: 'again' })]));
    await press(part(harness, 'new-conversation'), showing([], undefined, 'talk-2'));
    await part(harness, 'composer').fill('Question');
    await part(harness, 'send').click();
    assert.equal(await page.evaluate(() => document.activeElement?.localName), 'textarea');
  });

  test('a button that goes away by itself takes no focus from elsewhere', async () => {
    harness = await openAnswerPage();
    await harness.post(showing([makeTurn({ id: 'a' })]));
    await part(harness, 'stop').focus();
    await harness.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await harness.post(happening('a', completed));
    assert.equal(await harness.page.evaluate(() => document.activeElement?.localName), 'body');
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
