import { entryFormat, readNumbers, weightFormat } from './codec';
import { countFeatures } from './countFeatures';
import { bytesAt, oddBytesAt, slackTokens, weightCount } from './features';
import type { HashTable } from './hashedTable';
import { tokenTable } from './tokenTable';

/** Counts of a text, the same for every tokenizer; they add up over texts. */
export type TextFeatures = Float64Array;

export type Family = keyof typeof tokenTable.families;

/** Weights of one family's tokenizer, or of the mean of all. */
interface TokenModel {
  readonly weights: Float64Array;
  /** 99.9 % of files that it was not fitted to count at most so much more than estimated, as a share. */
  readonly spread: number;
}

/** Which tokenizer counts like a catalogue's tokenizer or a vendor's models, by how the name begins. */
const familyNames: readonly (readonly [name: RegExp, family: Family])[] = [
  [/^(?:claude|anthropic)/, 'claude'],
  [/^deepseek/, 'deepseek'],
  [/^(?:gemma|gemini|google)/, 'gemma'],
  // Llama 4 has a vocabulary that was made as GPT-4o's was.
  [/^(?:gpt|openai|o200k|llama-?4)/, 'gpt'],
  [/^(?:llama-?3|meta)/, 'llama3'],
  [/^qwen/, 'qwen'],
];

const familiesOfAll = Object.keys(tokenTable.families);

let hashed: HashTable | undefined;
const models = new Map<Family | undefined, TokenModel>();

export function countText(text: string): TextFeatures {
  return countFeatures(text, hashedTable());
}

/** The most likely number of tokens; `tokenizer` as the catalogue or the vendor's part of an id names it. */
export function likelyTokens(features: TextFeatures, tokenizer: string | undefined): number {
  const { weights } = modelOf(tokenizer);
  let tokens = 0;
  for (let index = 0; index < weightCount; index++) {
    tokens += (features[index] ?? 0) * (weights[index] ?? 0);
  }
  const bytes = features[bytesAt] ?? 0;
  // No text but the empty one has no token, and none has more than it has bytes.
  return Math.min(Math.max(tokens, bytes > 0 ? 1 : 0), bytes);
}

/** More tokens than a text of these features has: bytes count one by one where nothing can be foretold. */
export function mostTokens(features: TextFeatures, tokenizer: string | undefined): number {
  const [bytes, oddBytes] = [features[bytesAt] ?? 0, features[oddBytesAt] ?? 0];
  const isKnown = fittedFamily(tokenizer) !== undefined;
  const likely = isKnown
    ? likelyTokens(features, tokenizer)
    : Math.max(...familiesOfAll.map(family => likelyTokens(features, family)));
  return Math.min(likely * (1 + modelOf(tokenizer).spread) + oddBytes + slackTokens, bytes);
}

export function fittedFamily(tokenizer: string | undefined): Family | undefined {
  const name = tokenizer?.toLowerCase() ?? '';
  return familyNames.find(([pattern]) => pattern.test(name))?.[1];
}

function modelOf(tokenizer: string | undefined): TokenModel {
  const family = fittedFamily(tokenizer);
  const known = models.get(family) ?? (family ? readModel(tokenTable.families[family]) : meanModel());
  models.set(family, known);
  return known;
}

function readModel({ spread, weights }: { readonly spread: number; readonly weights: string }): TokenModel {
  return { spread, weights: readNumbers(weights, weightFormat) };
}

/** For tokenizers that nobody has fitted. */
function meanModel(): TokenModel {
  const all = Object.values(tokenTable.families).map(readModel);
  const weights = new Float64Array(weightCount);
  for (const model of all) {
    for (let index = 0; index < weightCount; index++) {
      weights[index] = (weights[index] ?? 0) + (model.weights[index] ?? 0) / all.length;
    }
  }
  return { spread: tokenTable.spreadOfOthers, weights };
}

function hashedTable(): HashTable {
  hashed ??= {
    words: readNumbers(tokenTable.words, entryFormat),
    signs: readNumbers(tokenTable.signs, entryFormat),
    characters: readNumbers(tokenTable.characters, entryFormat),
  };
  return hashed;
}
