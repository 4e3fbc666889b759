import { extensionId } from '../../../src/ids';
import { startSimulator } from '../../support/simulator';
import type { Workbench } from '../../support/workbench/workbench';
import type { Bench, Row } from '../bench';
import { differenceRow, interleave } from '../samples';
import { readActivationStats } from '../window/activationStats';
import { openBenchWindow } from '../window/benchWindow';
import { witnessActivation } from '../window/hostWitness';

const limitOverBareMs = 10;
const codeLimitKb = 60;

/** What activation costs by VS Code's own figures, and what it reads, opens and connects to. */
export const activation: Bench = {
  name: 'activation',
  async run({ repetitions }) {
    return [await measureTime(repetitions), ...(await measureReach())];
  },
};

async function measureTime(repetitions: number): Promise<Row> {
  // Two windows: in one, each would wait for the other's turn.
  const windows = {
    ours: await openBenchWindow({ extensions: ['ours'] }),
    bare: await openBenchWindow({ extensions: ['bare'] }),
  };
  try {
    const pair = await interleave(repetitions, {
      ours: () => activateAnew(windows.ours, extensionId),
      bare: () => activateAnew(windows.bare, 'bench.bare'),
    });
    return differenceRow('activation: load + call + finish', pair, limitOverBareMs);
  } finally {
    await windows.ours.dispose();
    await windows.bare.dispose();
  }
}

/** Not `reload`, which waits for VS Code to save what nobody needs here. */
async function activateAnew(window: Workbench, id: string): Promise<number> {
  await window.load();
  const { loadMs, callMs, finishMs } = await readActivationStats(window, id);
  await window.runCommand('View: Close All Editors');
  return loadMs + callMs + finishMs;
}

async function measureReach(): Promise<readonly Row[]> {
  const simulator = await startSimulator();
  try {
    const { codeBytes, codeFiles, files, connections } = await witnessActivation(simulator.url);
    const reached = [...files, ...connections];
    return [
      {
        what: 'code read at activation',
        measured: `${(codeBytes / 1024).toFixed(1)} KB (${codeFiles.join(', ')})`,
        bound: `≤ ${codeLimitKb} KB`,
        isMet: codeBytes <= codeLimitKb * 1024,
      },
      {
        what: 'files opened and connections made by activation',
        measured: reached.length === 0 ? 'none' : reached.join(', '),
        bound: 'none',
        isMet: reached.length === 0,
      },
    ];
  } finally {
    await simulator.dispose();
  }
}
