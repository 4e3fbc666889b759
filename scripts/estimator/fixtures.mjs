// Counts that the tests compare with: of short texts of our own, and of files that every clone installs.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeFormatted } from './format.mjs';
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
  await writeJson(
    countsFile,
    Object.fromEntries(snippets.map(({ name }, index) => [name, of(counts, index)])),
  );
  /** @type {readonly { path: string }[]} */
  const files = JSON.parse(await readFile(filesFile, 'utf8'));
  const contents = await Promise.all(files.map(({ path }) => readFile(`node_modules/${path}`, 'utf8')));
  const ofFiles = await countTokens(folder, contents);
  const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex').slice(0, 16);
  await writeJson(
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

/** @param {string} file @param {object} content */
const writeJson = (file, content) => writeFormatted(file, JSON.stringify(content));
