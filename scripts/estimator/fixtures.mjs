// Counts that the tests compare with: of short texts of our own, and of files that every clone installs.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { countTokens, families } from './tokenizers.mjs';

const snippetsFile = 'test/fixtures/tokens/snippets.json';
const countsFile = 'test/fixtures/tokens/counts.json';
const filesFile = 'test/fixtures/tokens/files.json';

/** @param {string} folder keeps what was counted */
export async function countFixtures(folder) {
  /** @type {readonly { name: string, text: string, repeat?: number }[]} */
  const snippets = JSON.parse(await readFile(snippetsFile, 'utf8'));
  const texts = snippets.map(({ text, repeat = 1 }) => text.repeat(repeat));
  const counts = await countTokens(folder, texts);
  await write(countsFile, Object.fromEntries(snippets.map(({ name }, index) => [name, of(counts, index)])));
  /** @type {readonly { path: string }[]} */
  const files = JSON.parse(await readFile(filesFile, 'utf8'));
  const contents = await Promise.all(files.map(({ path }) => readFile(`node_modules/${path}`, 'utf8')));
  const ofFiles = await countTokens(folder, contents);
  const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex').slice(0, 16);
  await write(
    filesFile,
    files.map(({ path }, index) => ({
      path,
      sha256: sha256(contents[index] ?? ''),
      counts: of(ofFiles, index),
    })),
  );
}

/** @param {Readonly<Record<string, readonly number[]>>} counts @param {number} index */
const of = (counts, index) => families.map(family => counts[family]?.[index] ?? 0);

/** One line each: a change shows as one. @param {string} file @param {object} content */
async function write(file, content) {
  const isList = Array.isArray(content);
  const lines = Object.entries(content).map(([key, value]) =>
    isList ? `  ${JSON.stringify(value)}` : `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  await writeFile(file, `${isList ? '[' : '{'}\n${lines.join(',\n')}\n${isList ? ']' : '}'}\n`);
}
