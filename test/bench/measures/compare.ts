import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { AskInput } from '../../../src/app/ask/askRequest';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import { closePageBrowser } from '../../support/pageHarness/browser';
import { LiveAnswerPage } from '../../support/pageHarness/liveAnswerPage';
import { longAnswer } from '../../support/simulator/answers/longAnswer';
import { tokenize } from '../../support/simulator/answers/tokens';
import type { Bench, Row } from '../bench';
import { nowMs } from '../clock';
import { interleave, ratioRow } from '../samples';
import { takeLongTasks, watchLongTasks } from '../window/longTasks';

const limitTimesOne = 1.5;
const allTokens = 20_000;
const columns = 4;
const ending = 'The very last words.';
/** So many tokens come with one read of the network. */
const tokensPerRead = 40;

/** Four answers side by side, compared with one that is as long as all of them; in a browser, with the product's host. */
export const compare: Bench = {
  name: 'compare',
  async run({ repetitions }) {
    const live = new LiveAnswerPage();
    await live.open();
    try {
      return await measure(live, repetitions);
    } finally {
      await live.close();
      await closePageBrowser();
    }
  },
};

async function measure(live: LiveAnswerPage, repetitions: number): Promise<readonly Row[]> {
  const texts = new Map(
    [1, columns].map(count => [count, tokenize(`${longAnswer(allTokens / count)}\n\n${ending}`)]),
  );
  const frame = live.harness.page.mainFrame();
  const longTasks: number[] = [];
  const ask = async (count: number): Promise<number> => {
    live.world.session.startNew();
    await live.harness.settle();
    live.world.answer = () => atFullSpeed(texts.get(count) ?? []);
    await watchLongTasks(frame);
    const startedAtMs = nowMs();
    const group = count > 1 ? `group-${startedAtMs}` : undefined;
    const asking = Array.from({ length: count }, () => live.world.session.ask({ ...question, group }));
    const isVisible = frame.waitForFunction(
      areVisible,
      { count, ending },
      { polling: 'raf', timeout: 120_000 },
    );
    await Promise.all([...asking, isVisible]);
    const tookMs = nowMs() - startedAtMs;
    longTasks.push(...(count > 1 ? (await takeLongTasks(frame)).own : []));
    return tookMs;
  };
  // Once for nothing: what is measured is a page whose code has run before.
  for (const count of [1, columns]) await ask(count);
  longTasks.length = 0;
  const pair = await interleave(repetitions, { ours: () => ask(columns), bare: () => ask(1) });
  return [
    ratioRow(
      `${columns} models compared at full speed, with one of the same total length`,
      pair,
      limitTimesOne,
    ),
    {
      what: 'tasks of the page over 50 ms while four are compared',
      measured:
        longTasks.length === 0
          ? 'none'
          : `${longTasks.length}, longest ${Math.max(...longTasks).toFixed(0)} ms`,
      bound: 'none',
      isMet: longTasks.length === 0,
    },
  ];
}

const question: AskInput = { title: 'Why?', action: 'ask', origin: 'compare', prompt: 'Why?' };

async function* atFullSpeed(tokens: readonly string[]): AsyncGenerator<AnswerEvent> {
  for (let index = 0; index < tokens.length; index += 1) {
    if (index % tokensPerRead === 0) await turnOfTheLoop();
    yield { type: 'text', text: tokens[index] ?? '' };
  }
  yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } };
}

/** In the page: so many answers have ended, and their last words are there. */
function areVisible(wanted: { readonly count: number; readonly ending: string }): boolean {
  if (document.querySelectorAll('[data-part=status][data-value=completed]').length < wanted.count)
    return false;
  const answers = [...document.querySelectorAll('[data-part=answer]')];
  return (
    answers.length === wanted.count &&
    answers.every(answer => answer.textContent?.trimEnd().endsWith(wanted.ending))
  );
}
