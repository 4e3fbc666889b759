import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Conversation } from '../../../src/core/chat/conversation';
import type { ConversationPage } from '../../../src/core/chat/conversationHistory';
import type { LedgerFault } from '../../../src/core/money/ledgerFault';
import { conversationMigrations } from '../../../src/storage/conversations/conversationMigrations';
import type { SqliteConversations } from '../../../src/storage/conversations/sqliteConversations';
import { makeDraft, makeTalk, TempConversations } from '../../support/conversations';
import { makeAnswer } from '../../support/turns';

const titles = (page: ConversationPage): readonly string[] => page.rows.map(({ title }) => title);
const talk = (id: string, ...prompts: string[]): Conversation => ({
  id,
  turns: prompts.map((prompt, index) => makeTalk(`${id}-${index}`, prompt)),
});

suite('kept conversations', () => {
  let temp: TempConversations;
  setup(() => {
    temp = new TempConversations();
  });
  teardown(() => temp.dispose());

  test('nothing is on disk before the first call', () => {
    temp.open();
    assert.deepEqual(readdirSync(temp.folder), []);
  });

  test('gives back what was kept, whole', async () => {
    const conversation = talk('a', 'Why?', 'And then?');
    assert.equal(await temp.open().save(makeDraft(conversation)), 'saved');
    const [row] = (await temp.open().list(10)).rows;
    assert.deepEqual(row, {
      id: 'a',
      title: 'Why?',
      workspace: 'shop',
      createdAtMs: 1_760_000_000_000,
      changedAtMs: 1_760_000_001_000,
      isPinned: false,
      turns: 2,
      cost: { knownPico: 500_000_000_000n, isComplete: true },
      found: undefined,
    });
    assert.deepEqual(JSON.stringify(await temp.open().load('a')), JSON.stringify(conversation));
  });

  test('answers that no window ended are interrupted', async () => {
    const open = { id: 'a', turns: [makeTalk('1', 'Why?', '', { answer: makeAnswer({ text: 'Half' }) })] };
    await temp.open().save(makeDraft(open));
    const [turn] = (await temp.open().load('a'))?.turns ?? [];
    assert.deepEqual([turn?.answer.status, turn?.answer.text], ['interrupted', 'Half']);
  });

  test('lists pinned ones first, then the newest', async () => {
    const store = temp.open();
    for (const [index, id] of ['old', 'middle', 'new'].entries()) {
      const turn = makeTalk(id, id, 'Yes.', { startedAtMs: index * 1000 });
      await store.save(makeDraft({ id, turns: [turn] }));
    }
    assert.deepEqual(titles(await store.list(10)), ['new', 'middle', 'old']);
    await store.setPinned('old', true);
    const page = await store.list(2);
    assert.deepEqual([titles(page), page.total], [['old', 'new'], 3]);
  });

  test('a given title stays, and is searched', async () => {
    const store = temp.open();
    await store.save(makeDraft(talk('a', 'Why?')));
    await store.rename('a', 'Zebra stripes');
    await store.save(makeDraft(talk('a', 'Why?', 'More?')));
    assert.deepEqual(titles(await store.search('zeb', 10)), ['Zebra stripes']);
  });

  test('words may stand in different turns, in the title and the text', async () => {
    const store = temp.open();
    await store.save(makeDraft(talk('a', 'Why a walrus?', 'And the carpenter?')));
    await store.save(makeDraft(talk('b', 'Only a walrus')));
    assert.deepEqual(titles(await store.search('carp walr', 10)), ['Why a walrus?']);
    assert.match((await store.search('carp', 10)).rows[0]?.found ?? '', /carpenter/);
    await store.rename('b', 'Zebra');
    assert.deepEqual(titles(await store.search('zebra walrus', 10)), ['Zebra']);
  });

  test('a further turn takes nothing out of the index; one that is gone is found no more', async () => {
    const store = temp.open();
    await store.save(makeDraft(talk('a', 'Why?', 'Walrus')));
    const taken = () => {
      const database = new DatabaseSync(temp.path, { readOnly: true });
      const rows = database.prepare('SELECT rowid, text FROM texts ORDER BY rowid').all();
      database.close();
      return rows;
    };
    const before = taken();
    await store.save(makeDraft(talk('a', 'Why?', 'Walrus', 'Then?')));
    assert.deepEqual(taken().slice(0, 2), before);
    await store.save(makeDraft(talk('a', 'Why?')));
    assert.deepEqual(titles(await store.search('walrus', 10)), []);
    assert.equal(taken().length, 1);
  });

  test('what version 1 of the file had is found, and goes on', async () => {
    const old = new DatabaseSync(temp.path);
    old.exec(`${conversationMigrations[0]}; PRAGMA user_version = 1;
      INSERT INTO conversations VALUES (7, 'a', 'Why?', 0, 'shop', 1, 1, 0, 2, 0, 1, 1);
      INSERT INTO bodies VALUES (7, '${JSON.stringify(talk('a', 'Why?'))}');
      INSERT INTO texts (rowid, title, text) VALUES (7, 'Why?', 'A walrus. And then a carpenter.')`);
    old.close();
    const store = temp.open();
    assert.deepEqual(titles(await store.search('walrus carpenter', 10)), ['Why?']);
    assert.match((await store.search('carp', 10)).rows[0]?.found ?? '', /And then a carpenter/);
    await store.save(makeDraft(talk('a', 'Why?', 'Zebra')));
    assert.deepEqual(titles(await store.search('zebra', 10)), ['Why?']);
    assert.deepEqual(titles(await store.search('carpenter', 10)), []);
  });

  test('what was deleted is gone from the list, the search and the file', async () => {
    const store = temp.open();
    await store.save(makeDraft(talk('a', 'Xylophone')));
    await store.save(makeDraft(talk('b', 'Other')));
    await store.remove('a');
    assert.equal((await store.search('xylophone', 10)).total, 0);
    assert.equal(await store.load('a'), undefined);
    await store.whenRemoved();
    for (const name of readdirSync(temp.folder)) {
      const bytes = readFileSync(`${temp.folder}/${name}`, 'latin1').toLowerCase();
      assert.ok(!bytes.includes('xylophone'), name);
    }
  });

  test('what a window left that was killed while it deleted is taken by the next; no other gets its place', async () => {
    const store = temp.open();
    await store.save(makeDraft(talk('a', 'Other')));
    await store.save(makeDraft(talk('b', 'Xylophone', 'Xylophone again')));
    // As far as the first write of deleting.
    const killed = new DatabaseSync(temp.path);
    killed.exec(`INSERT INTO removed SELECT key FROM conversations WHERE id = 'b';
      DELETE FROM bodies WHERE key IN removed; DELETE FROM conversations WHERE key IN removed`);
    killed.close();
    await store.save(makeDraft(talk('c', 'New', 'And new')));
    assert.deepEqual(await store.search('xylophone', 10), { rows: [], total: 0 });
    await store.remove('a');
    await store.whenRemoved();
    assert.deepEqual(titles(await store.search('new', 10)), ['New']);
    for (const name of readdirSync(temp.folder))
      assert.doesNotMatch(readFileSync(`${temp.folder}/${name}`, 'latin1'), /xylophone/i, name);
  });

  test('removing all leaves nothing on disk, and a fresh file can be begun', async () => {
    const store = temp.open();
    await store.save(makeDraft(talk('a', 'Why?')));
    writeFileSync(`${temp.path}.damaged-2026`, 'old');
    await store.removeAll();
    assert.deepEqual(readdirSync(temp.folder), []);
    await store.removeAll();
    await store.save(makeDraft(talk('b', 'New')));
    assert.equal((await store.list(10)).total, 1);
  });

  test('a damaged file is set aside, said once, and a fresh one begun', async () => {
    writeFileSync(temp.path, 'This is no database, however long one looks at it. '.repeat(100));
    const faults: LedgerFault[] = [];
    const store = temp.open({ onDidSetAside: fault => faults.push(fault) });
    await store.save(makeDraft(talk('a', 'Why?')));
    await store.list(10);
    assert.deepEqual(
      faults.map(({ kind }) => kind),
      ['damaged'],
    );
    assert.ok(existsSync(faults[0]?.asidePath ?? ''));
  });
});

