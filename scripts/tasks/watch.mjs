import { run } from '../lib/command.mjs';

/** Rebuilds the extension at every change until Ctrl+C. */
export async function runTask() {
  await run(process.execPath, ['esbuild.mjs', '--watch']);
}
