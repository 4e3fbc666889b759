import type { Model } from './model';
import { vendorOf } from './modelId';

/** Models of one family count alike: the tokenizer the catalogue names; where it names none, their maker. */
export function tokenizerFamily({ id, tokenizer }: Pick<Model, 'id' | 'tokenizer'>): string {
  if (tokenizer !== undefined && tokenizer !== 'Other') return tokenizer;
  return vendorOf(id);
}
