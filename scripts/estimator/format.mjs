import { writeFile } from 'node:fs/promises';
import { runQuietly } from '../lib/command.mjs';

/** Writes a file as the project formats its own. @param {string} file @param {string} text */
export async function writeFormatted(file, text) {
  await writeFile(file, text);
  const biome = ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', file];
  await runQuietly(`Formatting ${file}`, process.execPath, biome);
}
