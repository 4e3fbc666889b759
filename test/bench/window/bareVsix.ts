import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from '../../support/workbench/tools';

const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];

/** Packs the bare extension as ours is packed, into `folder`; gives the file. */
export function packBareExtension(folder: string): string {
  const file = join(folder, 'bare.vsix');
  const vsce = join(projectFolder, 'node_modules', '@vscode', 'vsce', 'vsce');
  execFileSync(process.execPath, [vsce, 'package', ...flags, '--out', file], {
    cwd: join(projectFolder, 'test', 'bench', 'bareExtension'),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return file;
}
