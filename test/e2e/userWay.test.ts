import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Frame } from 'playwright-core';
import { findLeaks } from '../support/secretScan';
import { type Simulator, startSimulator } from '../support/simulator';
import { freshWorkbench } from '../support/workbench/oneWorkbench';
import { readText, until } from '../support/workbench/until';
import type { Workbench } from '../support/workbench/workbench';

const key = 'sk-or-v1-e2e-4f1c2b7a9d8e6053f1c2b7a9d8e6053f1c2b7a9d8e605';
const model = 'openai/gpt-4o-mini';
const totalFunction = { startLine: 8, startColumn: 1, endLine: 14, endColumn: 2 };

suite('the packaged extension in a real VS Code', () => {
  let simulator: Simulator;
  let workbench: Workbench;

  suiteSetup(async () => {
    simulator = await startSimulator();
    workbench = await freshWorkbench({ settings: settingsOf(simulator) });
    // A workspace that tries to send requests elsewhere: it is ignored.
    mkdirSync(join(workbench.workspace, '.vscode'), { recursive: true });
    writeFileSync(
      join(workbench.workspace, '.vscode', 'settings.json'),
      JSON.stringify({
        'askOpenRouter.baseUrl': 'https://evil.example/api/v1',
        'askOpenRouter.maxTokens': 9,
      }),
    );
  });
  suiteTeardown(() => simulator.dispose());

  const settingsOf = ({ url }: Simulator) => ({
    'askOpenRouter.baseUrl': url,
    'askOpenRouter.model': model,
  });
  const panel = (): Promise<Frame> => workbench.webviewFrame('ask-answer-page');
  const lastPart = async (part: string): Promise<string> =>
    readText((await panel()).locator('[data-part=turn]').last().locator(`[data-part=${part}]`));
  const lastValue = async (part: string): Promise<string | null> =>
    (await panel())
      .locator('[data-part=turn]')
      .last()
      .locator(`[data-part=${part}]`)
      .first()
      .getAttribute('data-value');
  const statusIs = (status: string): Promise<unknown> =>
    until(`the status ${status}`, async () => (await lastPart('status').catch(() => '')).trim() === status);
  const turnsAre = (count: number): Promise<unknown> =>
    until(
      `${count} turns`,
      async () => (await (await panel()).locator('[data-part=turn]').count()) === count,
    );

  function lastBody(): { max_tokens: number; messages: { content: string }[] } {
    const request = simulator.requests.findLast(({ path }) => path.endsWith('/chat/completions'));
    assert.ok(request);
    return request.body as ReturnType<typeof lastBody>;
  }

  /** Every answer as a reader gets it who scrolls to it. */
  async function answersAsRead(): Promise<string[]> {
    const answers = (await panel()).locator('[data-part=answer]');
    const texts: string[] = [];
    for (const answer of await answers.all()) {
      await answer.scrollIntoViewIfNeeded();
      // An answer out of view is its Markdown source, until the reader comes.
      await answer.locator('.plain').waitFor({ state: 'detached' });
      texts.push((await answer.textContent()) ?? '');
    }
    return texts;
  }

  async function selectTotal(): Promise<void> {
    // The panel may have the focus: a file opened now would cover it.
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.editor.open('cart.ts');
    await workbench.editor.select(totalFunction);
  }

  test('the key is set through the palette, masked and confirmed', async () => {
    await workbench.runCommand('OpenRouter: Set API Key…');
    await workbench.quickInput.type(`  ${key}\n`);
    assert.equal(await workbench.quickInput.input.getAttribute('type'), 'password');
    await workbench.quickInput.accept();
    await workbench.statusBarItem('The API key is set.');
    // The progress of the check ends by itself; nothing may stay over the question box.
    await workbench.toasts.untilGone();
  });

  test('the first question being typed gets its price, though nothing was asked and no list was opened yet', async () => {
    // A panel without an editor beside it would be covered by the next file.
    await selectTotal();
    await workbench.runCommand('OpenRouter: Show Answer Panel');
    const composer = (await panel()).locator('textarea[data-part=composer]');
    const estimate = async () => (await (await panel()).locator('[data-part=estimate]').textContent()) ?? '';
    await composer.fill('What is a monad?');
    await until('the price', async () => /tokens, .*\$/.test(await estimate()));
    assert.ok(simulator.requests.every(({ path }) => !path.endsWith('/chat/completions')));
    await composer.fill('');
    await until('no price', async () => (await estimate()).trim() === '');
  });

  test('Explain Selection streams an answer with its tokens and its true cost', async () => {
    await selectTotal();
    await workbench.runCommand('OpenRouter: Explain Selection');
    await statusIs('completed');
    const bill = simulator.bill.entries.at(-1);
    assert.ok(bill);
    assert.match(await lastPart('answer'), /total/);
    assert.equal(await lastValue('cost'), bill.costUsd);
    assert.match(await lastPart('cost-state'), /billed/);
    assert.equal(await lastValue('tokens-in'), String(bill.tokens.prompt));
    assert.equal(await lastValue('tokens-out'), String(bill.tokens.completion));
    assert.match(await lastPart('model'), /gpt-4o-mini/);
    assert.ok((await lastPart('generation-id')).includes(bill.generationId));
    const { max_tokens } = lastBody();
    assert.equal(max_tokens, 4096);
    const item = await workbench.statusBarItem(/\$0\.\d/);
    assert.ok((await readText(item)).includes(model));
  });

  test('the focus stays in the code while the answer streams', async () => {
    await selectTotal();
    await workbench.runCommand('OpenRouter: Explain Selection');
    await statusIs('completed');
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.editor.position(/^Ln 14, Col 2$/);
  });

  test('the context menu holds the actions under one entry', async () => {
    await selectTotal();
    const menu = await workbench.editor.openContextMenu();
    await menu.getByText('OpenRouter', { exact: true }).hover();
    const entries = workbench.page.locator('.monaco-submenu .action-label');
    await entries.filter({ hasText: 'Explain Selection' }).first().waitFor();
    const labels = await entries.allInnerTexts();
    for (const label of [
      'Fix Selection',
      'Refactor Selection',
      'Write Tests for Selection',
      'Document Selection',
    ]) {
      assert.ok(labels.includes(label), `${label} is not in ${labels.join()}`);
    }
    assert.ok(!labels.includes('Stop'));
    await workbench.page.keyboard.press('Escape');
    await workbench.page.keyboard.press('Escape');
  });

  test('a follow-up typed into the composer goes out with the conversation', async () => {
    const before = await (await panel()).locator('[data-part=turn]').count();
    const composer = (await panel())
      .locator('[data-part=composer] textarea, textarea[data-part=composer]')
      .first();
    await composer.fill('And in one sentence?');
    await composer.press('Enter');
    await turnsAre(before + 1);
    await statusIs('completed');
    const { messages } = lastBody();
    assert.equal(messages.at(-1)?.content, 'And in one sentence?');
    assert.ok(messages.length > 3);
  });

  test('an empty question is not sent, and one that is left is there again', async () => {
    await workbench.runCommand('OpenRouter: Ask…');
    await workbench.quickInput.type('   ');
    await workbench.quickInput.accept();
    await until('the sentence', async () =>
      /Type a question first/.test(await workbench.quickInput.message()),
    );
    await workbench.quickInput.type('What is a heap?');
    await workbench.quickInput.cancel();
    await workbench.runCommand('OpenRouter: Ask…');
    await until('the question', async () => (await workbench.quickInput.value()) === 'What is a heap?');
    // What goes along is said also while there is text in the box.
    assert.match(await workbench.quickInput.message(), /No code, no earlier turn/);
    await workbench.quickInput.cancel();
  });

  test('the model list has price and context on every row, is searched, and sets the model', async () => {
    const { quickInput } = workbench;
    const openList = () => workbench.openList('OpenRouter: Select Model…', ({ length }) => length > 3);
    const choose = async (typed: string, label: RegExp): Promise<void> => {
      const rows = await openList();
      for (const { ariaLabel } of rows)
        assert.match(ariaLabel, /(Free|per 1M tokens|varies).*context/, ariaLabel);
      await until('the match to be taken', async () => {
        // VS Code may give the focus back only now.
        if (!(await quickInput.input.isVisible())) await openList();
        const isFound = (await quickInput.typeSoon(typed)) && (await quickInput.isFirstSoon(label));
        return isFound && quickInput.acceptSoon();
      });
      await quickInput.waitUntilHidden();
    };
    await choose('claude haiku', /haiku/i);
    await workbench.untilSettings('the setting', settings =>
      /haiku/.test(String(settings['askOpenRouter.model'])),
    );
    await choose('gpt-4o-mini', /GPT-4o-mini/i);
    await workbench.statusBarItem(model);
  });

  test('Stop ends a running answer and keeps its text', async () => {
    simulator.next('stall');
    await selectTotal();
    const before = await (await panel()).locator('[data-part=turn]').count();
    await workbench.runCommand('OpenRouter: Explain Selection');
    await turnsAre(before + 1);
    await until('some text', async () => (await lastPart('answer')).trim() !== '');
    const text = await lastPart('answer');
    await (await panel()).locator('[data-part=turn]').last().locator('[data-part=stop]').click();
    await statusIs('cancelled');
    assert.equal(await lastPart('answer'), text);
    assert.match(await lastPart('cost-state'), /pending|settled/);
    await until('the server to notice', () => simulator.activeStreams === 0);
  });

  test('an error is one sentence with the button that fixes it', async () => {
    simulator.next('402');
    await selectTotal();
    await workbench.runCommand('OpenRouter: Explain Selection');
    await statusIs('failed');
    assert.match(await lastPart('error'), /no credits left/);
    assert.match(await lastPart('error-action'), /Open Credits Page[\s\S]*Pick a Free Model/);
  });

  test('an answer that streams while the panel is hidden is whole when it comes back', async () => {
    simulator.next('slices');
    await selectTotal();
    const before = await (await panel()).locator('[data-part=turn]').count();
    await workbench.runCommand('OpenRouter: Explain Selection');
    await turnsAre(before + 1);
    // A file opened over the panel takes its page down.
    await (await panel()).locator('textarea').click();
    await workbench.editor.open('report.py');
    const bills = simulator.bill.entries.length;
    await until('the end of the stream', () => simulator.activeStreams === 0);
    assert.ok(simulator.bill.entries.length >= bills);
    // A panel without an editor beside it would be covered by the next file.
    await selectTotal();
    await workbench.runCommand('OpenRouter: Show Answer Panel');
    await statusIs('completed');
    assert.match(await lastPart('answer'), /Read it from total downwards/);
  });

  test('reloading the window loses no character', async () => {
    const before = await answersAsRead();
    assert.ok(before.length >= 5);
    await workbench.reload();
    await turnsAre(before.length);
    await until('the same answers', async () => isDeepStrictEqual(await answersAsRead(), before));
  });

  test('the key is nowhere but in the secret storage', async () => {
    const page = await (await panel()).content();
    const leaks = findLeaks(key, {
      folders: [workbench.dataFolder, workbench.workspace],
      texts: { page, server: workbench.serverOutput },
    });
    assert.deepEqual(leaks, []);
  });
});
