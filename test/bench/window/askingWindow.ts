import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import { type Script, type Simulator, startSimulator } from '../../support/simulator';
import { until } from '../../support/workbench/until';
import type { Workbench } from '../../support/workbench/workbench';
import { nowMs } from '../clock';
import { openBenchWindow } from './benchWindow';
import { type TextProbe, type TextWish, watchText } from './frameProbe';
import { noteKeys, pressAfterCtrlK } from './keyPress';

export type Side = 'ours' | 'bare';

const sides = {
  ours: { key: 'x', page: 'ask-answer-page', answer: '[data-part=answer]' },
  bare: { key: 'F6', page: 'body > #answer', answer: '#answer' },
} as const;

/** Has the bare extension take over the body to send. */
const loadKey = 'F9';

/** Long enough for what the last measurement started to be over. */
const restMs = 700;

/** One request under way, whose answer the server holds back. */
export interface HeldRequest {
  readonly keyAtMs: number;
  /** When the last byte of the request was at the server. */
  readonly arrivedAtMs: number;
  readonly probe: TextProbe;
  /** Lets the server answer; gives when. */
  release(): number;
}

/** A window with both extensions warm and their panels side by side, and code selected in the editor. */
export class AskingWindow {
  private constructor(
    readonly window: Workbench,
    readonly simulator: Simulator,
    private readonly frames: Readonly<Record<Side, Frame>>,
  ) {}

  static async open(): Promise<AskingWindow> {
    const simulator = await startSimulator();
    const bodyFile = join(mkdtempSync(join(tmpdir(), 'bench-body-')), 'body.json');
    const settings = {
      'askOpenRouter.baseUrl': simulator.url,
      'askOpenRouter.model': 'simulator/markdown',
      'askOpenRouter.maxTokens': 200_000,
      'bare.url': `${simulator.url}/chat/completions`,
      'bare.bodyFile': bodyFile,
    };
    const window = await openBenchWindow({ extensions: ['ours', 'bare'], settings });
    try {
      await setKey(window);
      await window.editor.open('src/cart.ts');
      await window.editor.select({ startLine: 8, startColumn: 1, endLine: 14, endColumn: 2 });
      await noteKeys(window);
      const ours = await warmUp(window, 'ours');
      await shareBody(window, simulator, bodyFile);
      const bare = await warmUp(window, 'bare');
      if (simulator.requests.at(-1)?.rawBody !== simulator.requests.at(-2)?.rawBody) {
        throw new Error('The bare extension sends another body.');
      }
      return new AskingWindow(window, simulator, { ours, bare });
    } catch (error) {
      await window.dispose();
      await simulator.dispose();
      throw error;
    }
  }

  /** Asks by keyboard, watching for `ending`, or for any text; the server holds its answer back. */
  async ask(side: Side, script: Script, ending?: string): Promise<HeldRequest> {
    await this.clear(side);
    await delay(restMs);
    let release = (): void => {};
    const until = new Promise<void>(resolve => {
      release = resolve;
    });
    this.simulator.next({ ...script, delivery: { ...script.delivery, hold: { afterTokens: 0, until } } });
    const arrival = this.nextArrival();
    const wish: TextWish = { selector: sides[side].answer, ending };
    const probe = await watchText(this.frames[side], wish);
    const keyAtMs = await pressAfterCtrlK(this.window, sides[side].key);
    const arrivedAtMs = await arrival;
    await delay(restMs);
    return {
      keyAtMs,
      arrivedAtMs,
      probe,
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

  private nextArrival(): Promise<number> {
    return new Promise(resolve => {
      const subscription = this.simulator.onDidReceive(({ path }) => {
        if (!path.endsWith('/chat/completions')) return;
        subscription.dispose();
        resolve(nowMs());
      });
    });
  }
}

async function setKey(window: Workbench): Promise<void> {
  await window.runCommand('OpenRouter: Set API Key…');
  await window.quickInput.type('sk-or-v1-bench');
  await window.quickInput.accept();
  await window.quickInput.waitUntilHidden();
}

/** Opens the side's panel by a first request. */
async function warmUp(window: Workbench, side: Side): Promise<Frame> {
  await pressAfterCtrlK(window, sides[side].key);
  const frame = await window.webviewFrame(sides[side].page);
  if (side === 'ours') await frame.locator('[data-part=status][data-value=completed]').waitFor();
  return frame;
}

/** Has the bare extension send, byte for byte, what ours sent. */
async function shareBody(window: Workbench, { requests }: Simulator, bodyFile: string): Promise<void> {
  const body = requests.at(-1)?.rawBody;
  if (!body) throw new Error('The warm-up sent no request.');
  writeFileSync(bodyFile, body);
  await pressAfterCtrlK(window, loadKey);
}
