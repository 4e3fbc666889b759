import type { Bench } from '../bench';
import { differenceRow, interleave } from '../samples';
import { AskingWindow, type Side } from '../window/askingWindow';

const limitOverBareMs = 10;
/** A few milliseconds are looked for among differences of tens: a round is short, so there are more of them. */
const roundsPerRepetition = 3;

/** From the key that runs the command until the whole request is at the server, everything warm. */
export const request: Bench = {
  name: 'request',
  async run({ repetitions }) {
    const asking = await AskingWindow.open();
    const measure = async (side: Side): Promise<number> => {
      const { keyAtMs, arrivedAtMs, release } = await asking.ask(side, { answer: { content: 'Yes.' } });
      release();
      return arrivedAtMs - keyAtMs;
    };
    try {
      await measure('ours');
      const pair = await interleave(repetitions * roundsPerRepetition, {
        ours: () => measure('ours'),
        bare: () => measure('bare'),
      });
      return [differenceRow('command → request at the server, warm', pair, limitOverBareMs)];
    } finally {
      await asking.dispose();
    }
  },
};
