import type { Disposable } from '../../core/base/event';
import { say } from '../../core/base/plainText';
import type { LedgerStore } from '../../core/ledger/ledger';
import type { LedgerQueries } from '../../core/ledger/ledgerQueries';
import type { CacheUse } from '../../core/models/caching/cacheTrials';
import type { Log } from '../ports/log';

/** So many of a model's latest requests, and of all, say how caches and this user behave. */
const latestUses = 400;

/** What the ledger says of prompt caches, read once until a row changes. */
export class CacheRecord implements Disposable {
  private readonly uses = new Map<string, Promise<readonly CacheUse[]>>();
  private readonly subscription: Disposable;

  constructor(
    store: Pick<LedgerStore, 'onDidChange'>,
    private readonly queries: Pick<LedgerQueries, 'cacheUses'>,
    private readonly log: Pick<Log, 'error'>,
  ) {
    this.subscription = store.onDidChange(() => this.uses.clear());
  }

  of(model: string): Promise<readonly CacheUse[]> {
    const known = this.uses.get(model) ?? this.read(model);
    this.uses.set(model, known);
    return known;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async read(model: string): Promise<readonly CacheUse[]> {
    try {
      return await this.queries.cacheUses(model, latestUses);
    } catch (error) {
      // Then only what providers document is known.
      this.log.error(say`The usage history could not be read`, error);
      return [];
    }
  }
}
