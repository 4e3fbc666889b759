import { readText } from './until';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

export interface DemoOptions {
  readonly vsix: string;
  /** Undefined: the real OpenRouter. */
  readonly baseUrl?: string;
  readonly apiKey: string;
  /** Undefined: the extension's own default. */
  readonly model?: string;
  /** Where the picture of the finished answer goes. */
  readonly screenshot: string;
}

/** What the panel showed when the request was over; texts as they were drawn. */
export interface DemoResult {
  readonly status: string;
  readonly prompt: string;
  readonly answer: string;
  readonly model: string;
  readonly tokensIn: string;
  readonly tokensOut: string;
  readonly cost: string;
  readonly costState: string;
  /** What went wrong, when something did. */
  readonly error: string;
}

/** A workbench that belongs to whoever gave it, and its end. */
export interface LentWorkbench {
  readonly workbench: Workbench;
  giveBack(): Promise<void>;
}

/** One whole request without hands: key, file, selection, command, answer, cost. */
export async function runDemo(
  options: DemoOptions,
  lend: (options: WorkbenchOptions) => Promise<LentWorkbench> = openOwn,
): Promise<DemoResult> {
  const settings = { 'askOpenRouter.baseUrl': options.baseUrl, 'askOpenRouter.model': options.model };
  const { workbench, giveBack } = await lend({ vsix: options.vsix, settings });
  try {
    await setKey(workbench, options.apiKey);
    await workbench.editor.open('src/cart.ts');
    await workbench.editor.select({ startLine: 7, startColumn: 1, endLine: 14, endColumn: 2 });
    await workbench.runCommand('OpenRouter: Explain Selection');
    return await readAnswer(workbench, options.screenshot);
  } finally {
    await giveBack();
  }
}

async function openOwn(options: WorkbenchOptions): Promise<LentWorkbench> {
  const workbench = await openWorkbench(options);
  return { workbench, giveBack: () => workbench.dispose() };
}

async function setKey(workbench: Workbench, apiKey: string): Promise<void> {
  await workbench.runCommand('OpenRouter: Set API Key…');
  await workbench.quickInput.type(apiKey);
  await workbench.quickInput.accept();
  await workbench.quickInput.waitUntilHidden();
}

/** How long a model may think before the demo gives up, in ms. */
const answerTimeoutMs = 180_000;

async function readAnswer(workbench: Workbench, screenshot: string): Promise<DemoResult> {
  const frame = await workbench.webviewFrame('[data-part=status]');
  const ended = frame.locator('[data-part=status]:not([data-value=streaming])').first();
  await ended.waitFor({ timeout: answerTimeoutMs });
  await workbench.screenshot(screenshot);
  await frame.locator('[data-part=sent] summary').click();
  const text = (part: string): Promise<string> => readText(frame.locator(`[data-part=${part}]`));
  return {
    status: await text('status'),
    prompt: await text('sent'),
    answer: await text('answer'),
    model: await text('model'),
    tokensIn: await text('tokens-in'),
    tokensOut: await text('tokens-out'),
    cost: await text('cost'),
    costState: await text('cost-state'),
    error: await text('error'),
  };
}
