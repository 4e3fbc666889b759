import type { Bench } from '../bench';
import { differenceRow, interleaveWarm, type Pair, spread } from '../samples';
import { AskingWindow, type Side } from '../window/askingWindow';

const limitOverBareMs = 10;
/** A few milliseconds are looked for: a round is short, so there are more of them. */
const roundsPerRepetition = 5;

/**
 * From the start of the command in the extension host until the whole request is at the server, everything warm. What
 * VS Code takes from the key to the command is told by itself: it is the same for both, and differs from key to key by
 * more than the whole bound.
 */
export const request: Bench = {
  name: 'request',
  async run({ repetitions }) {
    const asking = await AskingWindow.open();
    const fromKey: Record<Side, number[]> = { ours: [], bare: [] };
    const measure = async (side: Side): Promise<number> => {
      const { keyAtMs, startedAtMs, arrivedAtMs, release } = await asking.ask(side, {
        answer: { content: 'Yes.' },
      });
      release();
      fromKey[side].push(startedAtMs - keyAtMs);
      return arrivedAtMs - startedAtMs;
    };
    try {
      const pair = await interleaveWarm(repetitions * roundsPerRepetition, measure);
      return [
        differenceRow('command → request at the server, warm', pair, limitOverBareMs),
        toKeyRow(fromKey),
      ];
    } finally {
      await asking.dispose();
    }
  },
};

const toKeyRow = ({ ours, bare }: Pair) => ({
  what: 'key → command, VS Code itself',
  measured: spread(ours),
  bare: spread(bare),
});
