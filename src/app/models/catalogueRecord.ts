import { say } from '../../core/base/plainText';
import type { CachedModels } from '../../core/models/cachedModels';
import {
  addChange,
  type CatalogueHistory,
  compareCatalogues,
  isNoChange,
} from '../../core/models/catalogueHistory';
import type { JsonStore } from '../ports/jsonStore';
import type { Log } from '../ports/log';

/** A list that has lost more than half of its models is one of a server in trouble, not news. */
const leastKept = 0.5;

/** How the list of models has changed since it was first fetched. */
export class CatalogueRecord {
  private known: Promise<CatalogueHistory | undefined> | undefined;
  private noting: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Pick<JsonStore<CatalogueHistory>, 'read' | 'write'>,
    private readonly log: Pick<Log, 'error'>,
  ) {}

  /** Notes what a list has otherwise than the one before it. Nobody need wait: it never rejects. */
  note(before: CachedModels | undefined, after: CachedModels): Promise<void> {
    this.noting = this.noting
      .then(() => this.add(before, after))
      .catch(error => this.log.error(say`The changes of the list of models could not be kept`, error));
    return this.noting;
  }

  /** Of one server; an empty one when nothing has changed yet. */
  async of(baseUrl: string): Promise<CatalogueHistory> {
    await this.noting;
    this.known ??= this.store.read();
    const known = await this.known;
    return known?.baseUrl === baseUrl ? known : { baseUrl, changes: [] };
  }

  private async add(before: CachedModels | undefined, after: CachedModels): Promise<void> {
    const { baseUrl, models, fetchedAtMs } = after;
    if (before?.baseUrl !== baseUrl || models.length < before.models.length * leastKept) return;
    const change = compareCatalogues(before.models, models, fetchedAtMs);
    if (isNoChange(change)) return;
    // Read anew: another window may have added to it.
    const kept = await this.store.read();
    const past = kept?.baseUrl === baseUrl ? kept : { baseUrl, changes: [] };
    const next = addChange(past, change);
    this.known = Promise.resolve(next);
    if (next !== past) await this.store.write(next);
  }
}
