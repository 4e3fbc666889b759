import type { SplitBy } from '../core/ledger/ledgerQueries';
import {
  contributionsOf,
  groupedSumsOf,
  partExpressionOf,
  partExpressions,
  summedColumns,
  sumNames,
} from './ledgerSums';

export const quarterMs = 900_000;
export const dayMs = 86_400_000;

/** Version 1: one row per request. */
const requestsTable = `
CREATE TABLE requests (
  id TEXT PRIMARY KEY NOT NULL, startedAt INTEGER NOT NULL, endedAt INTEGER,
  origin TEXT NOT NULL, action TEXT NOT NULL, promptId TEXT, workspace TEXT, languageId TEXT,
  requestedModel TEXT NOT NULL, servedModel TEXT, provider TEXT, generationId TEXT,
  outcome TEXT NOT NULL, finishReason TEXT, nativeFinishReason TEXT, httpStatus INTEGER, errorKind TEXT,
  promptTokens INTEGER, cachedTokens INTEGER, cacheWriteTokens INTEGER,
  completionTokens INTEGER, reasoningTokens INTEGER,
  reservedPico INTEGER, costPico INTEGER, costState TEXT NOT NULL, isByok INTEGER, upstreamPico INTEGER,
  ttftMs INTEGER, durationMs INTEGER, maxTokens INTEGER NOT NULL, estimatedPromptTokens INTEGER,
  compareGroup TEXT, prompt TEXT, answer TEXT
) STRICT;
CREATE INDEX byTime ON requests (startedAt, id);
`;

/** Version 2: which window began a row, and who asks about its cost when. */
const windowsAndLeases = `
ALTER TABLE requests ADD COLUMN owner TEXT;
ALTER TABLE requests ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN dueAt INTEGER;
ALTER TABLE requests ADD COLUMN leaseOwner TEXT;
ALTER TABLE requests ADD COLUMN leaseUntil INTEGER;
CREATE INDEX byOwner ON requests (owner, startedAt);
CREATE INDEX byPending ON requests (owner, outcome) WHERE costState = 'pending';
`;

/**
 * Version 3: sums kept by triggers, so that a million rows cost no more to sum than a day. Quarter hours
 * because every time zone's midnight is one; parts by UTC day, whose ragged ends come from finer sums or rows.
 */
const sumColumns = sumNames.map(name => `${name} INTEGER NOT NULL`).join(', ');
const addSums = sumNames.map(name => `${name} = ${name} + excluded.${name}`).join(', ');
const dimensions = Object.keys(partExpressions) as readonly SplitBy[];

/** In version 3 only pending rows held their reservation. */
const heldInVersion3 = `('pending')`;

const rollups = `
CREATE TABLE quarters (quarter INTEGER PRIMARY KEY, ${sumColumns}) STRICT;
CREATE TABLE parts (dimension TEXT NOT NULL, day INTEGER NOT NULL, value TEXT NOT NULL, ${sumColumns},
  PRIMARY KEY (dimension, day, value)) STRICT, WITHOUT ROWID;
${triggers(heldInVersion3)}
INSERT INTO quarters SELECT startedAt / ${quarterMs}, ${groupedSumsOf('r', heldInVersion3)} FROM requests r GROUP BY 1;
${dimensions
  .map(
    by => `INSERT INTO parts SELECT '${by}', startedAt / ${dayMs}, ${partExpressionOf(by, 'r')},
  ${groupedSumsOf('r', heldInVersion3)} FROM requests r GROUP BY 2, 3;`,
  )
  .join('\n')}
`;

/** What keeps the sums; `holding` as in {@link contributionsOf}. */
function triggers(holding?: string): string {
  return [
    trigger('addToSums', 'INSERT', count('new', '', holding)),
    trigger(
      'changeSums',
      `UPDATE OF ${summedColumns}`,
      count('old', '-', holding) + count('new', '', holding),
    ),
    trigger('takeFromSums', 'DELETE', count('old', '-', holding)),
  ].join('\n');
}

function trigger(name: string, event: string, body: string): string {
  return `CREATE TRIGGER ${name} AFTER ${event} ON requests BEGIN ${body} END;`;
}

function count(alias: 'new' | 'old', sign: '' | '-', holding?: string): string {
  const values = dimensions.map(by => `('${by}', ${partExpressionOf(by, alias)})`).join(', ');
  return `
INSERT INTO quarters SELECT ${alias}.startedAt / ${quarterMs}, ${contributionsOf(alias, sign, holding)} WHERE true
  ON CONFLICT DO UPDATE SET ${addSums};
INSERT INTO parts SELECT column1, ${alias}.startedAt / ${dayMs}, column2, ${contributionsOf(alias, sign, holding)}
  FROM (VALUES ${values}) WHERE true ON CONFLICT DO UPDATE SET ${addSums};
`;
}

/** Version 4: what the usage page sorts by, and what the estimate learns from. */
const sortsAndCounts = `
ALTER TABLE requests ADD COLUMN costKey INTEGER AS (coalesce(costPico, -1)) VIRTUAL;
ALTER TABLE requests ADD COLUMN tokensKey INTEGER AS (coalesce(promptTokens, 0) + coalesce(completionTokens, 0)) VIRTUAL;
ALTER TABLE requests ADD COLUMN durationKey INTEGER AS (coalesce(durationMs, -1)) VIRTUAL;
CREATE INDEX byCost ON requests (costKey, id, startedAt);
CREATE INDEX byTokens ON requests (tokensKey, id, startedAt);
CREATE INDEX byDuration ON requests (durationKey, id, startedAt);
CREATE INDEX byCounts ON requests (requestedModel, startedAt, promptTokens, estimatedPromptTokens)
  WHERE promptTokens IS NOT NULL AND estimatedPromptTokens IS NOT NULL;
`;

/** Version 5: rows whose cost stays unknown go on holding their reservation; what is summed already is put right. */
const unknownHolds = `
DROP TRIGGER addToSums;
DROP TRIGGER changeSums;
DROP TRIGGER takeFromSums;
${triggers()}
UPDATE quarters SET heldPico = heldPico + held
  FROM (${heldByUnknown(`startedAt / ${quarterMs} AS unit`)}) WHERE quarter = unit;
${dimensions
  .map(
    by => `UPDATE parts SET heldPico = heldPico + held
  FROM (${heldByUnknown(`startedAt / ${dayMs} AS unit, ${partExpressionOf(by, 'r')} AS part`)})
  WHERE dimension = '${by}' AND day = unit AND value = part;`,
  )
  .join('\n')}
`;

function heldByUnknown(keys: string): string {
  const groups = keys.replaceAll(/ AS \w+/g, '');
  return `SELECT ${keys}, sum(reservedPico) AS held FROM requests r
    WHERE costState = 'unknown' AND reservedPico IS NOT NULL GROUP BY ${groups}`;
}

/** Version 6: where a request went, so that nobody else is asked what it cost. */
const endpoints = 'ALTER TABLE requests ADD COLUMN endpoint TEXT;';

/** What takes the schema from version n (the index) to n + 1. Released ones never change. */
export const migrations: readonly string[] = [
  requestsTable,
  windowsAndLeases,
  rollups,
  sortsAndCounts,
  unknownHolds,
  endpoints,
];

export const schemaVersion = migrations.length;
