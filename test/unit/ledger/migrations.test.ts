import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fieldNames } from '../../../src/core/ledger/ledgerFields';
import { migrations, schemaVersion } from '../../../src/storage/ledgerMigrations';
import { contributionsOf, sumNames } from '../../../src/storage/ledgerSums';
import { TempLedgers } from './tempLedgers';

/** Of the text of each released migration, line breaks and indentation left out. */
const released: readonly string[] = [
  'a87803d1abe5f1498351f6162f30ef94e8e6e72183d9e07645f00342fcd06c4e',
  '6697de3ff19df953eeb4678656a0d6ff67b2ae93b8a5f305052a2e0676d1d372',
  '65b772b1440c98d5dcd1e60bb662d680b30cd52dc18dbd3e699b1c83a6fd8692',
  '195698fa8721a7f323c3623eed8a5691275bc46760e8b9079cf4ee0084ecfc9f',
  '2915b9dd731d454a4306f765703ca066c37e8420a0caa87510200e59792a9e75',
  'f2c983ff56482bcb2d4e1a6594772413642e7c8479436c713bbf7af3db52317f',
  '172c2311d29e90585f8a0b497574d71768e8caed2ec00bd4ab73b359850dceb4',
  '3a1d695bb5edd400c71272fa424ff449cb1975f02b3455f46a0f725d34b87f24',
  'fa46231f303522ceb832fe62382d8bcb73a6eda0c0fa4529eb0a87d6ada5fffa',
];

/** Rows in every cost state, two days and three quarter hours, with and without what a part is named after. */
const rows = `
INSERT INTO requests (id, startedAt, origin, action, requestedModel, outcome, costState, costPico, reservedPico,
  maxTokens, promptTokens, cachedTokens, completionTokens, servedModel, provider, workspace, languageId) VALUES
  ('A', 1000, 'command', 'ask', 'v/m', 'completed', 'billed', 7, 90, 10, 5, 3, 2, 'v/m-2', 'P', 'w', 'ts'),
  ('B', 900000, 'panel', 'fix', 'v/n', 'completed', 'estimated', 9, 80, 10, 6, NULL, 1, NULL, NULL, NULL, NULL),
  ('C', 900001, 'command', 'ask', 'v/o', 'failed', 'unknown', NULL, 70, 10, NULL, NULL, NULL, NULL, 'P', 'w', NULL),
  ('D', 86400000, 'command', 'ask', 'v/o', 'failed', 'unknown', NULL, NULL, 10, NULL, NULL, NULL, NULL, NULL, 'w', 'py'),
  ('E', 86400001, 'command', 'ask', 'v/o', 'cancelled', 'pending', NULL, 60, 10, NULL, NULL, NULL, NULL, NULL, NULL, 'py'),
  ('F', 86400002, 'command', 'ask', 'v/m', 'completed', 'settled', 11, 50, 10, 8, 1, 4, 'v/m', 'Q', NULL, 'ts'),
  ('G', 86400003, 'panel', 'ask', 'v/f', 'completed', 'free', 0, 0, 10, 8, 1, 4, 'v/f', 'Q', NULL, 'ts'),
  ('H', 86400004, 'panel', 'ask', 'v/f', 'started', 'pending', NULL, 40, 10, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
`;

const oneLine = (sql: string): string => sql.replaceAll(/\s+/g, ' ').trim();

suite('Ledger migrations', () => {
  const folders: TempLedgers[] = [];
  const newFolder = (): TempLedgers => {
    const folder = new TempLedgers();
    folders.push(folder);
    return folder;
  };
  suiteTeardown(() => {
    for (const folder of folders) folder.dispose();
  });

  /** Brings the file up to date as a window does that opens it. */
  async function open(folder: TempLedgers): Promise<void> {
    const { store } = folder.open();
    await store.totals({});
    store.dispose();
  }

  /** What the file is made of, and what it holds. */
  function contentOf({ path }: TempLedgers) {
    const file = new DatabaseSync(path, { readOnly: true });
    const all = (sql: string): Readonly<Record<string, unknown>>[] => file.prepare(sql).all();
    const schema = all('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name');
    const content = {
      version: all('PRAGMA user_version'),
      schema: schema.map(({ sql, ...item }) => ({
        ...item,
        sql: sql === null ? null : oneLine(String(sql)),
      })),
      columns: all('PRAGMA table_xinfo(requests)'),
      rows: all('SELECT * FROM requests ORDER BY id'),
      quarters: all('SELECT * FROM quarters ORDER BY quarter'),
      parts: all('SELECT * FROM parts ORDER BY dimension, day, value'),
    };
    file.close();
    return content;
  }

  function fill({ path }: TempLedgers, sql: string): void {
    const file = new DatabaseSync(path);
    file.exec(sql);
    file.close();
  }

  test('released ones never change; a new one is added at the end, and here', () => {
    const hashes = migrations.map(sql => createHash('sha256').update(oneLine(sql)).digest('hex'));
    assert.deepEqual(hashes, released);
  });

  test('they are plain text, built from nothing that may change', () => {
    const storage = join(process.cwd(), 'src/storage');
    const files = globSync('{ledgerMigrations.ts,migrations/*.ts}', { cwd: storage });
    assert.ok(files.length > 1);
    for (const file of files) {
      const text = readFileSync(join(storage, file), 'utf8');
      assert.equal(text.includes('$' + '{'), false, `${file} inserts something into its text`);
      const imported = [...text.matchAll(/from '([^']+)'/g)].map(match => match[1] ?? '');
      assert.deepEqual(
        imported.filter(name => !name.startsWith('./migrations/')),
        [],
        `${file} imports more than migrations`,
      );
    }
  });

  for (let version = 0; version < schemaVersion; version++) {
    test(`a file of version ${version} becomes what a fresh one is, and keeps its rows`, async () => {
      const [fresh, old] = [newFolder(), newFolder()];
      await open(fresh);
      if (version === 0) fill(old, '');
      else fill(old, `${migrations.slice(0, version).join('')}; PRAGMA user_version = ${version}; ${rows}`);
      await open(old);
      fill(fresh, rows);
      if (version === 0) fill(old, rows);
      assert.deepEqual(contentOf(old), contentOf(fresh));
      assert.equal(contentOf(old).rows.length, 8);
      // Sums that were carried over must go on being kept.
      const change = `UPDATE requests SET costState = 'settled', costPico = 3 WHERE id IN ('C', 'E');
        DELETE FROM requests WHERE id IN ('A', 'D')`;
      for (const folder of [fresh, old]) fill(folder, change);
      assert.deepEqual(contentOf(old), contentOf(fresh));
    });
  }

  test('the file has a column for every field and every sum, and its triggers sum what the code sums', async () => {
    const fresh = newFolder();
    await open(fresh);
    const { columns, schema } = contentOf(fresh);
    const names = columns.map(({ name }) => String(name));
    assert.deepEqual(
      fieldNames.filter(name => !names.includes(name)),
      [],
    );
    const sqlOf = (name: string): string =>
      String(schema.find(item => 'name' in item && item.name === name)?.sql);
    for (const table of ['quarters', 'parts']) {
      for (const sum of sumNames)
        assert.ok(sqlOf(table).includes(`${sum} INTEGER NOT NULL`), `${table}.${sum}`);
    }
    for (const [trigger, row] of [
      ['addToSums', 'new'],
      ['changeSums', 'new'],
    ] as const) {
      assert.ok(sqlOf(trigger).includes(contributionsOf(row)), trigger);
    }
  });
});
