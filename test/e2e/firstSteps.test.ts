import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';
import { type Simulator, startSimulator } from '../support/simulator';
import { freshWorkbench } from '../support/workbench/oneWorkbench';
import { areWritten, pictureSize, takeStepPicture } from '../support/workbench/pictures';
import { until } from '../support/workbench/until';
import type { Workbench } from '../support/workbench/workbench';

/** What models might say about the sample: short enough for a picture. */
const explanation = `\`averagePrice\` adds up what all items cost, divides that by their number and takes the discount off.

- **A mistake:** \`items.length\` counts rows, not pieces. Two pieces of one item count as one, so the average is too high.
- An empty cart gives \`NaN\`: 0 divided by 0.
- The result is rounded to cents.
`;
const explanations = [
  'It averages the cost per **row** of the cart, less the discount. Per piece it would divide by the sum of the quantities.',
  'The mean of `price * quantity`, less 10 %, in whole cents. Rows are counted, not pieces: **the result is too high**.',
  'Adds up all items, divides by their number and takes the discount off. An empty cart gives `NaN`.',
  'The average price of the items, less a discount. It divides by the wrong count.',
];

/** Pictures show the steps in a dark and in a light theme; without them any theme will do. */
const themes = areWritten ? (['dark', 'light'] as const) : [undefined];

for (const theme of themes)
  suite(`the first steps in a fresh profile${theme ? `, ${theme}` : ''}`, () => firstSteps(theme));

function firstSteps(theme: 'dark' | 'light' | undefined): void {
  let simulator: Simulator;
  let workbench: Workbench;

  suiteSetup(async () => {
    // In pictures as fast as a real model.
    simulator = await startSimulator({ host: '::1', ...(theme && { tokensPerSecond: 100 }) });
    workbench = await freshWorkbench({ settings: { ...settings(), ...(theme && looks(theme)) } });
    if (!theme) return;
    await workbench.page.setViewportSize(pictureSize);
    await workbench.page.keyboard.press('Control+b');
  });
  suiteTeardown(async () => {
    if (theme) await workbench.page.setViewportSize({ width: 1280, height: 800 });
    await simulator.dispose();
  });

  const settings = (more: Readonly<Record<string, unknown>> = {}) => ({
    'askOpenRouter.baseUrl': simulator.url,
    ...more,
  });
  const looks = (theme: 'dark' | 'light') => ({
    'window.commandCenter': false,
    'workbench.activityBar.location': 'hidden',
    'workbench.colorTheme': theme === 'dark' ? 'Default Dark Modern' : 'Default Light Modern',
    'workbench.layoutControl.enabled': false,
  });
  const picture = (step: string, part: Locator, size?: { width: number; height: number }): Promise<void> =>
    takeStepPicture(workbench, `${step}-${theme}`, part, size);
  const panel = (): Promise<Frame> => workbench.webviewFrame('ask-answer-page');
  const step = (id: string): Locator =>
    workbench.page.locator(`.getting-started-step[data-step-id$="#firstSteps#${id}"]`);
  const untilDone = (id: string): Promise<void> => step(id).locator('.codicon.complete').waitFor();

  /** Actions and models used last stand above the others, which come a little later. */
  async function untilPriced(search: string): Promise<void> {
    await workbench.quickInput.type(search);
    await until('models with their prices', async () => {
      const rows = await workbench.quickInput.rows();
      return rows.filter(({ ariaLabel }) => /per 1M tokens/.test(ariaLabel)).length > 2;
    });
  }

  async function press(id: string, button: string): Promise<void> {
    const link = step(id).getByRole('button', { name: button });
    if (!(await link.isVisible())) await step(id).click();
    await link.click();
  }

  /** Pressing the tab that is in front already would lead on to VS Code's start page. */
  async function backToSteps(): Promise<void> {
    const covered = workbench.page.locator('.tab:not(.active)', { hasText: /Walkthrough|Welcome/ }).first();
    if (await covered.isVisible()) await covered.click();
  }

  /** The sign-in page, which `open` has opened beside the workbench: VS Code trusts this machine without asking. */
  async function signInPage(open: () => Promise<void>): Promise<Page> {
    const [page] = await Promise.all([workbench.page.context().waitForEvent('page'), open()]);
    return page;
  }

  /** Presses a link of the page, which leads back to the workbench. */
  async function decide(page: Page, link: 'allow' | 'deny'): Promise<void> {
    await page.locator(`#${link}`).click();
    await page.getByText('You can close this page now').waitFor();
    await page.close();
  }

  /** In a window so narrow that a setting is no wider than a picture. */
  async function takeLimitPicture(input: Locator): Promise<void> {
    const { page } = workbench;
    await page.setViewportSize({ width: 680, height: 1000 });
    await until('the narrow settings', async () => {
      const box = await input.boundingBox();
      return box !== null && box.x + box.width < 560;
    });
    const setting = page.locator('.setting-item', { has: input }).first();
    await picture('limit', setting, { width: 518, height: 276 });
    await page.setViewportSize(pictureSize);
  }

  test('begin in the empty panel', async () => {
    await workbench.runCommand('OpenRouter: Show Answer Panel');
    const frame = await panel();
    await frame.locator('[data-part=sign-in]').waitFor();
    await picture('signIn', frame.locator('[data-part=empty]'));
    await frame.locator('[data-part=first-steps]').click();
    await step('signIn').waitFor();
    assert.equal(await workbench.page.locator('.getting-started-step .codicon.complete').count(), 0);
  });

  test('a denied sign-in says what next, and signing in again stores a key with the limit', async () => {
    await press('signIn', 'Sign In');
    await until('the question for a limit', async () => /at most/.test(await workbench.quickInput.message()));
    await workbench.quickInput.type('5');
    await decide(await signInPage(() => workbench.quickInput.accept()), 'deny');
    const signInAgain = () => workbench.toasts.click('access was not allowed there', 'Sign In Again');
    await decide(await signInPage(signInAgain), 'allow');
    await workbench.statusBarItem('You are signed in. $5 of its $5 limit is left.');
    await untilDone('signIn');
  });

  test('each step is done by doing it, up to the cost', async () => {
    await press('model', 'Select Model');
    if (theme) await untilPriced('gpt');
    await picture('model', workbench.quickInput.widget, { width: 600, height: 328 });
    await workbench.quickInput.type('gpt-4o-mini');
    await until('the model', () => workbench.quickInput.isFirstSoon(/mini/i));
    await workbench.quickInput.accept();
    await untilDone('model');

    await press('explain', 'Open a Sample');
    await until('the sample', async () =>
      (await workbench.editor.active.innerText()).includes('averagePrice'),
    );
    await backToSteps();
    if (theme) simulator.next({ answer: { content: explanation } });
    await press('explain', 'Explain Selection');
    await (await panel()).locator('[data-part=status]').filter({ hasText: 'completed' }).waitFor();
    const turn = (await panel()).locator('[data-part=turn]');
    await picture('explain', turn);
    if (theme) {
      await turn.locator('[data-part=explain-cost]').click();
      await turn.locator('[data-part=cost-part]').first().waitFor();
    }
    await picture('cost', turn.locator('.turn-foot'), { width: 576, height: 390 });
    await backToSteps();
    await press('cost', 'Show Usage and Cost');
    await workbench.webviewFrame('ask-usage-page');

    await backToSteps();
    for (const id of ['explain', 'cost']) await untilDone(id);
  });

  test('a limit that is typed into its setting is set', async () => {
    await press('limit', 'Open the Limits');
    const daily = workbench.page.locator('[data-key="askOpenRouter.budget.daily"] input').first();
    await daily.fill('1');
    await workbench.untilSettings('the limit', settings => settings['askOpenRouter.budget.daily'] === 1);
    if (theme) await takeLimitPicture(daily);
    // Newer versions of VS Code show the settings over the editors.
    const close = workbench.page.locator('.modal-editor-action-container .codicon-close').first();
    if (await close.isVisible()) await close.click();
    await backToSteps();
    await untilDone('limit');
  });

  test('four models are compared, and then every step is done', async () => {
    await press('compare', 'Compare Models');
    if (theme) for (const content of explanations) simulator.next({ answer: { content } });
    await workbench.quickInput.pick('My four');
    await workbench.quickInput.pick('Explain Selection');
    const group = (await panel()).locator('[data-part=compare]');
    const completed = group.locator('[data-part=status]').filter({ hasText: 'completed' });
    await until('three answers', async () => (await completed.count()) === 3);
    // The fourth is a router, whose price varies: under a limit it is asked about.
    await group.locator('[data-part=error-action][data-value=allowPrice]').click();
    await until('four answers', async () => (await completed.count()) === 4);
    if (theme) await group.evaluate(element => element.scrollIntoView());
    await picture('compare', group.locator('.compare-head'), { width: 576, height: 458 });
    await backToSteps();
    await untilDone('compare');
    assert.equal(await workbench.page.locator('.getting-started-step .codicon.complete').count(), 6);
  });
}

