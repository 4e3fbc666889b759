import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Conversation } from '../../../src/core/chat/conversation';
import { longAnswer } from '../../support/simulator/answers/longAnswer';
import { makeAnswer, makeCode, makePart, makeSent, makeTurn } from '../../support/turns';
import { waitUntilSaved } from '../../support/workbench/savedState';
import { until } from '../../support/workbench/until';
import type { Workbench } from '../../support/workbench/workbench';
import type { Bench, Row } from '../bench';
import { interleave, median, ratioRow, spread } from '../samples';
import { AskingWindow } from '../window/askingWindow';
import { untilActivated } from '../window/benchWindow';
import { noteKeys, pressAfterCtrlK } from '../window/keyPress';
import { pageHeapMb } from '../window/pageHeap';
import { endsWithText, paintedAtMs, watchPaint } from '../window/paintProbe';

const turnCount = 500;
const [limitTimesEmpty, heapLimitMb] = [1.3, 150];
const tokensPerAnswer = 400;
const ending = 'The very last words.';

const ours = { key: 'h', page: 'ask-answer-page', answer: '[data-part=answer] .rich:not([hidden])' };
const empty = { ...ours, answer: '[data-part=empty]' };
const bare = { key: 'F8', page: 'body > #answer', answer: 'body > #answer' };

/** A conversation of 500 turns kept from another session: from the key that opens it until its end is painted. */
export const conversation: Bench = {
  name: 'conversation',
  async run({ repetitions }) {
    const asking = await AskingWindow.open();
    const { window } = asking;
    try {
      const kept = await keepLongConversation(asking);
      const heaps: number[] = [];
      const rounds = Math.ceil(repetitions / 2);
      const pair = await interleave(rounds, {
        ours: () => open(window, ours, ending, heaps),
        bare: () => withoutConversation(kept, () => open(window, empty)),
      });
      const bareMs: number[] = [];
      while (bareMs.length < rounds) bareMs.push(await open(window, bare, ending));
      const what = `conversation of ${turnCount} turns: key → end visible, compared with an empty panel`;
      const opening = ratioRow(what, pair, limitTimesEmpty);
      return [opening, { what: 'the same text in a bare panel', measured: spread(bareMs) }, toHeapRow(heaps)];
    } finally {
      await asking.dispose();
    }
  },
};

/** Puts a long conversation where the extension kept the short one, and its text where the bare one looks. */
async function keepLongConversation({ window, textFile }: AskingWindow): Promise<string> {
  const kept = await until('the conversation on disk', () =>
    globSync(join(window.dataFolder, '**', 'workspaceStorage', '*', '*', 'conversation.json')).at(0),
  );
  await leave(window);
  const turns = longConversation().turns;
  writeFileSync(kept, JSON.stringify({ formatVersion: 1, conversation: longConversation(), draft: '' }));
  writeFileSync(textFile, turns.map(({ answer }) => answer.text).join('\n\n'));
  return kept;
}

/** Measures with an empty panel, and puts the conversation back. */
async function withoutConversation(kept: string, measure: () => Promise<number>): Promise<number> {
  const text = readFileSync(kept);
  rmSync(kept);
  try {
    return await measure();
  } finally {
    writeFileSync(kept, text);
  }
}

function longConversation(): Conversation {
  const text = longAnswer(tokensPerAnswer);
  const turns = Array.from({ length: turnCount }, (_, index) =>
    makeTurn({
      id: `turn-${index}`,
      sent: makeSent({
        prompt: `Explain step ${index}.`,
        code: makeCode({
          parts: [makePart({ text: `const step${index} = ${index};\n`.repeat(30), endLine: 30 })],
        }),
      }),
      answer: makeAnswer({
        status: 'completed',
        text: index === turnCount - 1 ? `${text}\n\n${ending}` : text,
        generationId: `gen-${index}`,
        finishReason: 'stop',
        usage: { promptTokens: 500, completionTokens: tokensPerAnswer, costUsd: '0.0012' },
        cost: { state: 'billed', usd: '0.0012' },
        ending: { outcome: 'completed', ttftMs: 300, durationMs: 4000 },
      }),
    }),
  );
  return { id: 'conversation', turns };
}

/** Opens it in a window that has just been loaded, and leaves that again; adds to `heaps` what the page holds. */
async function open(
  window: Workbench,
  { key, page, answer }: typeof ours,
  ending?: string,
  heaps?: number[],
): Promise<number> {
  await window.load();
  await untilActivated(window);
  await noteKeys(window);
  const before = heaps && (await pageHeapMb(window.page));
  const pressedAtMs = await pressAfterCtrlK(window, key);
  // Watched from when the page is there: what was painted before counts as painted then, so it is never too early.
  const frame = await window.webviewFrame(page);
  await watchPaint(frame, endsWithText, { selector: answer, ending });
  const visibleAtMs = await paintedAtMs(frame);
  if (before !== undefined) heaps?.push((await pageHeapMb(window.page)) - before);
  await leave(window);
  return visibleAtMs - pressedAtMs;
}

/** Until the extension host has ended: it could still write the file that is about to be changed. */
async function leave(window: Workbench): Promise<void> {
  // Panels that are open would come back by themselves.
  await window.runCommand('View: Close All Editors');
  await waitUntilSaved(window.page);
  await window.page.goto('about:blank');
  await until('the extension host to end', () => window.extensionHosts.every(({ isEnded }) => isEnded));
}

function toHeapRow(heaps: readonly number[]): Row {
  return {
    what: `conversation of ${turnCount} turns: heap of its page, objects and document`,
    measured: spread(heaps, 'MB'),
    bound: `≤ ${heapLimitMb} MB`,
    isMet: median(heaps) <= heapLimitMb,
  };
}
