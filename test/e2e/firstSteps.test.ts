import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';
import { type Simulator, startSimulator } from '../support/simulator';
import { freshWorkbench } from '../support/workbench/oneWorkbench';
import { until } from '../support/workbench/until';
import type { Workbench } from '../support/workbench/workbench';

suite('the first steps in a fresh profile', () => {
  // shots-hook
  teardown(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.screenshot(
        `/tmp/fh-shots2/failed-first-${this.currentTest.title.slice(0, 12).replaceAll(' ', '_')}.png`,
      );
  });
  let simulator: Simulator;
  let workbench: Workbench;

  suiteSetup(async () => {
    simulator = await startSimulator({ host: '::1' });
    workbench = await freshWorkbench({ settings: settings() });
  });
  suiteTeardown(() => simulator.dispose());

  const settings = (more: Readonly<Record<string, unknown>> = {}) => ({
    'askOpenRouter.baseUrl': simulator.url,
    ...more,
  });
  const panel = (): Promise<Frame> => workbench.webviewFrame('ask-answer-page');
  const step = (id: string): Locator =>
    workbench.page.locator(`.getting-started-step[data-step-id$="#firstSteps#${id}"]`);
  const untilDone = (id: string): Promise<void> => step(id).locator('.codicon.complete').waitFor();

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

  test('begin in the empty panel', async () => {
    await workbench.runCommand('OpenRouter: Show Answer Panel');
    const frame = await panel();
    await frame.locator('[data-part=sign-in]').waitFor();
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
    await workbench.quickInput.type('gpt-4o-mini');
    await until('the model', () => workbench.quickInput.isFirstSoon(/mini/i));
    await workbench.quickInput.accept();
    await untilDone('model');

    await press('explain', 'Open a Sample');
    await until('the sample', async () =>
      (await workbench.editor.active.innerText()).includes('averagePrice'),
    );
    await backToSteps();
    await press('explain', 'Explain Selection');
    await (await panel()).locator('[data-part=status]').filter({ hasText: 'completed' }).waitFor();
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
    await until('the limit', () => workbench.userSettings()['askOpenRouter.budget.daily'] === 1);
    // Newer versions of VS Code show the settings over the editors.
    const close = workbench.page.locator('.modal-editor-action-container .codicon-close').first();
    if (await close.isVisible()) await close.click();
    await backToSteps();
    await untilDone('limit');
  });

  test('four models are compared, and then every step is done', async () => {
    await press('compare', 'Compare Models');
    await workbench.quickInput.pick('My four');
    await workbench.quickInput.pick('Explain Selection');
    const group = (await panel()).locator('[data-part=compare]');
    const completed = group.locator('[data-part=status]').filter({ hasText: 'completed' });
    await until('three answers', async () => (await completed.count()) === 3);
    // The fourth is a router, whose price varies: under a limit it is asked about.
    await group.locator('[data-part=error-action][data-value=allowPrice]').click();
    await until('four answers', async () => (await completed.count()) === 4);
    await backToSteps();
    await untilDone('compare');
    assert.equal(await workbench.page.locator('.getting-started-step .codicon.complete').count(), 6);
  });
});

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
