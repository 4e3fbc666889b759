/**
 * Version 1. The list reads `conversations` alone, so what is long stands in tables of its own. `texts` is what
 * is searched: with the marks of `searchText.ts`; symbols such as emoji count as words (newer ones
 * are unassigned, `Cn`, in the tables of FTS5). What is deleted is
 * overwritten.
 */
const firstTables = `
CREATE TABLE conversations (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, isRenamed INTEGER NOT NULL DEFAULT 0,
  workspace TEXT, createdAt INTEGER NOT NULL, changedAt INTEGER NOT NULL, pinned INTEGER NOT NULL DEFAULT 0,
  turns INTEGER NOT NULL, costPico INTEGER NOT NULL, isCostComplete INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
CREATE INDEX byOrder ON conversations (pinned DESC, changedAt DESC, key DESC);
CREATE TABLE bodies (key INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE texts USING fts5 (title, text, prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So Cn'");
INSERT INTO texts (texts, rank) VALUES ('secure-delete', 1);
`;

/**
 * Version 2: a row of `texts` for each turn (`conversationTexts.ts`), where there was one for all of a conversation;
 * written anew when the conversation is. The index is joined in small steps of ours, not by SQLite itself. `removed` has
 * the keys of conversations that were deleted and whose texts are still to be taken out of the index.
 */
const rowsOfTurns = `
CREATE TEMP TABLE wholeTexts AS SELECT rowid AS key, title, text FROM texts;
DROP TABLE texts;
CREATE VIRTUAL TABLE texts USING fts5 (title, text, prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So Cn'");
INSERT INTO texts (texts, rank) VALUES ('secure-delete', 1);
INSERT INTO texts (texts, rank) VALUES ('automerge', 0);
INSERT INTO texts (rowid, title, text) SELECT key << 20, title, text FROM wholeTexts;
DROP TABLE wholeTexts;
CREATE TABLE removed (key INTEGER PRIMARY KEY) STRICT;
`;

/** What takes the file from version n (the index) to n + 1. Released text never changes: a change is one more entry. */
export const conversationMigrations: readonly string[] = [firstTables, rowsOfTurns];
