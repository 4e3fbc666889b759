import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../bootstrap/cache.mjs';
import { step } from '../lib/progress.mjs';
import { readCorpus } from './corpus.mjs';
import { loadEstimator } from './estimatorCode.mjs';
import { countFixtures } from './fixtures.mjs';
import { findTypes, inContext, learnEntries, parts } from './hashedTable.mjs';
import { dot, fitRelative } from './leastSquares.mjs';
import { toTableNumbers, writeTable } from './table.mjs';
import { countTokens, families } from './tokenizers.mjs';

/** @typedef {import('./corpus.mjs').Sample} Sample */
/** @typedef {import('./estimatorCode.mjs').EstimatorCode} EstimatorCode */

/** Characters: pieces of files say more about each count than whole files, and short prompts are like them. */
const chunkLength = 1500;

/** Fits the table, writes it, and leaves the held-out files with their counts for the bench. */
export async function fit() {
  const folder = join(cacheFolder(), 'estimator');
  await mkdir(folder, { recursive: true });
  const samples = await step('Reading the corpus', () => readCorpus(join(folder, 'packages')));
  const fitted = samples.filter(({ heldOut }) => !heldOut);
  const heldOut = samples.filter(sample => sample.heldOut);
  const chunks = fitted.flatMap(sample => split(sample.text).map(text => ({ ...sample, text })));
  const code = await loadEstimator(folder);

  const hashed = await learnTable(folder, fitted, code);
  const count = (/** @type {{ text: string }} */ { text }) => code.countFeatures(text, hashed);
  const importance = importanceOf(chunks);
  const rows = chunks.map(chunk => ({ counts: count(chunk), importance: importance(chunk) }));
  const judged = heldOut.map(count);
  const real = {
    chunks: await countTokens(
      folder,
      chunks.map(({ text }) => text),
    ),
    heldOut: await countTokens(
      folder,
      heldOut.map(({ text }) => text),
    ),
  };

  const spread = (/** @type {Float64Array} */ weights, /** @type {string} */ family) =>
    spreadOf(judged, weights, real.heldOut[family] ?? [], code);
  /** @type {Record<string, { spread: number, weights: Float64Array }>} */
  const models = {};
  for (const family of families) {
    const exact = await step(`Fitting ${family}`, async () =>
      fitRelative(rows, real.chunks[family] ?? [], assumedWeights(code)),
    );
    const weights = toTableNumbers(exact, code.weightFormat, code.digits);
    models[family] = { spread: spread(weights, family), weights };
  }
  const all = Object.values(models);
  const others = assumedWeights(code).map((_, place) => mean(all.map(({ weights }) => weights[place] ?? 0)));
  await writeTable(models, Math.max(...families.map(family => spread(others, family))), hashed, code);
  await writeFile(
    join(folder, 'heldOut.json'),
    JSON.stringify(
      heldOut.map(({ language, text }, index) => ({ language, text, counts: countsAt(real.heldOut, index) })),
    ),
  );
  await countFixtures(folder);
}

/**
 * What is learnt by heart, from the texts that are not held out.
 * @param {string} folder
 * @param {readonly Sample[]} samples
 * @param {EstimatorCode} code
 */
async function learnTable(folder, samples, code) {
  const texts = samples.map(({ text }) => text);
  /** @type {Record<typeof parts[number], Float64Array>} */
  const table = { words: new Float64Array(), signs: new Float64Array(), characters: new Float64Array() };
  for (const part of parts) {
    const types = findTypes(part, texts);
    const counts = await countTokens(
      folder,
      [...types.keys()].map(text => inContext(part, text)),
    );
    const means = new Map(
      [...types.keys()].map((text, index) => [text, mean(Object.values(countsAt(counts, index)))]),
    );
    const hash = (/** @type {string} */ text) =>
      part === 'characters' ? text.charCodeAt(0) : code.hashOf(text);
    const size = code.buckets[part];
    const bucket = (/** @type {string} */ text) => code.bucketOf(hash(text), size);
    const entries = learnEntries(part, types, text => means.get(text) ?? 0, bucket, size);
    table[part] = toTableNumbers(entries, code.entryFormat, code.digits);
  }
  return table;
}

/** @param {Readonly<Record<string, readonly number[]>>} counts @param {number} index */
function countsAt(counts, index) {
  return Object.fromEntries(families.map(family => [family, counts[family]?.[index] ?? 0]));
}

/** Pieces of a text, cut at line ends. @param {string} text */
function split(text) {
  /** @type {string[]} */
  const pieces = [];
  let piece = '';
  for (const line of text.split(/(?<=\n)/)) {
    piece += line;
    if (piece.length > chunkLength) {
      pieces.push(piece);
      piece = '';
    }
  }
  return piece === '' ? pieces : [...pieces, piece];
}

/**
 * No language and no package outvotes the others.
 * @param {readonly Sample[]} chunks
 * @returns {(chunk: Sample) => number}
 */
function importanceOf(chunks) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { language, package: name } of chunks) {
    for (const key of [language, name]) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return ({ language, package: name, text }) =>
    Math.min(1, text.length / 1000) / Math.sqrt((counts.get(language) ?? 1) * (counts.get(name) ?? 1));
}

/** What counts without evidence: a script that no text had. @param {EstimatorCode} code */
function assumedWeights({ at, perScript, scriptCount, weightCount }) {
  const weights = new Float64Array(weightCount);
  for (let script = 0; script < scriptCount; script++) weights[at.script + script * perScript + 1] = 0.8;
  weights[at.consonants] = 0.1;
  weights[at.dense] = 0.1;
  return weights;
}

/**
 * How much more than estimated 99.9 % of the files count at most, beyond what the bound adds anyway.
 * @param {readonly Float64Array[]} judged
 * @param {Float64Array} weights
 * @param {readonly number[]} real
 * @param {EstimatorCode} code
 */
function spreadOf(judged, weights, real, { oddBytesAt, slackTokens }) {
  const shares = judged.map((counts, index) => {
    const explained = (counts[oddBytesAt] ?? 0) + slackTokens;
    return ((real[index] ?? 0) - explained) / Math.max(dot(weights, counts), 1) - 1;
  });
  const sorted = shares.sort((a, b) => a - b);
  return Math.max(leastSpread, sorted[Math.ceil(sorted.length * 0.999) - 1] ?? 0);
}

const leastSpread = 0.15;

/** @param {readonly number[]} values */
const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;
