import { type Disposable, Emitter, type Event } from '../../core/base/event';
import { type PlainText, say } from '../../core/base/plainText';
import type { AddedPart } from '../../core/chat/addedPart';
import type { ContextSource, QuestionSources } from '../ports/questionSources';

/** Something that goes along with the next question. */
export interface ContextItem {
  readonly id: string;
  /** Undefined for what was taken when it was added: an image, what the terminal or the clipboard held. */
  readonly source?: ContextSource;
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
    private readonly sources: Pick<QuestionSources, 'read'>,
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
  addPart(part: AddedPart): PlainText | undefined {
    return this.append({ id: this.newId(), part });
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
    if (!item.source) return item;
    const read = await this.sources.read(item.source);
    if (!read.ok) return { ...item, problem: read.problem };
    const isSameText = item.part.kind !== 'image' && JSON.stringify(item.part) === JSON.stringify(read.part);
    if (isSameText && item.problem === undefined) return item;
    return { id: item.id, source: item.source, part: read.part };
  }

  private change(items: readonly ContextItem[]): void {
    this.current = items;
    this.changes.fire();
  }
}

/** The line of a symbol moves with what is typed above it. */
const isSame = (one: ContextSource | undefined, other: ContextSource): boolean =>
  one !== undefined && JSON.stringify({ ...one, line: 0 }) === JSON.stringify({ ...other, line: 0 });
