import { basename } from 'node:path';

/** Pages of manuals are taken as the text they show. @param {string} path */
export const isPage = path => /\/(?:help|doc|declaration)\//.test(path) && /\.(?:html|page)$/.test(path);

/**
 * The text that a reader sees of a translated file.
 * @param {string} raw
 * @param {string} path
 * @returns {string}
 */
export function toProse(raw, path) {
  if (path.endsWith('.po')) return translations(raw);
  if (isPage(path)) return withoutTags(raw);
  if (/\.\d\w*\.gz$/.test(basename(path))) return withoutMacros(raw);
  return raw;
}

/** @param {string} raw a gettext catalogue */
function translations(raw) {
  return [...raw.matchAll(/^msgstr(?:\[\d\])? ((?:".*"\n?)+)/gm)]
    .map(([, quoted = '']) => quoted.replaceAll(/"\n"/g, '').trim().slice(1, -1))
    .map(line => line.replaceAll('\\n', '\n').replaceAll('\\"', '"'))
    .filter(line => line !== '')
    .join('\n');
}

/** @param {string} raw HTML or a page of GNOME's help */
function withoutTags(raw) {
  return raw
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/[ \t]*\n\s*/g, '\n')
    .trim();
}

/** @param {string} raw a page of `man` */
function withoutMacros(raw) {
  return raw
    .replaceAll(/^\.\\".*\n/gm, '')
    .replaceAll(/^['.]\w+ ?/gm, '')
    .replaceAll(/\\f\[?\w+\]?|\\&/g, '')
    .replaceAll('\\-', '-');
}

/** In order of precedence: Japanese has Han characters, too. @type {readonly (readonly [string, RegExp])[]} */
const scripts = [
  ['Japanese', /[\u3040-\u30ff]/g],
  ['Chinese', /\p{Script=Han}/gu],
  ['Korean', /\p{Script=Hangul}/gu],
  ['Cyrillic', /\p{Script=Cyrillic}/gu],
  ['Arabic', /\p{Script=Arabic}/gu],
  ['Devanagari', /\p{Script=Devanagari}/gu],
  ['Greek', /\p{Script=Greek}/gu],
  ['Hebrew', /\p{Script=Hebrew}/gu],
  ['Thai', /\p{Script=Thai}/gu],
  ['other scripts', /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/gu],
];
const leastShare = 0.15;

/** What prose is mostly written in. @param {string} text */
export function scriptOf(text) {
  const found = scripts.find(([, pattern]) => (text.match(pattern)?.length ?? 0) > text.length * leastShare);
  return found?.[0] ?? 'Latin';
}
