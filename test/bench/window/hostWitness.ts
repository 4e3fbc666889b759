import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { extensionId } from '../../../src/ids';
import { projectFolder } from '../../support/workbench/tools';
import { until } from '../../support/workbench/until';
import { readActivationStats } from './activationStats';
import { openBenchWindow } from './benchWindow';

/** What our extension reached for while it was activated. */
export interface Reach {
  readonly codeFiles: readonly string[];
  readonly codeBytes: number;
  /** Files other than its code that were opened with it on the stack, or that lie in its storage folders. */
  readonly files: readonly string[];
  readonly connections: readonly string[];
}

interface Note {
  readonly kind: 'module' | 'file' | 'connection';
  readonly what: string;
  readonly isOurs: boolean;
}

/** Activates our extension under the eyes of `witness.cjs`. */
export async function witnessActivation(baseUrl: string): Promise<Reach> {
  const folder = mkdtempSync(join(tmpdir(), 'witness-'));
  const log = join(folder, 'notes.jsonl');
  const witness = join(projectFolder, 'test', 'bench', 'window', 'witness.cjs');
  const window = await openBenchWindow({
    extensions: ['ours'],
    settings: { 'askOpenRouter.baseUrl': baseUrl },
    env: { BENCH_WITNESS: log, NODE_OPTIONS: `--require ${JSON.stringify(witness)}` },
  });
  try {
    // The report has its line once activation is over.
    await readActivationStats(window, extensionId);
    const reach = toReach(readNotes(log));
    // A witness that sees nothing proves nothing: the picker must load the rest, read its cache and connect.
    await window.runCommand('OpenRouter: Select Model…');
    await until('the witness to see a first command', () => {
      const { codeFiles, files, connections } = toReach(readNotes(log));
      return codeFiles.length > reach.codeFiles.length && files.length > 0 && connections.length > 0;
    });
    return reach;
  } finally {
    await window.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

function readNotes(log: string): readonly Note[] {
  if (!existsSync(log)) throw new Error('The witness was not loaded into the extension host.');
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  return lines.map(line => JSON.parse(line) as Note);
}

function toReach(notes: readonly Note[]): Reach {
  const isCode = ({ what }: Note): boolean => /[\\/]extensions[\\/]ask-openrouter\./.test(what);
  const isStorage = ({ what }: Note): boolean =>
    !/[\\/]extensions[\\/]/.test(what) && what.includes(extensionId);
  const code = notes.filter(note => note.kind === 'module' && isCode(note)).map(({ what }) => what);
  const files = notes.filter(
    note => note.kind === 'file' && !isCode(note) && (note.isOurs || isStorage(note)),
  );
  return {
    codeFiles: code.map(path => basename(path)),
    codeBytes: code.reduce((sum, path) => sum + statSync(path).size, 0),
    files: files.map(({ what }) => what),
    // By whomever in the extension host: nobody's name is on the stack when a connection is opened later.
    connections: notes.filter(({ kind }) => kind === 'connection').map(({ what }) => what),
  };
}
