import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from '../../src/storage/ledgerMigrations';

/** Before the rollups: rows written now are summed once, by the migration, instead of one by one. */
const versionWithoutRollups = 2;

/**
 * Makes a ledger of `rows` billed requests, evenly spread over the year before `nowMs`, in `folder`. The
 * first window that opens it migrates it to the current schema.
 */
export function createBulkLedger(folder: string, rows: number, nowMs: number): void {
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, 'ledger.sqlite'));
  for (const step of migrations.slice(0, versionWithoutRollups)) database.exec(step);
  const gapMs = Math.floor((365 * 86_400_000) / rows);
  database.exec(`
    PRAGMA user_version = ${versionWithoutRollups};
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO requests (id, startedAt, endedAt, origin, action, workspace, languageId, requestedModel,
      servedModel, provider, generationId, outcome, finishReason, promptTokens, cachedTokens,
      completionTokens, reasoningTokens, reservedPico, costPico, costState, isByok, ttftMs, durationMs,
      maxTokens, estimatedPromptTokens, owner)
    SELECT printf('01J%023d', i), ${nowMs} - (${rows} - i) * ${gapMs}, ${nowMs}, 'command',
      'action' || (i % 8), 'workspace' || (i % 20), 'language' || (i % 12), 'vendor/model-' || (i * 7 % 60),
      'vendor/model-' || (i * 7 % 60), 'Provider ' || (i % 25), 'gen-' || i, 'completed', 'stop',
      1000 + i % 5000, i % 900, 300 + i % 700, i % 300, 100000000, (i * 7919) % 5000000000,
      CASE i % 50 WHEN 0 THEN 'estimated' WHEN 1 THEN 'unknown' ELSE 'billed' END, 0, 300, 5000 + i % 9999,
      4096, 1100 + i % 4000, 'W' || (i / 1000) FROM n`);
  database.close();
}
