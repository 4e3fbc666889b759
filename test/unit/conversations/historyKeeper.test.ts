import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { ConversationCommands } from '../../../src/app/conversations/conversationCommands';
import { HistoryKeeper } from '../../../src/app/conversations/historyKeeper';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import type { ConversationSummary } from '../../../src/core/chat/conversationHistory';
import { LedgerFault } from '../../../src/core/money/ledgerFault';
import type { SqliteConversations } from '../../../src/storage/conversations/sqliteConversations';
import { AskWorld, input } from '../../support/askWorld';
import { makeTalk, TempConversations } from '../../support/conversations';
import { makeTurn } from '../../support/turns';
import { FakeDialogs } from '../../support/usage/fakeDialogs';

/** A window with its session, its dialogs and the shared file of conversations. */
class Window {
  readonly world = new AskWorld();
  readonly dialogs = new FakeDialogs();
  readonly openedSettings: string[] = [];
  readonly errors: unknown[] = [];
  readonly history: SqliteConversations;
  readonly keeper: HistoryKeeper;
  readonly commands: ConversationCommands;

  constructor(temp: TempConversations, isOn = true) {
    const { session, settings } = this.world;
    if (!isOn) settings.set({ historyEnabled: false });
    this.history = temp.open();
    const newId = () => `copy-${this.world.sent.length}`;
    this.keeper = new HistoryKeeper(
      session,
      this.history,
      settings,
      { workspaceName: 'shop' },
      this.dialogs,
      newId,
      error => this.errors.push(error),
    );
    const workbench = { openSetting: async (key: string) => void this.openedSettings.push(key) };
    this.commands = new ConversationCommands(
      session,
      this.keeper,
      this.history,
      settings,
      this.dialogs,
      workbench,
    );
  }

  async ask(prompt: string): Promise<void> {
    await this.world.session.ask({ ...input, prompt });
  }

  async listed(typed = ''): Promise<readonly ConversationSummary[]> {
    await this.keeper.flush();
    return (await this.history.search(typed, 100)).rows;
  }

  async only(): Promise<ConversationSummary> {
    const [row] = await this.listed();
    assert.ok(row);
    return row;
  }

  dispose(): void {
    this.keeper.dispose();
    this.world.session.dispose();
  }
}