suite('kept conversations of two windows', () => {
  let temp: TempConversations;
  setup(() => {
    temp = new TempConversations();
  });
  teardown(() => temp.dispose());

  test('the second to go on is told, and nothing of the first is lost', async () => {
    const [one, two] = [temp.open(), temp.open()];
    await one.save(makeDraft(talk('a', 'Why?')));
    await two.save(makeDraft(talk('a', 'Why?')));
    const turns = talk('a', 'Why?').turns;
    const ofOne = { id: 'a', turns: [...turns, makeTalk('one', 'One')] };
    const ofTwo = { id: 'a', turns: [...turns, makeTalk('two', 'Two')] };
    assert.equal(await one.save(makeDraft(ofOne)), 'saved');
    assert.equal(await two.save(makeDraft(ofTwo)), 'conflict');
    assert.equal(await two.save(makeDraft({ ...ofTwo, id: 'copy' })), 'saved');
    assert.deepEqual(
      (await two.load('a'))?.turns.map(({ id }) => id),
      ['a-0', 'one'],
    );
    assert.deepEqual(
      (await one.load('copy'))?.turns.map(({ id }) => id),
      ['a-0', 'two'],
    );
  });

  test('a shorter answer never takes the place of a longer one of another window', async () => {
    const [one, two] = [temp.open(), temp.open()];
    const half = { id: 'a', turns: [makeTalk('1', 'Why?', 'Be')] };
    await one.save(makeDraft({ id: 'a', turns: [makeTalk('1', 'Why?', 'Because.')] }));
    assert.equal(await two.save(makeDraft(half)), 'conflict');
  });

  test('a window may take out its own turn, and one that was never sent', async () => {
    const failed = makeAnswer({
      status: 'failed',
      ending: { outcome: 'failed', failure: { kind: 'noKey' }, durationMs: 0 },
    });
    const [one, two] = [temp.open(), temp.open()];
    const before = {
      id: 'a',
      turns: [makeTalk('0', 'Why?'), makeTalk('1', 'No key', '', { answer: failed })],
    };
    await one.save(makeDraft(before));
    assert.equal(await two.save(makeDraft({ id: 'a', turns: before.turns.slice(0, 1) })), 'saved');
  });

  test('what another window deleted comes back only with a new question', async () => {
    const [one, two] = [temp.open(), temp.open()];
    await one.save(makeDraft(talk('a', 'Why?')));
    await two.remove('a');
    assert.equal(await one.save(makeDraft(talk('a', 'Why?'))), 'deleted');
    assert.equal((await two.list(10)).total, 0);
    assert.equal(await one.save(makeDraft(talk('a', 'Why?', 'And?'))), 'saved');
    assert.equal((await two.list(10)).total, 1);
  });

  test('many windows that write at once lose no conversation', async () => {
    const windows = Array.from({ length: 4 }, () => temp.open({ patienceMs: 10_000 }));
    await Promise.all(
      windows.flatMap((window, index) =>
        Array.from({ length: 5 }, (_, talkIndex) =>
          window.save(makeDraft(talk(`${index}-${talkIndex}`, 'Hi'))),
        ),
      ),
    );
    assert.equal((await temp.open().list(1)).total, 20);
  });
});

