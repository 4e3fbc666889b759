import { sumsByTriggers } from './migrations/sumsByTriggers';
import { unknownHolds } from './migrations/unknownHolds';

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

/** Version 4: what the usage page sorts by, and what the estimate learns from. */
const sortsAndCounts = `
ALTER TABLE requests ADD COLUMN costKey INTEGER AS (coalesce(costPico, -1)) VIRTUAL;
ALTER TABLE requests ADD COLUMN tokensKey INTEGER AS (coalesce(promptTokens, 0) + coalesce(completionTokens,
    0)) VIRTUAL;
ALTER TABLE requests ADD COLUMN durationKey INTEGER AS (coalesce(durationMs, -1)) VIRTUAL;
CREATE INDEX byCost ON requests (costKey, id, startedAt);
CREATE INDEX byTokens ON requests (tokensKey, id, startedAt);
CREATE INDEX byDuration ON requests (durationKey, id, startedAt);
CREATE INDEX byCounts ON requests (requestedModel, startedAt, promptTokens, estimatedPromptTokens)
  WHERE promptTokens IS NOT NULL AND estimatedPromptTokens IS NOT NULL;
`;

/** Version 6: where a request went, so that nobody else is asked what it cost. */
const endpoints = 'ALTER TABLE requests ADD COLUMN endpoint TEXT;';

/** Version 7: what OpenRouter's logs name a request by of which no generation id is known. */
const sessions = 'ALTER TABLE requests ADD COLUMN sessionId TEXT;';

/** Version 8: who served on what terms, what the cost is made of, and which request another goes on from. */
const proofOfCost = `
ALTER TABLE requests ADD COLUMN serviceTier TEXT;
ALTER TABLE requests ADD COLUMN region TEXT;
ALTER TABLE requests ADD COLUMN attempt INTEGER;
ALTER TABLE requests ADD COLUMN costParts TEXT;
ALTER TABLE requests ADD COLUMN continues TEXT;
`;

/**
 * Version 9: which rule estimated a prompt. What rows without one were off by says nothing of today's rule,
 * so they no longer correct it.
 */
const estimators = `
ALTER TABLE requests ADD COLUMN estimator INTEGER;
DROP INDEX byCounts;
CREATE INDEX byCounts ON requests (requestedModel, startedAt, estimator, promptTokens, estimatedPromptTokens)
  WHERE promptTokens IS NOT NULL AND estimatedPromptTokens IS NOT NULL;
`;

/**
 * What takes the file from version n (the index) to n + 1. Each is text that was released once and never
 * changes again, whatever the code calls or sums today: a file may be of any version. A change of the
 * schema is one more entry at the end.
 */
export const migrations: readonly string[] = [
  requestsTable,
  windowsAndLeases,
  sumsByTriggers,
  sortsAndCounts,
  unknownHolds,
  endpoints,
  sessions,
  proofOfCost,
  estimators,
];

export const schemaVersion = migrations.length;
