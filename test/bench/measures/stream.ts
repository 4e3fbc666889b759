import { longAnswer } from '../../support/simulator/answers/longAnswer';
import type { Bench, Row } from '../bench';
import { interleaveWarm, median, type Pair, ratioRow, spread } from '../samples';
import { AskingWindow, type Side } from '../window/askingWindow';
import type { LongTasks } from '../window/longTasks';

const limitTimesBare = 1.3;
/** A first text is there within one frame or two, so that a few rounds give one of two ratios. */
const firstTextsPerRepetition = 4;
const [shortTokens, longTokens] = [20_000, 100_000];
/** Five times the length, and a tenth for what is not proportional. */
const limitTimesShort = 5.5;
const ending = 'The very last words.';

/** From the server's bytes to the reader's eyes. */
export const stream: Bench = {
  name: 'stream',
  async run({ repetitions }) {
    const asking = await AskingWindow.open();
    try {
      return [
        await measureFirstText(asking, repetitions),
        ...(await measureLongAnswers(asking, repetitions)),
      ];
    } finally {
      await asking.dispose();
    }
  },
};

async function measureFirstText(asking: AskingWindow, repetitions: number): Promise<Row> {
  const measure = async (side: Side): Promise<number> => {
    // One token, and then nothing: no later text shares its frame.
    const answer = { content: 'Words without Markdown.' };
    const request = await asking.ask(side, { answer, delivery: { endAfterTokens: 1, ending: 'stall' } });
    const releasedAtMs = request.release();
    return (await request.paintedAtMs()) - releasedAtMs;
  };
  const pair = await interleaveWarm(repetitions * firstTextsPerRepetition, measure);
  return ratioRow('first byte from the server → text visible', pair, limitTimesBare);
}

async function measureLongAnswers(asking: AskingWindow, repetitions: number): Promise<readonly Row[]> {
  const tasks: Record<Side, LongTasks[]> = { ours: [], bare: [] };
  const measure = async (side: Side, tokens: number): Promise<number> => {
    const answer = { content: `${longAnswer(tokens)}\n\n${ending}` };
    const request = await asking.ask(side, { answer }, ending);
    const releasedAtMs = request.release();
    const visibleAtMs = await request.paintedAtMs();
    tasks[side].push(await request.longTasks());
    return visibleAtMs - releasedAtMs;
  };
  const short = await interleaveWarm(repetitions, side => measure(side, shortTokens));
  const long: number[] = [];
  while (long.length < Math.ceil(repetitions / 3)) long.push(await measure('ours', longTokens));
  return [
    ratioRow('20,000 tokens at full speed → all visible', short, limitTimesBare),
    toTaskRow(tasks),
    toLinearRow(short, long),
  ];
}

/** A task counts from 50 ms on: that is what the browser itself calls long. */
function toTaskRow({ ours, bare }: Readonly<Record<Side, readonly LongTasks[]>>): Row {
  const own = ours.flatMap(tasks => tasks.own);
  return {
    what: 'tasks of the page over 50 ms, all answers above and below',
    measured: `${describe(own)}; workbench around it ${describe(ours.flatMap(tasks => tasks.others))}`,
    bare: `${describe(bare.flatMap(tasks => tasks.own))}; ${describe(bare.flatMap(tasks => tasks.others))}`,
    bound: 'none',
    isMet: own.length === 0,
  };
}

function describe(durationsMs: readonly number[]): string {
  if (durationsMs.length === 0) return 'none';
  return `${durationsMs.length}, longest ${Math.max(...durationsMs).toFixed(0)} ms`;
}

function toLinearRow({ ours }: Pair, long: readonly number[]): Row {
  const ratio = median(long) / median(ours);
  return {
    what: '100,000 tokens, compared with 20,000',
    measured: spread(long),
    comparison: `${ratio.toFixed(2)} ×`,
    bound: `≤ ${limitTimesShort} ×`,
    isMet: ratio <= limitTimesShort,
  };
}
