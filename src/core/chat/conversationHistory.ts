import type { Pico } from '../money/pico';
import type { Conversation } from './conversation';

/** What the requests of a conversation have cost together. */
export interface ConversationCost {
  /** The sum of what was billed, settled or free. */
  readonly knownPico: Pico;
  /** Every cost is in the sum: none is pending, estimated or unknown. */
  readonly isComplete: boolean;
}

/** What the list shows of a kept conversation. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  /** Name of the workspace it began in; undefined without one. */
  readonly workspace?: string;
  /** Epoch ms: its first question. */
  readonly createdAtMs: number;
  /** Epoch ms: its last question, or the end of its answer. */
  readonly changedAtMs: number;
  readonly isPinned: boolean;
  readonly turns: number;
  readonly cost: ConversationCost;
  /** In what was found by a search: the words around the first place, on one line. */
  readonly found?: string;
}

/** Pinned ones first, then the newest. */
export interface ConversationPage {
  readonly rows: readonly ConversationSummary[];
  /** How many there are in all, or match. */
  readonly total: number;
}

/** A conversation to be kept, with what the list and the search need of it. */
export interface ConversationDraft extends Omit<ConversationSummary, 'id' | 'isPinned' | 'found'> {
  readonly conversation: Conversation;
  /** All that a search looks at besides the title: of each turn what was asked and answered. */
  readonly texts: readonly string[];
}

export type SaveResult =
  | 'saved'
  /** What is kept has turns that `draft` has not: another window went on with it. Nothing was written. */
  | 'conflict'
  /** It was deleted since this window read or wrote it, and nothing was asked since. Nothing was written. */
  | 'deleted';

/**
 * The kept conversations, shared by all windows. Nothing is read or written before the first call. Calls reject
 * with `LedgerFault` when the file is at fault.
 */
export interface ConversationHistory {
  list(limit: number): Promise<ConversationPage>;
  /** Those that have every word of `text`, or a word that begins so. Without words: {@link list}. */
  search(text: string, limit: number): Promise<ConversationPage>;
  /** Undefined when it was deleted or cannot be read. */
  summary(id: string): Promise<ConversationSummary | undefined>;
  /** Undefined when it was deleted or cannot be read. Answers that no window ended are `interrupted`. */
  load(id: string): Promise<Conversation | undefined>;
  /** Never takes a turn away that another window has added. A title that the user gave stays. */
  save(draft: ConversationDraft): Promise<SaveResult>;
  rename(id: string, title: string): Promise<void>;
  setPinned(id: string, isPinned: boolean): Promise<void>;
  /** Deletes one, and overwrites what it said. */
  remove(id: string): Promise<void>;
  /** Takes the whole file off the disk. */
  removeAll(): Promise<void>;
}
