import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settingsSection } from '../../src/ids';
import { hostSession, run, setSetting } from '../support/hostSession';
import { activate, OpenedLists } from '../support/openedLists';
import { until } from '../support/workbench/until';

const inForce = (): unknown => vscode.workspace.getConfiguration(settingsSection).get('model');

suite('selecting a model', () => {
  // A list that was read once is kept.
  const session = hostSession({ newServers: true });
  const lists = new OpenedLists();

  /** Runs the command; resolves when its list has been read, with the box and the end of the command. */
  async function openList() {
    const ended = run(commands.selectModel);
    const box = await lists.next();
    return { box, ended };
  }

  test('shows what the server lists, free and paid apart, with price and context', async () => {
    const { box, ended } = await openList();
    const row = (id: string) => box.items.find(({ description }) => description?.startsWith(id));
    const mini = row('openai/gpt-4o-mini');
    assert.match(mini?.detail ?? '', /\$0\.15 in, \$0\.6 out per 1M tokens.*128K context/);
    assert.match(row('qwen/qwen3-coder:free')?.detail ?? '', /^Free/);
    const groups = box.items.filter(({ kind }) => kind === vscode.QuickPickItemKind.Separator);
    // What the tests before have asked stands between them, if they have.
    const labels = groups.map(({ label }) => label.replace(/ \(\d+\)/, ''));
    assert.deepEqual(
      labels.filter(label => label !== 'Used last'),
      ['In use', 'Free', 'Paid'],
    );
    const models = session.requests.filter(({ path, query }) => path.endsWith('/models') && query.size === 0);
    assert.equal(models.length, 1);
    assert.equal(models[0]?.headers.authorization, undefined, 'no key is needed');
    await run('workbench.action.closeQuickOpen');
    await ended;
  });

  test('filters and sorts by what is typed, and takes a word of the help into the box', async () => {
    const { box, ended } = await openList();
    const ids = () => box.items.flatMap(({ description }) => description?.split(' ')[0] ?? []);
    const all = ids().length;
    box.value = 'vendor:anthropic';
    await until(
      'models of one vendor',
      () => ids().length < all && ids().every(id => /^~?anthropic\//.test(id)),
    );
    box.value = 'sort:price';
    await until(
      'all, the free ones first',
      () => ids().length === new Set(ids()).size && /:free|free/.test(ids()[0] ?? ''),
    );
    box.value = 'gpt ?vis';
    await until('the help', () => box.activeItems[0]?.label === 'vision');
    await run('workbench.action.acceptSelectedQuickOpenItem');
    await until('the word', () => box.value === 'gpt vision ' && ids().length > 0);
    assert.ok(
      ids().every(id => id.includes('gpt')),
      ids().join(),
    );
    await run('workbench.action.closeQuickOpen');
    await ended;
    assert.equal(inForce(), 'openrouter/free');
  });

  test('a key binding’s model id is taken when the list has it, and shown in the box when not', async () => {
    await setSetting('model', 'openai/gpt-4o-mini');
    const { ended } = await openList();
    await run('workbench.action.closeQuickOpen');
    await ended;
    await vscode.commands.executeCommand(commands.selectModel, 'anthropic/claude-sonnet-4.5:nitro');
    assert.equal(inForce(), 'anthropic/claude-sonnet-4.5:nitro');
    assert.equal(lists.untaken.length, 0);
    for (const odd of [7, { model: 'a/b' }, ' ', 'a b'])
      await vscode.commands.executeCommand(commands.selectModel, odd);
    assert.equal(session.shown.filter(({ kind }) => kind === 'warn').length, 4);
    const asking = vscode.commands.executeCommand(commands.selectModel, 'no/such-model');
    const box = await until('the box', () => lists.untaken.find(({ value }) => value === 'no/such-model'));
    await until('what is known of it', () => box.items.some(({ label }) => label === 'Use "no/such-model"'));
    await run('workbench.action.closeQuickOpen');
    await asking;
    assert.equal(inForce(), 'anthropic/claude-sonnet-4.5:nitro');
  });

  test('writes the picked one to the setting; a dismissed list changes nothing', async () => {
    await setSetting('model', 'openai/gpt-4o-mini');
    const dismissed = await openList();
    await run('workbench.action.closeQuickOpen');
    await dismissed.ended;
    assert.equal(inForce(), 'openai/gpt-4o-mini');

    const { box, ended } = await openList();
    const sonnet = box.items.filter(({ description }) =>
      description?.startsWith('anthropic/claude-sonnet-4.5'),
    );
    await activate(box, sonnet.slice(0, 1));
    await run('workbench.action.acceptSelectedQuickOpenItem');
    await ended;
    assert.equal(inForce(), 'anthropic/claude-sonnet-4.5');
  });

  test('offers an id that is not in the list as it was typed, and says whether the list knows it', async () => {
    const { box, ended } = await openList();
    for (const [typed, said] of [
      ['@preset/reviews', /^Not in the list/],
      ['openai/gpt-4o-mini:free:online', /^Not in the list as it is; openai\/gpt-4o-mini is, without/],
      ['openai/gpt-4o-mini:deepinfra/fp4', /^Not in the list as it is; openai\/gpt-4o-mini is, without/],
      ['openrouter/@preset/review', /^Not in the list/],
      ['gpt-4o', /^Not in the list/],
    ] as const) {
      box.value = typed;
      const row = await until('the typed id', () =>
        box.items.find(({ label }) => label === `Use "${typed}"`),
      );
      assert.match(row.detail ?? '', said);
    }
    await run('workbench.action.closeQuickOpen');
    await ended;
    assert.equal(session.requests.filter(({ path }) => !path.endsWith('/models')).length, 0);
  });

  for (const typed of [
    'acme/m1:deepinfra/fp4',
    'gpt-4o',
    'acme/m1:free:online',
    'openrouter/@preset/review',
  ]) {
    test(`takes the typed id into the setting as it is: ${typed}`, async () => {
      // A setting that tests have set is put back after them.
      await setSetting('model', 'openai/gpt-4o-mini');
      const { box, ended } = await openList();
      box.value = typed;
      const row = await until('the typed id', () =>
        box.items.find(({ label }) => label === `Use "${typed}"`),
      );
      await activate(box, [row]);
      await run('workbench.action.acceptSelectedQuickOpenItem');
      await ended;
      assert.equal(inForce(), typed);
    });
  }

  for (const fault of ['502', 'html', 'reset']) {
    test(`says in a sentence why there is no list: ${fault}`, async () => {
      session.simulator.next(fault, 'models');
      const { box, ended } = await openList();
      assert.deepEqual(
        box.items.map(({ label }) => label),
        ['$(warning) The list could not be read'],
      );
      assert.match(box.items[0]?.detail ?? '', /^[A-Z].*\.\s*$/);
      await run('workbench.action.closeQuickOpen');
      await ended;
      assert.equal(inForce(), 'openrouter/free');
    });
  }
});
