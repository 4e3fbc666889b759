import { say } from '../../core/base/plainText';
import type { LedgerQueries } from '../../core/ledger/ledgerQueries';
import { type UsageMix, usualMix } from '../../core/money/usageMix';
import type { Log } from '../ports/log';

/** How far back the user's habits are looked for. */
const habitMs = 90 * 86_400_000;
/** Requests that are looked through for the models used last. */
const rowsLookedAt = 200;
const mostRecent = 6;

/** What the ledger says of how models were used. A ledger that cannot be read says nothing. */
export class UsedModels {
  constructor(
    private readonly queries: Pick<LedgerQueries, 'rows' | 'split' | 'usage'>,
    private readonly log: Pick<Log, 'error'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Ids of the models asked last, the latest first, each once. */
  recent(): Promise<readonly string[]> {
    return this.orElse([], async () => {
      const { rows } = await this.queries.rows({ limit: rowsLookedAt });
      const asked = rows.filter(({ origin }) => origin !== 'checkConnection');
      return [...new Set(asked.map(({ requestedModel }) => requestedModel))].slice(0, mostRecent);
    });
  }

  /** The names of all models that have answered, or were asked where none did. */
  all(): Promise<readonly string[]> {
    return this.orElse([], async () => {
      const parts = await this.queries.split('model', {});
      return parts.flatMap(({ value }) => value ?? []);
    });
  }

  /** How much this user sends and receives. */
  mix(): Promise<UsageMix> {
    return this.orElse(usualMix, async () => {
      const { promptTokens, completionTokens } = await this.queries.usage({ fromMs: this.now() - habitMs });
      return promptTokens + completionTokens > 0 ? { promptTokens, completionTokens } : usualMix;
    });
  }

  /** When a model that goes by any of `names` was asked last, in epoch ms; undefined: never. */
  lastUse(names: readonly string[]): Promise<number | undefined> {
    return this.orElse(undefined, async () => {
      const pages = await Promise.all(names.map(model => this.queries.rows({ filter: { model }, limit: 1 })));
      const times = pages.flatMap(({ rows }) => rows.map(({ startedAt }) => startedAt));
      return times.length > 0 ? Math.max(...times) : undefined;
    });
  }

  private async orElse<T>(fallback: T, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      this.log.error(say`The usage history could not be read`, error);
      return fallback;
    }
  }
}
