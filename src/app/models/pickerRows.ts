import type { Model, Preset } from '../../core/models/model';
import { filterWords, type OfferedModel } from '../../core/models/modelFilter';
import { canBeModelId, findModel, type IdInList, lookUpId } from '../../core/models/modelId';
import { answersInText } from '../../core/models/modelRow';
import { forbiddenBy, type ModelRules, type RuleSetting } from '../../core/models/modelRules';
import { hasWord, ModelSearch, parseModelQuery } from '../../core/models/modelSearch';
import { modelOrders, orderTitles, type SortFacts } from '../../core/models/modelSort';
import { type ModelVariant, variantsOf } from '../../core/models/modelVariants';
import { nearIds } from '../../core/models/nearModels';
import { isFree } from '../../core/money/priceText';

/** A row of the list to choose a model from. */
export type PickerRow =
  | { readonly type: 'group'; readonly title: string }
  | { readonly type: 'model'; readonly offered: OfferedModel; readonly isFavourite: boolean }
  /** A favourite that the list has no more. */
  | { readonly type: 'gone'; readonly id: string; readonly near: readonly string[] }
  | { readonly type: 'preset'; readonly id: string; readonly preset: Preset }
  | { readonly type: 'variant'; readonly variant: ModelVariant }
  /** An id that was typed and is not in the list; `near` has those that are spelt much like it. */
  | {
      readonly type: 'typed';
      readonly id: string;
      readonly found: IdInList;
      readonly near: readonly string[];
      readonly forbidden?: RuleSetting;
    }
  /** A word that can be typed; choosing it puts it into the box. */
  | { readonly type: 'word'; readonly word: string; readonly says: string };

/** What the rows depend on besides the text in the box. */
export interface PickerFacts {
  /** Those that do not answer in text, too. */
  readonly listed: readonly Model[];
  /** Nothing is listed yet because the list is being read for the first time. */
  readonly isListPending?: boolean;
  readonly badgesOf: (id: string) => Omit<OfferedModel, 'model'>;
  readonly rules: ModelRules;
  /** The model in force. */
  readonly current: string;
  readonly favourites: readonly string[];
  /** Used last, the latest first. */
  readonly recent: readonly string[];
  readonly presets: readonly Preset[];
  readonly sort: SortFacts;
}

/** The rows for any text in the box, made ready so that typing is not held up. */
export class PickerRows {
  private readonly search: ModelSearch<OfferedModel>;
  private readonly favourites: ReadonlySet<string>;
  /** What is shown while nothing is typed. */
  private untyped: readonly PickerRow[] | undefined;

  constructor(private readonly facts: PickerFacts) {
    const { listed, badgesOf, rules } = facts;
    this.favourites = new Set(facts.favourites);
    this.search = new ModelSearch(
      listed
        .filter(model => answersInText(model) && forbiddenBy(rules, model.id) === undefined)
        .map(model => ({ ...badgesOf(model.id), model })),
    );
  }

  /** How many models are offered in all. */
  get count(): number {
    return this.search.rows.length;
  }

  of(typed: string): readonly PickerRow[] {
    const help = helpAsked(typed);
    if (help !== undefined) return helpRows(help);
    const query = parseModelQuery(typed);
    const order = query.order ?? 'list';
    const found = this.search.find(query, order, this.facts.sort);
    const isSearched = query.words.length + query.filters.length > 0;
    if (!isSearched && order === 'list') {
      this.untyped ??= [...this.first(), ...this.freeAndPaid(found)];
      return this.untyped;
    }
    const { words } = query;
    const isId = words.length === 1 && query.filters.length === 0 && query.order === undefined;
    return [
      ...(isId ? this.variants(typed.trim()) : []),
      ...group(isSearched ? `${found.length} of ${this.count}` : orderTitles[order], this.toRows(found)),
      ...(isSearched ? this.presets(words) : []),
      ...(isId ? this.typed(typed.trim(), found.length === 0) : []),
    ];
  }

  /** What the list begins with while nothing is typed. */
  private first(): readonly PickerRow[] {
    const { current, favourites, recent } = this.facts;
    const inUse = this.find(current);
    const starred = favourites.flatMap((id): readonly PickerRow[] => {
      const offered = this.find(id);
      if (offered) return this.toRows([offered]);
      return this.isGone(id) ? [{ type: 'gone', id, near: nearIds(this.facts.listed, id) }] : [];
    });
    const others = recent.filter(id => !this.favourites.has(id) && id !== inUse?.model.id);
    return [
      ...group('In use', inUse ? this.toRows([inUse]) : []),
      ...group('Favourites', starred),
      ...group('Used last', this.toRows(others.flatMap(id => this.find(id) ?? []))),
      ...this.presets([]),
    ];
  }

