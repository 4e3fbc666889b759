import { fuzzyMatch, type SearchText, type SearchWord, toSearchText, toSearchWord } from './fuzzyMatch';
import type { Model } from './model';
import { filterOf, type ModelFilter, type OfferedModel } from './modelFilter';
import { vendorOf } from './modelId';
import { type ModelOrder, modelOrders, type SortFacts, sortModels } from './modelSort';

/** What is typed into the box of a list of models. */
export interface ModelQuery {
  /** To search for, in lower case. */
  readonly words: readonly string[];
  readonly filters: readonly ModelFilter[];
  /** Of the last `sort:` word. */
  readonly order?: ModelOrder;
}

/** `claude free >200k sort:price`: words to search for, words that filter, and an order. */
export function parseModelQuery(typed: string): ModelQuery {
  const words: string[] = [];
  const filters: ModelFilter[] = [];
  let order: ModelOrder | undefined;
  for (const word of typed.trim().toLowerCase().split(/\s+/)) {
    const filter = filterOf(word);
    if (word.startsWith('sort:')) order = modelOrders.find(each => each === word.slice(5)) ?? order;
    else if (filter) filters.push(filter);
    else if (word !== '') words.push(word);
  }
  return order === undefined ? { words, filters } : { words, filters, order };
}

/** The text with `word` in it, or without it where it is. */
export function toggleWord(typed: string, word: string): string {
  const words = typed.split(/\s+/).filter(each => each !== '');
  const rest = words.filter(each => each.toLowerCase() !== word);
  const next = rest.length < words.length ? rest : [word, ...words];
  return next.length > 0 ? `${next.join(' ')} ` : '';
}

export const hasWord = (typed: string, word: string): boolean =>
  typed.toLowerCase().split(/\s+/).includes(word);

/** A list of models made ready to be searched at every key that is pressed. */
export class ModelSearch<T extends OfferedModel> {
  private readonly entries: readonly { readonly row: T; readonly texts: readonly SearchText[] }[];

  constructor(readonly rows: readonly T[]) {
    this.entries = rows.map(row => ({ row, texts: textsOf(row.model) }));
  }

  /**
   * The rows that pass all filters and match all words. With an order that was chosen in this order, else the best
   * matches first; equal ones stay as they were.
   */
  find({ words, filters }: ModelQuery, order: ModelOrder, facts: SortFacts): readonly T[] {
    const passing = this.entries.filter(({ row }) => filters.every(filter => filter(row, facts.nowMs)));
    if (words.length === 0) return sortModels(rowsOf(passing), order, facts);
    const searched = words.map(toSearchWord);
    const scored = passing.flatMap(entry => {
      const score = scoreOf(searched, entry.texts);
      return score === undefined ? [] : [{ row: entry.row, score }];
    });
    if (order !== 'list') return sortModels(rowsOf(scored), order, facts);
    return rowsOf(scored.sort((a, b) => b.score - a.score));
  }
}

const rowsOf = <T>(entries: readonly { readonly row: T }[]): readonly T[] => entries.map(({ row }) => row);

const textsOf = ({ id, name }: Model): readonly SearchText[] =>
  [id.slice(id.indexOf('/') + 1), name, id, vendorOf(id)].map(toSearchText);

function scoreOf(words: readonly SearchWord[], texts: readonly SearchText[]): number | undefined {
  let sum = 0;
  for (const word of words) {
    let best: number | undefined;
    for (const text of texts) {
      const score = fuzzyMatch(word, text);
      if (score !== undefined && (best === undefined || score > best)) best = score;
    }
    if (best === undefined) return undefined;
    sum += best;
  }
  return sum;
}
