import { type Family, fittedFamily } from './tokenModel';

/** Tokens of ordinary source code for 100 of GPT's; `test/unit/money/typicalTokens.test.ts` holds them to real counts. */
const typical: Readonly<Record<Family, number>> = {
  claude: 109,
  deepseek: 105,
  gemma: 115,
  gpt: 100,
  llama3: 100,
  qwen: 101,
};

const all = Object.values(typical);
const mean = all.reduce((sum, count) => sum + count, 0) / all.length;

/** How many tokens code has by a tokenizer, for 100 of GPT's; the mean for one that nothing is known of. */
export function typicalTokens(tokenizer: string): number {
  const family = fittedFamily(tokenizer);
  return family ? typical[family] : mean;
}
