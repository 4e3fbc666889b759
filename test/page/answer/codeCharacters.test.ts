import assert from 'node:assert/strict';
import { type AnswerHarness, openAnswerPage, part, showing } from '../../support/pageHarness/answerPage';
import { makeAnswer, makeTurn } from '../../support/turns';

suite('answer page: hidden and right-to-left characters in code', () => {
  let harness: AnswerHarness;

  setup(async () => {
    harness = await openAnswerPage();
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  async function show(text: string): Promise<void> {
    await harness.post(showing([makeTurn({ answer: makeAnswer({ status: 'completed', text }) })]));
    await harness.page.locator('.rich:not([hidden])').waitFor();
  }

  const marks = (): Promise<(string | null)[]> =>
    harness.page
      .locator('.hidden-character')
      .evaluateAll(all => all.map(mark => mark.getAttribute('data-name')));

  for (const [kind, language, code, names] of [
    ['direction', 'js', 'if (a\u202e) { \u2066// b\u2069\n', ['U+202E', 'U+2066', 'U+2069']],
    ['invisible', '', 'let b\u200b = 1;\n', ['U+200B']],
    ['tag', 'py', 'x = "\u{e0041}"\n', ['U+E0041']],
    ['control', 'unknown-language', 'a\u001b[31mb\n', ['U+001B']],
  ] as const) {
    test(`a ${kind} character in code is marked, and the code stays as it is`, async () => {
      await show(`Look:\n\n\`\`\`${language}\n${code}\`\`\`\n`);
      await harness.page.locator('.hidden-character').first().waitFor();
      assert.deepEqual(await marks(), names);
      assert.match(
        (await part(harness, 'hidden-characters').textContent()) ?? '',
        new RegExp(`^${names.length} hidden`),
      );
      assert.equal(await part(harness, 'code').locator('code').textContent(), code);
      await part(harness, 'code').locator('[data-part="copy"]').click();
      assert.equal((await harness.waitForPosted('copy')).text, code);
    });
  }

  test('a hidden character in code within a sentence is marked', async () => {
    await show('Use `a\u202eb` here.');
    assert.deepEqual(await marks(), ['U+202E']);
  });

  test('code without such characters has no mark', async () => {
    await show('```js\nlet a = "é 日本 👩‍💻";\n```\n');
    await harness.page.locator('.hljs-string').waitFor();
    assert.deepEqual(await marks(), []);
    assert.equal(await part(harness, 'hidden-characters').textContent(), '');
  });

  for (const language of ['js', 'unknown-language']) {
    test(`words from right to left keep their place in a line of ${language}`, async () => {
      const code = 'f("\u05d0\u05d1", "\u05d2\u05d3");\n';
      await show(`\`\`\`${language}\n${code}\`\`\`\n`);
      await harness.page.locator('.isolated').nth(1).waitFor();
      const left = (nth: number): Promise<number> =>
        harness.page
          .locator('.isolated')
          .nth(nth)
          .evaluate(word => word.getBoundingClientRect().left);
      assert.ok((await left(0)) < (await left(1)), 'the first word stands first');
      assert.equal(await part(harness, 'code').locator('code').textContent(), code);
    });
  }
});
