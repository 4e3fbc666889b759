import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { projectFolder } from '../../support/workbench/tools';
import type { Settings } from '../../support/workbench/userSettings';
import { sampleProject } from '../../support/workbench/workbench';

/** One start of VS Code: its folder, its settings and the tests that run in it. */
export interface Scenario {
  readonly name: string;
  /** Glob of the compiled tests. */
  readonly files: string;
  /** The folder to open a copy of. */
  readonly folder: string;
  /** A workspace file in that folder, which is opened in its place. */
  readonly open?: string;
  readonly settings: Settings;
}

const sources = join(projectFolder, 'test', 'host');
const compiled = join(projectFolder, 'out', 'test', 'host');

/**
 * The tests beside each other in `test/host` share one start; every folder with tests of its own is another,
 * described by its `scenario.json`: `folder` (relative to it; default the sample project), `open` and `settings`.
 */
export function findScenarios(): readonly Scenario[] {
  const folders = new Set(globSync(join(compiled, '**', '*.test.js')).map(file => dirname(file)));
  return [...folders].sort().map(folder => {
    if (folder === compiled) return describe('plain', compiled, sources);
    return describe(basename(folder), folder, join(sources, basename(folder)));
  });
}

function describe(name: string, folder: string, source: string): Scenario {
  const file = join(source, 'scenario.json');
  const given = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Pick<Scenario, 'folder' | 'open' | 'settings'>>)
    : {};
  return {
    name,
    files: join(folder, '*.test.js'),
    folder: given.folder ? join(source, given.folder) : sampleProject,
    open: given.open,
    settings: given.settings ?? {},
  };
}