suite('search in kept conversations', () => {
  let temp: TempConversations;
  let store: SqliteConversations;
  const texts: Readonly<Record<string, string>> = {
    english: 'A debounce delays the call. See setTimeout(fn, 200) and foo.bar',
    german: 'Größe und Übermaß',
    japanese: '検索機能を追加する',
    emoji: 'Done🎉 and 🤯',
    quotes: `She said "it's fine" -- NOT`,
  };
  suiteSetup(async () => {
    temp = new TempConversations();
    store = temp.open();
    for (const [id, text] of Object.entries(texts)) {
      await store.save(makeDraft({ id, turns: [makeTalk(id, id, text)] }));
    }
  });
  suiteTeardown(() => temp.dispose());

  const found = async (typed: string): Promise<readonly string[]> =>
    [...titles(await store.search(typed, 10))].sort();

  for (const [typed, expected] of [
    ['debounce', ['english']],
    ['DEBOU', ['english']],
    ['delays deb', ['english']],
    ['foo.bar', ['english']],
    ['setTimeout(fn', ['english']],
    ['grosse', []],
    ['ubermaß', ['german']],
    ['Größe', ['german']],
    ['機能', ['japanese']],
    ['検索', ['japanese']],
    ['🎉', ['emoji']],
    ['🤯', ['emoji']],
    ['done🎉', ['emoji']],
    [`"it's`, ['quotes']],
    ['NOT', ['quotes']],
    ['debounce OR', []],
    ['nothingLikeIt', []],
  ] as const) {
    test(`“${typed}” finds ${expected.join(', ') || 'nothing'}`, async () => {
      assert.deepEqual(await found(typed), expected);
    });
  }

  for (const typed of [
    '',
    '   ',
    '"',
    '""',
    '*',
    '(',
    ')',
    '-- ^',
    'title:',
    'a:b',
    'NEAR(',
    '\0',
    '\u200b',
    '\ud83d',
  ]) {
    test(`${JSON.stringify(typed)} is no error`, async () => {
      assert.ok((await found(typed)).length <= Object.keys(texts).length);
    });
  }

  test('says where it was found, on one line, as it was written', async () => {
    const [row] = (await store.search('機能', 10)).rows;
    assert.match(row?.found ?? '', /検索機能を追加する/);
    assert.ok(!row?.found?.includes('\u200b'));
  });

  test('shows the beginning of a word with what stands around it, whatever its case and marks', async () => {
    const before = 'An anthem stands before '.repeat(20);
    await store.save(
      makeDraft({
        id: 'long',
        turns: [makeTalk('long', 'Where?', `${before}the Übér\nThém${' end'.repeat(100)}`)],
      }),
    );
    const [row] = (await store.search('them', 10)).rows;
    assert.match(row?.found ?? '', /^….{0,40}the Übér Thém end.*…$/);
  });

  test('a word of the title alone has no place to show', async () => {
    await store.save(makeDraft({ id: 'named', turns: [makeTalk('named', 'Hm?')] }));
    await store.rename('named', 'Wombats');
    const [row] = (await store.search('wombat', 10)).rows;
    assert.deepEqual([row?.title, row?.found], ['Wombats', undefined]);
  });
});
