import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The licence notices that go along with bundled code: every package's name, version and licence texts.
 * @param {readonly string[]} inputs files that were bundled, as esbuild's metafile names them
 * @returns {string}
 */
export function thirdPartyNotices(inputs) {
  const folders = new Set(inputs.flatMap(input => packageFolder(input) ?? []));
  const notices = [...folders].map(describe).sort((a, b) => a.name.localeCompare(b.name));
  return [introduction, ...notices.map(({ text }) => text)].join(`\n\n${'-'.repeat(80)}\n\n`);
}

const introduction = 'Ask OpenRouter contains code and icons of the packages below, under these licences.';

/**
 * @param {string} input
 * @returns {string | undefined} undefined for a file of our own
 */
function packageFolder(input) {
  // Icons are drawn into the bundle one by one.
  if (input.startsWith('codicon:')) return join('node_modules', '@vscode', 'codicons');
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

/** @param {string} folder */
function describe(folder) {
  const { name, version, license, homepage, repository } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const source = homepage ?? repository?.url ?? repository ?? '';
  const texts = licenceFiles(folder).map(file => readFileSync(file, 'utf8').trim());
  if (texts.length === 0) throw new Error(`${name} is bundled and has no licence text.`);
  return { name, text: `${name} ${version} (${license})\n${source}\n\n${texts.join('\n\n')}` };
}

/**
 * @param {string} folder
 * @returns {readonly string[]}
 */
function licenceFiles(folder) {
  const named = readdirSync(folder).filter(name => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(name));
  return named.sort().map(name => join(folder, name));
}
