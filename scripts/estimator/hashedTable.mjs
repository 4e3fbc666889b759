// What no rule foretells is learnt by heart: how much more or less a frequent word, run of signs or character of
// another script counts than others of its kind. Buckets are few and shared, so that the table stays small.

/** @typedef {{ text: string, count: number, kind: string, tokens: number }} Type a text met `count` times */

const patterns = {
  words: /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g,
  signs: /[!-/:-@[-`{-~]+/g,
  characters: /[\u0080-\ud7ff\ue000-\uffff]/g,
};
/** Rarer ones are left to the rules. */
const leastCount = { words: 3, signs: 3, characters: 2 };
const longest = { words: 20, signs: 12, characters: 1 };

/** @typedef {keyof typeof patterns} Part */

export const parts = /** @type {readonly Part[]} */ (Object.keys(patterns));

/**
 * The texts of one part of the table, with how often they were met.
 * @param {Part} part
 * @param {readonly string[]} texts
 * @returns {ReadonlyMap<string, number>}
 */
export function findTypes(part, texts) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const text of texts) {
    for (const [found] of text.matchAll(patterns[part])) {
      if (found.length <= longest[part]) counts.set(found, (counts.get(found) ?? 0) + 1);
    }
  }
  return new Map([...counts].filter(([, count]) => count >= leastCount[part]));
}

/** As it stands in a text: a word after a blank. @param {Part} part @param {string} text */
export const inContext = (part, text) => (part === 'words' ? ` ${text}` : text);

/**
 * Entries of one part of the table.
 * @param {Part} part
 * @param {ReadonlyMap<string, number>} types
 * @param {(text: string) => number} tokensOf averaged over the families
 * @param {(text: string) => number} bucketOf
 * @param {number} size
 * @returns {Float64Array}
 */
export function learnEntries(part, types, tokensOf, bucketOf, size) {
  /** @type {Map<string, { tokens: number, count: number }>} */
  const kinds = new Map();
  for (const [text, count] of types) {
    const kind = kinds.get(kindOf(part, text)) ?? { tokens: 0, count: 0 };
    kind.tokens += Math.sqrt(count) * tokensOf(text);
    kind.count += Math.sqrt(count);
    kinds.set(kindOf(part, text), kind);
  }
  const sums = new Float64Array(size);
  const weights = new Float64Array(size).fill(doubt);
  for (const [text, count] of types) {
    const { tokens, count: all } = kinds.get(kindOf(part, text)) ?? { tokens: 0, count: 1 };
    const bucket = bucketOf(text);
    sums[bucket] = (sums[bucket] ?? 0) + count * (tokensOf(text) - tokens / all);
    weights[bucket] = (weights[bucket] ?? 0) + count;
  }
  return sums.map((sum, bucket) => sum / (weights[bucket] ?? 1));
}

/** A text met so often moves its entry half the way. */
const doubt = 2;

/** What the rules can tell apart already. @param {Part} part @param {string} text */
function kindOf(part, text) {
  if (part === 'signs') return String(Math.min(text.length, 6));
  if (part === 'characters') return String(blocks.findIndex(end => text.charCodeAt(0) < end));
  const letterCase = /^[A-Z]+$/.test(text) ? (text.length === 1 ? 1 : 2) : /^[A-Z]/.test(text) ? 1 : 0;
  return `${letterCase}/${Math.min(text.length, 14)}`;
}

const blocks = [0x400, 0x530, 0x2000, 0x3000, 0x3100, 0xa000, 0x10000];