suite('history of conversations', () => {
  let temp: TempConversations;
  let windows: Window[];
  const open = (isOn?: boolean): Window => {
    const window = new Window(temp, isOn);
    windows.push(window);
    return window;
  };
  setup(() => {
    temp = new TempConversations();
    windows = [];
  });
  teardown(() => {
    for (const window of windows) window.dispose();
    temp.dispose();
    assert.deepEqual(
      windows.flatMap(({ errors }) => errors),
      [],
    );
  });

  test('has what New Conversation put away, and the current one', async () => {
    const window = open();
    await window.ask('First');
    window.world.session.startNew();
    await window.ask('Second');
    assert.deepEqual((await window.listed()).map(({ title }) => title).sort(), ['First', 'Second']);
  });

  test('has the whole of an answer that New Conversation cut off', async () => {
    const window = open();
    const filling = window.world.session.fill(
      makeTurn(),
      async function* (signal): AsyncGenerator<AnswerEvent> {
        yield { type: 'text', text: 'So far' };
        if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve));
        yield { type: 'ended', ending: { outcome: 'cancelled', durationMs: 1 } };
      },
    );
    await new Promise(resolve =>
      window.world.session.onDidChange(({ type }) => type === 'events' && resolve(type)),
    );
    window.world.session.startNew();
    await filling;
    const { id } = await window.only();
    const [turn] = (await window.history.load(id))?.turns ?? [];
    assert.deepEqual([turn?.answer.text, turn?.answer.status], ['So far', 'cancelled']);
  });

  test('nothing is written while an answer streams', async () => {
    const window = open();
    await window.world.session.fill(makeTurn(), async function* (): AsyncGenerator<AnswerEvent> {
      for (let token = 0; token < 100; token++) yield { type: 'text', text: 'word ' };
      assert.deepEqual(readdirSync(temp.folder), []);
      yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } };
    });
    assert.equal((await window.listed()).length, 1);
  });

  test('a restored conversation gets into the history before another takes its place', async () => {
    const window = open();
    window.world.kept = { conversation: { id: 'kept', turns: [makeTalk('1', 'Why?')] }, draft: '' };
    await window.world.session.restore();
    await window.keeper.flush();
    assert.deepEqual(readdirSync(temp.folder), []);
    window.world.session.startNew();
    assert.deepEqual(
      (await window.listed()).map(({ id }) => id),
      ['kept'],
    );
  });

  test('what could not be written is written with the next one', async () => {
    const window = open();
    const { save } = window.history;
    window.history.save = async () => {
      window.history.save = save;
      throw new LedgerFault('locked', 'Another program holds it.');
    };
    await window.ask('First');
    await window.keeper.flush();
    assert.deepEqual(
      window.errors.map(error => error instanceof LedgerFault && error.kind),
      ['locked'],
    );
    window.world.session.startNew();
    await window.ask('Second');
    assert.equal((await window.listed()).length, 2);
    window.errors.length = 0;
  });

  test('off: nothing is on disk, and what was kept goes', async () => {
    const window = open();
    await window.ask('First');
    await window.keeper.flush();
    assert.notDeepEqual(readdirSync(temp.folder), []);
    window.world.settings.set({ historyEnabled: false });
    await window.keeper.flush();
    assert.deepEqual(readdirSync(temp.folder), []);
    await window.ask('Second');
    window.world.session.startNew();
    await window.keeper.flush();
    assert.equal(await window.commands.prepare(), false);
    assert.deepEqual(readdirSync(temp.folder), []);
  });

  test('off from the start: what an earlier window left goes', async () => {
    const before = open();
    await before.ask('First');
    await before.keeper.flush();
    before.history.dispose();
    const window = open(false);
    await window.keeper.flush();
    assert.deepEqual(readdirSync(temp.folder), []);
  });

  test('an opened conversation goes on where it ended', async () => {
    const window = open();
    await window.ask('First');
    const first = await window.only();
    window.world.session.startNew();
    await window.ask('Second');
    await window.commands.open(first);
    await window.ask('More');
    assert.deepEqual(
      window.world.turns.map(({ sent }) => sent.prompt),
      ['First', 'More'],
    );
    assert.deepEqual((await window.listed()).map(({ turns }) => turns).sort(), [1, 2]);
  });

  test('a conversation that two windows go on with becomes two, and each has all of its turns', async () => {
    const [one, two] = [open(), open()];
    await one.ask('First');
    await two.commands.open(await one.only());
    await one.ask('One');
    await one.keeper.flush();
    await two.ask('Two');
    await two.keeper.flush();
    await two.ask('Two more');
    await one.ask('One more');
    await one.keeper.flush();
    const prompts = await Promise.all(
      (await two.listed()).map(async ({ id }) =>
        (await two.history.load(id))?.turns.map(({ sent }) => sent.prompt),
      ),
    );
    assert.deepEqual(prompts.sort(), [
      ['First', 'One', 'One more'],
      ['First', 'Two', 'Two more'],
    ]);
    assert.equal(two.dialogs.shown.length, 1);
    assert.match(two.dialogs.shown[0] ?? '', /Another window went on with “First”/);
    assert.deepEqual(one.dialogs.shown, []);
  });

  test('delete asks first; one that is shown leaves the panel and does not come back', async () => {
    const window = open();
    await window.ask('First');
    const row = await window.only();
    await window.commands.remove(row);
    assert.equal((await window.listed()).length, 1);
    window.dialogs.answers.push('Delete');
    await window.commands.remove(row);
    assert.deepEqual(await window.listed(), []);
    assert.deepEqual(window.world.turns, []);
  });

  test('rename and pin change the row; an empty name is refused', async () => {
    const window = open();
    await window.ask('First');
    const row = await window.only();
    window.dialogs.answers.push('  ');
    await window.commands.rename(row);
    window.dialogs.answers.push(' My\n talk ');
    await window.commands.rename(row);
    await window.commands.togglePin(row);
    const { title, isPinned } = await window.only();
    assert.deepEqual([title, isPinned], ['My talk', true]);
    assert.deepEqual(window.dialogs.shown, ['A conversation needs a name.']);
  });

  test('the list has what the panel shows, and what was found', async () => {
    const window = open();
    window.world.kept = { conversation: { id: 'kept', turns: [makeTurn()] }, draft: '' };
    assert.equal(await window.commands.prepare(), true);
    const [row] = await window.commands.rows('explain', 10);
    assert.equal(row?.label, 'Explain Selection');
    assert.match(row?.detail ?? '', /Explain this code/);
  });

  test('one that was deleted meanwhile is not opened, and the user is told', async () => {
    const window = open();
    await window.ask('First');
    await window.commands.open({ id: 'gone' });
    assert.match(window.dialogs.shown[0] ?? '', /no longer there/);
    assert.equal(window.world.turns.length, 1);
  });
});
