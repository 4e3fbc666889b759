/**
 * Pieces as a byte-pair tokenizer would cut them: a word of up to seven letters with its space, a run
 * of punctuation, a line break with its indentation. Joined they are the text again; a surrogate pair
 * is never split.
 */
const piece = / ?\p{L}{1,7}| ?\p{N}{1,3}|[\r\n]+[ \t]*| ?[!-/:-@[-`{-~]{1,3}|[ \t]+|[\s\S]/gu;

export const tokenize = (text: string): readonly string[] => text.match(piece) ?? [];

export function countTokens(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(piece)) count++;
  return count;
}

/** The first `limit` tokens of `text`. */
export const firstTokens = (text: string, limit: number): string => tokenize(text).slice(0, limit).join('');

/** What the frame of a prompt adds: once, and for each message. */
export const promptOverhead = 3;
export const messageOverhead = 4;

/** Vendors count the same prompt differently: percent of {@link countTokens}. */
const promptPercent: Readonly<Record<string, number>> = {
  Claude: 118,
  Gemini: 104,
  Grok: 97,
  Llama3: 106,
  Mistral: 111,
};

export const nativePromptTokens = (count: number, tokenizer: string): number =>
  Math.ceil((count * (promptPercent[tokenizer] ?? 100)) / 100);