suite('somebody who has a key', () => {
  let simulator: Simulator;
  let workbench: Workbench;

  suiteSetup(async () => {
    simulator = await startSimulator();
    workbench = await freshWorkbench({ settings: { 'askOpenRouter.baseUrl': simulator.url } });
  });
  suiteTeardown(() => simulator.dispose());

  test('gets the first answer in a fresh profile by five acts, led by what is shown', async () => {
    const startedMs = performance.now();
    const acts: string[] = [];
    const act = async (name: string, run: () => Promise<void>): Promise<void> => {
      acts.push(name);
      await run();
    };
    await workbench.editor.open('cart.ts');
    await act('select code', () =>
      workbench.editor.select({ startLine: 8, startColumn: 1, endLine: 14, endColumn: 2 }),
    );
    await act('run Explain Selection', () => workbench.runCommand('OpenRouter: Explain Selection'));
    await act('press Set API Key', () => workbench.dialog.click('Set API Key'));
    await act('paste the key', () => workbench.quickInput.type('sk-or-v1-e2e-first-answer'));
    await act('press Enter', () => workbench.quickInput.accept());
    const frame = await workbench.webviewFrame('ask-answer-page');
    await frame.locator('[data-part=status]').filter({ hasText: 'completed' }).waitFor();
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    console.log(`      first answer with a key: ${acts.length} acts (${acts.join(', ')}), ${seconds} s`);
    assert.equal(acts.length, 5);
    assert.equal(simulator.bill.entries.length, 1);
  });
});
