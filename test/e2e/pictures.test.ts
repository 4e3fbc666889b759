import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { type Simulator, startSimulator } from '../support/simulator';
import { freshWorkbench } from '../support/workbench/oneWorkbench';
import { areWritten, pictureSize, takePicture } from '../support/workbench/pictures';
import { until } from '../support/workbench/until';
import type { Workbench } from '../support/workbench/workbench';

const key = 'sk-or-v1-pictures-4f1c2b7a9d8e6053f1c2b7a9d8e6053f1c2b7a9d8';
const compared = ['openai/gpt-4o-mini', 'anthropic/claude-haiku-4.5', 'google/gemini-2.5-flash'];
const totalFunction = { startLine: 8, startColumn: 1, endLine: 14, endColumn: 2 };

const better = `export function total(items: Item[]): number {
  return items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
}`;
const refactored = `One pass without an index, so that it cannot read past the end:

\`\`\`typescript
${better}
\`\`\`
`;

suite('the ways that the README shows', () => {
  let simulator: Simulator;
  let workbench: Workbench;
  let original: string;

  suiteSetup(async () => {
    // As fast as a real model.
    simulator = await startSimulator({ tokensPerSecond: 100 });
    workbench = await freshWorkbench({
      settings: {
        'askOpenRouter.baseUrl': simulator.url,
        'askOpenRouter.model': compared[0],
        'askOpenRouter.compareSets': { 'Small and fast': compared },
        'window.commandCenter': false,
        'workbench.activityBar.location': 'hidden',
        'workbench.colorTheme': 'Default Dark Modern',
        'workbench.layoutControl.enabled': false,
      },
    });
    await workbench.page.setViewportSize(pictureSize);
    original = cart();
    await workbench.runCommand('OpenRouter: Set API Key…');
    await workbench.quickInput.type(key);
    await workbench.quickInput.accept();
    const told = await workbench.statusBarItem('The API key is set.');
    await workbench.page.keyboard.press('Control+b');
    // It goes away by itself; nobody but a picture has to wait for that.
    if (areWritten) await told.waitFor({ state: 'detached' });
  });
  suiteTeardown(async () => {
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
    await simulator.dispose();
  });

  const cart = (): string => readFileSync(join(workbench.workspace, 'src', 'cart.ts'), 'utf8');
  const panel = (): Promise<Frame> => workbench.webviewFrame('ask-answer-page');
  const lastTurn = async (): Promise<Locator> => (await panel()).locator('[data-part=turn]').last();
  const completed = (count: number): Promise<unknown> =>
    until(`${count} answers`, async () => {
      const ended = (await panel()).locator('[data-part=status][data-value=completed]');
      return (await ended.count()) === count;
    });

  async function selectTotal(): Promise<void> {
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.editor.open('cart.ts');
    await workbench.editor.select(totalFunction);
  }

  test('an answer stands beside the code, with its tokens and its cost', async () => {
    await selectTotal();
    await workbench.runCommand('OpenRouter: Explain Selection');
    await completed(1);
    await workbench.page.mouse.move(300, 680);
    await takePicture(workbench, 'answer');
    await workbench.runCommand('OpenRouter: New Conversation');
    await until(
      'the empty panel',
      async () => (await (await panel()).locator('[data-part=turn]').count()) === 0,
    );
  });

  test('select, Refactor, the diff, Accept Change and its cost; one Undo takes it back', async () => {
    const { page } = workbench;
    simulator.next({ answer: { content: refactored } });
    await selectTotal();
    // At the end of what is selected, so that the menu leaves it to be seen.
    const line = page.locator('.view-line', { hasText: 'export function total' });
    await line.locator('span > span').last().click({ button: 'right' });
    const menu = page.locator('.monaco-menu-container .monaco-menu').first();
    await menu.getByText('OpenRouter', { exact: true }).hover();
    const refactor = page.locator('.monaco-submenu .action-label', { hasText: 'Refactor Selection' });
    await refactor.waitFor();
    await refactor.hover();
    await takePicture(workbench, 'refactor-1-select');
    await refactor.click();
    await completed(1);
    await takePicture(workbench, 'refactor-2-answer');
    const bill = simulator.bill.entries.at(-1);
    const turn = await lastTurn();
    assert.equal(await turn.locator('[data-part=cost]').getAttribute('data-value'), bill?.costUsd);
    await turn.locator('.turn-foot [data-part=replace]').click();
    const diff = page.locator('.editor-group-container.active .monaco-diff-editor');
    await diff.locator('.line-insert').first().waitFor();
    await takePicture(workbench, 'refactor-3-diff');
    assert.equal(cart(), original, 'nothing is changed before');
    await page.locator('.editor-actions [aria-label^="Accept Change"]').first().click();
    await diff.waitFor({ state: 'detached' });
    await until('the change', async () => /items\.reduce/.test(await workbench.editor.visibleText()));
    await (await lastTurn()).locator('[data-part=explain-cost]').click();
    await (await lastTurn()).locator('[data-part=cost-part]').first().waitFor();
    await takePicture(workbench, 'refactor-4-accepted');
    await workbench.runCommand('View: Focus First Editor Group');
    await page.keyboard.press('Control+z');
    await until('the code as it was', async () =>
      /i <= items\.length/.test(await workbench.editor.visibleText()),
    );
  });

  test('a model is found by what it costs and can do', async () => {
    const { quickInput } = workbench;
    await workbench.openList('OpenRouter: Select Model…', ({ length }) => length > 3);
    await takePicture(workbench, 'picker');
    const rows = await quickInput.rows();
    assert.ok(rows.every(({ ariaLabel }) => /(Free|per 1M tokens|varies).*context/.test(ariaLabel)));
    await quickInput.cancel();
  });

  test('several models answer side by side, each with its cost', async () => {
    await selectTotal();
    await workbench.runCommand('OpenRouter: Show Answer Panel');
    const before = await (await panel()).locator('[data-part=status][data-value=completed]').count();
    await selectTotal();
    const set = 'Small and fast';
    await workbench.openList('OpenRouter: Compare Models…', rows => rows.some(({ label }) => label === set));
    await workbench.quickInput.pick(set);
    await workbench.quickInput.pick('Explain Selection');
    await completed(before + compared.length);
    const columns = (await panel()).locator('[data-part=compare] [data-part=turn]');
    assert.equal(await columns.count(), compared.length);
    const costs = await columns
      .locator('[data-part=cost]')
      .evaluateAll(parts => parts.map(part => part.getAttribute('data-value')));
    const billed = simulator.bill.entries.slice(-compared.length).map(({ costUsd }) => costUsd);
    assert.deepEqual(costs.sort(), billed.sort());
    await (await panel()).locator('[data-part=compare-summary]').waitFor();
    await workbench.runCommand('OpenRouter: Show Answer Panel');
    await workbench.runCommand('View: Toggle Maximize Editor Group');
    await (await panel()).locator('[data-part=compare]').evaluate(group => group.scrollIntoView());
    await takePicture(workbench, 'compare');
  });
});