  private freeAndPaid(found: readonly OfferedModel[]): readonly PickerRow[] {
    const inUse = this.find(this.facts.current)?.model.id;
    const groupOf = (title: string, isOfGroup: (model: Model) => boolean) => {
      const models = found.filter(({ model }) => isOfGroup(model));
      const rest = models.filter(({ model }) => model.id !== inUse);
      return group(`${title} (${models.length})`, this.toRows(rest));
    };
    return [
      ...groupOf('Free', ({ pricing }) => isFree(pricing)),
      ...groupOf('Paid', ({ pricing }) => !isFree(pricing)),
    ];
  }

  private find(id: string): OfferedModel | undefined {
    const exact = this.search.rows.find(({ model }) => model.id === id);
    if (exact) return exact;
    const row = findModel(this.facts.listed, id);
    return row && this.search.rows.find(({ model }) => model.id === row.id);
  }

  /** Not in the list at all: one that is forbidden or does not answer in text is only not offered. */
  private isGone(id: string): boolean {
    const { listed, rules } = this.facts;
    return (
      listed.length > 0 && lookUpId(listed, id).kind === 'missing' && forbiddenBy(rules, id) === undefined
    );
  }

  private toRows(found: readonly OfferedModel[]): readonly PickerRow[] {
    return found.map(offered => ({
      type: 'model',
      offered,
      isFavourite: this.favourites.has(offered.model.id),
    }));
  }

  private presets(words: readonly string[]): readonly PickerRow[] {
    const rows = this.facts.presets
      .map(preset => ({ type: 'preset', id: `@preset/${preset.slug}`, preset }) as const)
      .filter(({ id, preset }) =>
        words.every(word => `${id} ${preset.name ?? ''}`.toLowerCase().includes(word)),
      )
      .filter(({ id }) => forbiddenBy(this.facts.rules, id) === undefined);
    return group('Presets of the account', rows);
  }

  private variants(typed: string): readonly PickerRow[] {
    const rows = variantsOf(this.facts.listed, typed)
      .filter(({ id }) => forbiddenBy(this.facts.rules, id) === undefined)
      .map(variant => ({ type: 'variant', variant }) as const);
    return group('Ways to ask for it', rows);
  }

  /** An id that is not in the list can be used all the same: presets, private models, pins, suffixes. */
  private typed(id: string, isAlone: boolean): readonly PickerRow[] {
    const { listed, rules, isListPending = false } = this.facts;
    // Without a vendor it is what the list will be searched for: who presses Enter at once would get a wrong model.
    if (isListPending && !id.includes('/')) return [];
    if (!canBeModelId(id) || this.search.rows.some(({ model }) => model.id === id)) return [];
    const found = lookUpId(listed, id);
    // Only where nothing else is there to choose: comparing spellings takes its time.
    const near = isAlone && found.kind === 'missing' ? nearIds(listed, id) : [];
    const forbidden = forbiddenBy(rules, id, findModel(listed, id)?.id ?? id);
    return group('As typed', [{ type: 'typed', id, found, near, ...(forbidden && { forbidden }) }]);
  }
}

function group(title: string, rows: readonly PickerRow[]): readonly PickerRow[] {
  return rows.length === 0 ? [] : [{ type: 'group', title }, ...rows];
}

/** What is typed behind the question mark of the last word; undefined when there is none. */
function helpAsked(typed: string): string | undefined {
  return /(?:^|\s)\?(\S*)$/.exec(typed)?.[1]?.toLowerCase();
}

function helpRows(asked: string): readonly PickerRow[] {
  const orders = modelOrders
    .filter(order => order !== 'list')
    .map(order => ({ word: `sort:${order}`, says: orderTitles[order] }));
  const filters = filterWords.map(({ word, says }) => ({ word, says: `Models that ${says}` }));
  const toRows = (words: typeof orders): readonly PickerRow[] =>
    words.filter(({ word }) => word.includes(asked)).map(each => ({ type: 'word', ...each }));
  return [...group('Words that filter', toRows(filters)), ...group('Words that sort', toRows(orders))];
}

/** The text after a word of the help was chosen: it takes the place of the question mark. */
export function withChosenWord(typed: string, word: string): string {
  const before = typed
    .replace(/\?\S*$/, '')
    .replace(/\bsort:\S*\s*/g, match => (word.startsWith('sort:') ? '' : match));
  return hasWord(before, word) ? before : `${before}${word} `;
}
