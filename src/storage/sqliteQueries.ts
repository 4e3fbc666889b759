import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { yieldToEventLoop } from '../core/base/yieldToEventLoop';
import type { LedgerEntry } from '../core/ledger/ledger';
import {
  compareParts,
  type LedgerQueries,
  type RowFilter,
  type RowPage,
  type RowQuery,
  type SplitBy,
  toCacheUse,
  type UsagePart,
  type UsageTotals,
} from '../core/ledger/ledgerQueries';
import type { Period } from '../core/ledger/period';
import type { AnswerLength, WorkloadCuts, Workloads } from '../core/ledger/workload';
import type { CacheUse } from '../core/models/caching/cacheTrials';
import { estimatorVersion, type PromptCount } from '../core/money/estimate';
import type { Pico } from '../core/money/pico';
import { toEntry } from './ledgerColumns';
import { readPage } from './rowPages';
import { asideMark, type Connection, type SqliteFile } from './sqliteFile';
import { splitOf, usageOf } from './usageSums';
import { readAnswerLengths, readWorkloads } from './workloadSums';

const exportPage = 500;
const deleteBatch = 500;
/** So many of a model's latest requests say what is usual. */
const costSamples = 1000;

/** So many of a model's latest rows are looked at for counts that today's estimator has made. */
const rowsPassedOver = 1000;

/** The reading side of the SQLite ledger. */
export class SqliteQueries implements LedgerQueries {
  constructor(
    private readonly file: SqliteFile,
    private readonly fireChange: (id: string) => void,
  ) {}

  get location(): string {
    return this.file.path;
  }

  async usage(period: Period): Promise<UsageTotals> {
    return this.file.run(connection => usageOf(connection, period));
  }

  async series(boundariesMs: readonly number[]): Promise<readonly UsageTotals[]> {
    return this.file.run(connection =>
      boundariesMs.slice(1).map((toMs, index) => usageOf(connection, { fromMs: boundariesMs[index], toMs })),
    );
  }

  async split(by: SplitBy, period: Period): Promise<readonly UsagePart[]> {
    const parts = await this.file.run(connection => splitOf(connection, by, period));
    return [...parts].sort(compareParts);
  }

  async rows(query: RowQuery): Promise<RowPage> {
    return readPage(this.file, query);
  }

  async *allRows(filter: RowFilter): AsyncIterable<LedgerEntry> {
    let after: string | undefined;
    do {
      const page = await this.rows({ filter, ascending: true, limit: exportPage, after });
      yield* page.rows;
      after = page.next;
      // A million rows are read without a wait for anything else: whoever wants to stop that must get a turn.
      if (after !== undefined) await yieldToEventLoop();
    } while (after !== undefined);
  }

  async promptCounts(models: readonly string[], count: number): Promise<readonly PromptCount[]> {
    // One look into the index for each model: a family with a long history costs no more than one without.
    // Rows that another rule has estimated are passed over, and not without end.
    const sql = `SELECT promptTokens, estimatedPromptTokens FROM
        (SELECT promptTokens, estimatedPromptTokens, estimator FROM requests
         WHERE requestedModel = ? AND promptTokens IS NOT NULL AND estimatedPromptTokens IS NOT NULL
         ORDER BY startedAt DESC LIMIT ${rowsPassedOver})
      WHERE estimator = ? LIMIT ?`;
    return this.file.run(connection => {
      const latest = connection.prepare(sql);
      return models.flatMap(model =>
        latest.all(model, estimatorVersion, count).map(row => ({
          model,
          promptTokens: Number(row.promptTokens),
          estimatedPromptTokens: Number(row.estimatedPromptTokens),
        })),
      );
    });
  }

  async cacheUses(model: string, count: number): Promise<readonly CacheUse[]> {
    const columns =
      'id, sessionId, startedAt, requestedModel, provider, promptTokens, cachedTokens, cacheWriteTokens';
    // Both stop after `count` rows of an index, whatever the rows hold.
    const ofModel = `SELECT ${columns} FROM requests
      WHERE requestedModel = ? AND promptTokens IS NOT NULL AND estimatedPromptTokens IS NOT NULL
      ORDER BY startedAt DESC LIMIT ?`;
    const ofAll = `SELECT ${columns} FROM requests ORDER BY startedAt DESC, id DESC LIMIT ?`;
    return this.file.run(connection => {
      const rows = [
        ...connection.prepare(ofModel).all(model, count),
        ...connection.prepare(ofAll).all(count),
      ];
      return [...new Map(rows.map(row => [row.id, row])).values()].map(toEntry).flatMap(toCacheUse);
    });
  }

  async costsOf(action: string, model: string, except: string): Promise<readonly Pico[]> {
    // The inner conditions are those of an index, so that a long history of other models is not looked through.
    const sql = `SELECT costPico FROM (SELECT id, action, costState, costPico FROM requests
        WHERE requestedModel = ? AND promptTokens IS NOT NULL AND estimatedPromptTokens IS NOT NULL
        ORDER BY startedAt DESC LIMIT ${costSamples})
      WHERE action = ? AND id <> ? AND costPico IS NOT NULL AND costState IN ('billed', 'settled', 'free')`;
    return this.file.run(connection =>
      connection
        .prepare(sql)
        .all(model, action, except)
        .map(row => BigInt(String(row.costPico))),
    );
  }

  async workloads(filter: RowFilter, cuts: WorkloadCuts, signal: AbortSignal): Promise<Workloads> {
    return readWorkloads(this.file, filter, cuts, signal);
  }

  async answerLengths(model: string, count: number): Promise<readonly AnswerLength[]> {
    return this.file.run(connection => readAnswerLengths(connection, model, count));
  }

  async deleteRows({ fromMs = 0, toMs = Number.MAX_SAFE_INTEGER }: Period): Promise<number> {
    const sql = `DELETE FROM requests WHERE rowid IN (SELECT rowid FROM requests
      WHERE startedAt >= ? AND startedAt < ? AND outcome <> 'started' LIMIT ${deleteBatch}) RETURNING id`;
    let deleted = 0;
    for (let batch: readonly unknown[] = []; ; ) {
      batch = await this.file.run(connection => {
        overwriteDeleted(connection);
        return connection.prepare(sql).all(fromMs, toMs);
      });
      deleted += batch.length;
      if (batch.length < deleteBatch) break;
      await yieldToEventLoop();
    }
    if (deleted === 0) return 0;
    await this.file.run(connection => {
      overwriteDeleted(connection);
      connection.transact(() => connection.database.exec(deleteEmptySums));
    });
    await this.file.run(({ database }) => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    this.fireChange('');
    return deleted;
  }

  async setAside(): Promise<readonly string[]> {
    const prefix = `${basename(this.location)}${asideMark}`;
    const names = await this.file.run(() => readdirSync(dirname(this.location)));
    return names.filter(name => name.startsWith(prefix) && !/-(wal|shm)$/.test(name)).sort();
  }
}

/** The triggers leave a sum of no rows at zero, with the name of what it summed. */
const deleteEmptySums = 'DELETE FROM parts WHERE requests = 0; DELETE FROM quarters WHERE requests = 0';

/** What the user deletes is overwritten, not only unlinked. */
function overwriteDeleted({ database }: Connection): void {
  database.exec('PRAGMA secure_delete = ON');
}
