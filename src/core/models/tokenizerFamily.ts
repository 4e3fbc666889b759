import type { Model } from './model';
import { vendorOf } from './modelId';

/** What the catalogue says of models whose tokenizer it does not know, or that are one of several. */
const unnamed: ReadonlySet<string | undefined> = new Set([undefined, 'Other', 'Router']);

/** Models of one family count alike: the tokenizer the catalogue names; where it names none, their maker. */
export function tokenizerFamily({ id, tokenizer }: Pick<Model, 'id' | 'tokenizer'>): string {
  if (tokenizer !== undefined && !unnamed.has(tokenizer)) return tokenizer;
  return vendorOf(id);
}
