import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import { type RecordedRequest, type Script, type Simulator, startSimulator } from '../../support/simulator';
import { until } from '../../support/workbench/until';
import type { Workbench } from '../../support/workbench/workbench';
import { nowMs } from '../clock';
import { openBenchWindow } from './benchWindow';
import { noteKeys, pressAfterCtrlK } from './keyPress';
import { type LongTasks, takeLongTasks, watchLongTasks } from './longTasks';
import { endsWithText, paintedAtMs, watchPaint } from './paintProbe';

export type Side = 'ours' | 'bare';

declare global {
  interface Window {
    /** In the bare page: when the bare extension ran the command of either side last, as {@link nowMs}. */
    benchStartedAtMs: number | undefined;
  }
}

const sides = {
  ours: { key: 'x', timedKey: 'F3', page: 'ask-answer-page', answer: '[data-part=answer]' },
  bare: { key: 'F6', timedKey: 'F2', page: 'body > #answer', answer: '#answer' },
} as const;

/** Has the bare extension take over the body to send. */
const loadKey = 'F9';

/** Long enough for what the last measurement started to be over. */
const restMs = 700;

/** One request under way, whose answer the server holds back. */
export interface HeldRequest {
  readonly keyAtMs: number;
  /** When the extension host began with the command: until then VS Code is busy with the key. */
  readonly startedAtMs: number;
  /** When the last byte of the request was at the server. */
  readonly arrivedAtMs: number;
  /** Lets the server answer; gives when. */
  release(): number;
  /** Waits for the text that was asked for; resolves to when it was painted. */
  paintedAtMs(): Promise<number>;
  /** Those of the side's page since the request was made. */
  longTasks(): Promise<LongTasks>;
}

/** A window with both extensions warm and their panels side by side, and code selected in the editor. */
export class AskingWindow {
  private constructor(
    readonly window: Workbench,
    readonly simulator: Simulator,
    private readonly frames: Readonly<Record<Side, Frame>>,
    private readonly home: string,
    /** What the bare extension opens as its long text. */
    readonly textFile: string,
  ) {}

  static async open(): Promise<AskingWindow> {
    const simulator = await startSimulator();
    const home = mkdtempSync(join(tmpdir(), 'bench-texts-'));
    const [bodyFile, textFile] = [join(home, 'body.json'), join(home, 'text.md')];
    const settings = {
      'askOpenRouter.baseUrl': simulator.url,
      'askOpenRouter.model': 'simulator/markdown',
      'askOpenRouter.maxTokens': 200_000,
      'bare.url': `${simulator.url}/chat/completions`,
      'bare.bodyFile': bodyFile,
      'bare.textFile': textFile,
    };
    const window = await openBenchWindow({ extensions: ['ours', 'bare'], settings });
    try {
      await setKey(window);
      await window.editor.open('src/cart.ts');
      await window.editor.select({ startLine: 8, startColumn: 1, endLine: 14, endColumn: 2 });
      await noteKeys(window);
      const ours = await warmUp(window, simulator, 'ours');
      // The bare extension is to send, byte for byte, what ours sent.
      writeFileSync(bodyFile, ours.body);
      await pressAfterCtrlK(window, loadKey);
      const bare = await warmUp(window, simulator, 'bare');
      if (bare.body !== ours.body) throw new Error('The bare extension sends another body.');
      return new AskingWindow(window, simulator, { ours: ours.frame, bare: bare.frame }, home, textFile);
    } catch (error) {
      await window.dispose();
      await simulator.dispose();
      rmSync(home, { recursive: true, force: true });
      throw error;
    }
  }

  /** Asks by keyboard, watching for `ending`, or for any text; the server holds its answer back. */
  async ask(side: Side, script: Script, ending?: string): Promise<HeldRequest> {
    await this.clear(side);
    await delay(restMs);
    let release = (): void => {};
    const released = new Promise<void>(resolve => {
      release = resolve;
    });
    const hold = { afterTokens: 0, until: released };
    this.simulator.next({ ...script, delivery: { ...script.delivery, hold } });
    const arrival = nextRequest(this.simulator).then(nowMs);
    const frame = this.frames[side];
    await watchLongTasks(frame);
    await this.frames.bare.evaluate(() => {
      window.benchStartedAtMs = undefined;
    });
    const keyAtMs = await pressAfterCtrlK(this.window, sides[side].timedKey);
    const arrivedAtMs = await arrival;
    // Not before: it has the page drawn in every frame, by the thread that has the key.
    await watchPaint(frame, endsWithText, { selector: sides[side].answer, ending });
    await delay(restMs);
    const startedAtMs = await until('the start of the command', () =>
      this.frames.bare.evaluate(() => window.benchStartedAtMs),
    );
    return {
      keyAtMs,
      startedAtMs,
      arrivedAtMs,
      paintedAtMs: () => paintedAtMs(frame),
      longTasks: () => takeLongTasks(frame),
      release: () => {
        const atMs = nowMs();
        release();
        return atMs;
      },
    };
  }

  async dispose(): Promise<void> {
    await this.window.dispose();
    await this.simulator.dispose();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Ends a running answer and takes the old ones away: a conversation would go along with the next request. */
  private async clear(side: Side): Promise<void> {
    const frame = this.frames[side];
    if (side === 'bare') {
      await frame.evaluate(() => document.querySelector('#answer')?.replaceChildren());
      return;
    }
    await frame.evaluate(() => document.querySelector<HTMLElement>('[data-part=stop]')?.click());
    await until('the answer to end', async () => (await frame.locator('[data-part=stop]').count()) === 0);
    await frame.evaluate(() => document.querySelector<HTMLElement>('[data-part=new-conversation]')?.click());
    await until('the page to be empty', async () => (await frame.locator('[data-part=turn]').count()) === 0);
  }
}

async function setKey(window: Workbench): Promise<void> {
  await window.runCommand('OpenRouter: Set API Key…');
  await window.quickInput.type('sk-or-v1-bench');
  await window.quickInput.accept();
  await window.quickInput.waitUntilHidden();
}

/** Opens the side's panel by a first request; gives its page and what was sent. */
async function warmUp(
  window: Workbench,
  simulator: Simulator,
  side: Side,
): Promise<{ readonly frame: Frame; readonly body: string }> {
  const request = nextRequest(simulator);
  await pressAfterCtrlK(window, sides[side].key);
  const { rawBody } = await request;
  const frame = await window.webviewFrame(sides[side].page);
  if (side === 'ours') await frame.locator('[data-part=status][data-value=completed]').waitFor();
  return { frame, body: rawBody };
}

/** The next request for an answer, once all of it has arrived. */
function nextRequest({ onDidReceive }: Simulator): Promise<RecordedRequest> {
  return new Promise(resolve => {
    const subscription = onDidReceive(request => {
      if (!request.path.endsWith('/chat/completions')) return;
      subscription.dispose();
      resolve(request);
    });
  });
}
