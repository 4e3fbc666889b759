import { startSimulator } from '../../support/simulator';
import type { Workbench } from '../../support/workbench/workbench';
import type { Bench } from '../bench';
import { interleave, ratioRow } from '../samples';
import { openBenchWindow, untilActivated } from '../window/benchWindow';
import { noteKeys, pressAfterCtrlK } from '../window/keyPress';
import { hasRow, paintedAtMs, watchPaint } from '../window/paintProbe';

const limitTimesBare = 1.3;
const models = 450;

/** The key that opens the list, and a word that only its own rows hold. */
const ours = { key: 'l', text: ':free' };
const bare = { key: 'F7', text: 'vendor/model-' };

/** From the key that opens the list of models until its rows are painted. */
export const picker: Bench = {
  name: 'picker',
  async run({ repetitions }) {
    const simulator = await startSimulator({ catalogue: { synthetic: models } });
    const settings = { 'askOpenRouter.baseUrl': simulator.url };
    const window = await openBenchWindow({ extensions: ['ours', 'bare'], settings });
    try {
      await untilActivated(window);
      await noteKeys(window);
      // The first opening asks the server; the others find the list at hand.
      await open(window, ours);
      await open(window, bare);
      const pair = await interleave(repetitions, {
        ours: () => open(window, ours),
        bare: () => open(window, bare),
      });
      return [ratioRow(`list of ${models} models at hand → rows visible`, pair, limitTimesBare)];
    } finally {
      await window.dispose();
      await simulator.dispose();
    }
  },
};

async function open(window: Workbench, { key, text }: typeof ours): Promise<number> {
  const frame = window.page.mainFrame();
  await watchPaint(frame, hasRow, text);
  const pressedAtMs = await pressAfterCtrlK(window, key);
  const visibleAtMs = await paintedAtMs(frame);
  await window.quickInput.cancel();
  return visibleAtMs - pressedAtMs;
}
