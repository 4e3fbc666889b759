import { type Disposable, Emitter, type Event } from '../../core/base/event';
import { type PlainText, say } from '../../core/base/plainText';
import type { AddedPart } from '../../core/chat/addedPart';
import type { ContextSource, QuestionSources } from '../ports/questionSources';
import { hasContent, type KeptItem, toKeptItems } from './keptContext';

/** Something that goes along with the next question. */
export interface ContextItem {
  readonly id: string;
  /** Undefined for what was taken when it was added: an image, what the terminal or the clipboard held. */
  readonly source?: ContextSource;
  /** Of an image: the file that it was read from, if it was. */
  readonly imageUri?: string;
  /** As it was read last. */
  readonly part: AddedPart;
  /** Why it cannot be sent as things are, in a sentence. */
  readonly problem?: PlainText;
}

/** More of them are no choice any more. */
export const mostItems = 40;

/** What the user has added to the next question of the panel. */
export class ContextList implements Disposable {
  private current: readonly ContextItem[] = [];
  /** What was taken, by what was made of it: it may come back. */
  private readonly taken = new WeakMap<readonly AddedPart[], readonly ContextItem[]>();
  private readonly changes = new Emitter<void>();
  readonly onDidChange: Event<void> = this.changes.event;

  constructor(
    private readonly sources: Pick<QuestionSources, 'read' | 'whyNeverSent'>,
    private readonly newId: () => string,
  ) {}

  get items(): readonly ContextItem[] {
    return this.current;
  }

  /** Reads what `source` means and adds it, in the place of what came from there before; else says why it is not added. */
  async add(source: ContextSource): Promise<PlainText | undefined> {
    const read = await this.sources.read(source);
    if (!read.ok) return read.problem;
    const before = this.current.find(item => isSame(item.source, source));
    if (!before) return this.append({ id: this.newId(), source, part: read.part });
    this.change(
      this.current.map(item => (item === before ? { id: item.id, source, part: read.part } : item)),
    );
    return undefined;
  }

  /** Adds what will not be read again. */
  addPart(part: AddedPart, imageUri?: string): PlainText | undefined {
    return this.append({ id: this.newId(), ...(imageUri !== undefined && { imageUri }), part });
  }

  remove(ids: readonly string[]): void {
    const left = this.current.filter(({ id }) => !ids.includes(id));
    if (left.length < this.current.length) this.change(left);
  }

  /** Everything as it is now; undefined when some of it cannot be sent, which its `problem` then says. */
  async fresh(): Promise<readonly AddedPart[] | undefined> {
    const read = new Map<ContextItem, ContextItem>();
    for (const item of this.current) read.set(item, await this.readAgain(item));
    // What was added or removed meanwhile stays so.
    const items = this.current.map(item => read.get(item) ?? item);
    if (items.some((item, index) => item !== this.current[index])) this.change(items);
    return items.some(({ problem }) => problem !== undefined) ? undefined : items.map(({ part }) => part);
  }

  /** Takes everything out, as it was read last, to be sent. */
  take(): readonly AddedPart[] {
    const parts = this.current.map(({ part }) => part);
    this.taken.set(parts, this.current);
    if (parts.length > 0) this.change([]);
    return parts;
  }

  /** Has what {@link take} gave there again, before what was added since: it was not sent. */
  putBack(parts: readonly AddedPart[] | undefined): void {
    const items = parts && this.taken.get(parts);
    if (items && items.length > 0) this.change([...items, ...this.current]);
  }

  /** What a later session needs. */
  toKeep(): readonly KeptItem[] {
    return toKeptItems(this.current);
  }

  /** Has there what an earlier session kept, before what was added since, and reads it anew. */
  async restore(kept: readonly KeptItem[]): Promise<void> {
    const items = kept.slice(0, mostItems - this.current.length).map(item => ({ id: this.newId(), ...item }));
    if (items.length === 0) return;
    this.change([...items, ...this.current]);
    await this.fresh();
    const ids = new Set(items.map(({ id }) => id));
    const read = this.current.map(item => (ids.has(item.id) ? sayItIsEarly(item) : item));
    if (read.some((item, index) => item !== this.current[index])) this.change(read);
  }

  dispose(): void {
    this.changes.dispose();
  }

  private append(item: ContextItem): PlainText | undefined {
    if (this.current.length >= mostItems)
      return say`No more than ${mostItems} things can go along with a question.`;
    this.change([...this.current, item]);
    return undefined;
  }

  private async readAgain(item: ContextItem): Promise<ContextItem> {
    if (!item.source) return this.checkAgain(item);
    const read = await this.sources.read(item.source);
    if (!read.ok) return { ...item, problem: read.problem };
    const isSameText = item.part.kind !== 'image' && JSON.stringify(item.part) === JSON.stringify(read.part);
    if (isSameText && item.problem === undefined) return item;
    return { id: item.id, source: item.source, part: read.part };
  }

  private async checkAgain(item: ContextItem): Promise<ContextItem> {
    const { id, imageUri, part } = item;
    const forbidden = imageUri === undefined ? undefined : await this.sources.whyNeverSent(imageUri);
    const problem = forbidden ?? (hasContent(part) ? undefined : notKept(part));
    if (problem === item.problem) return item;
    return { id, ...(imageUri !== undefined && { imageUri }), part, ...(problem && { problem }) };
  }

  private change(items: readonly ContextItem[]): void {
    this.current = items;
    this.changes.fire();
  }
}

/** The line of a symbol moves with what is typed above it. */
const isSame = (one: ContextSource | undefined, other: ContextSource): boolean =>
  one !== undefined && JSON.stringify({ ...one, line: 0 }) === JSON.stringify({ ...other, line: 0 });

const notKept = ({ name }: AddedPart): PlainText =>
  say`${name} was too large to be kept when the window was closed: add it again, or leave it out.`;

/** Git and language servers may still be starting in a window that has just opened. */
function sayItIsEarly(item: ContextItem): ContextItem {
  const { source, problem } = item;
  if (!source || source.kind === 'file' || problem === undefined) return item;
  return { ...item, problem: say`${problem} It is read again when the question is sent.` };
}
