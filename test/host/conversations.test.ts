import assert from 'node:assert/strict';
import { commands } from '../../src/ids';
import { hostSession, openText, run } from '../support/hostSession';
import { activate, OpenedLists } from '../support/openedLists';
import { until } from '../support/workbench/until';

suite('the list of conversations', () => {
  const session = hostSession({ settings: { model: 'openai/gpt-4o-mini' }, hasKey: true });
  const lists = new OpenedLists();

  async function ask(prompt: string): Promise<void> {
    session.answers.input.push(prompt);
    await run(commands.ask);
  }

  test('finds one that New Conversation put away by its words, and Enter brings it back', async () => {
    await openText('let x = 1;', 'javascript');
    await ask('What is a quokka?');
    await session.receive({ type: 'newConversation' });
    await ask('Something else');

    const ended = run(commands.showConversations);
    const box = await lists.next();
    const labels = (): readonly string[] => box.items.map(({ label }) => label);
    assert.deepEqual(labels().slice(0, 2), ['Something else', 'What is a quokka?']);
    assert.match(box.items[0]?.description ?? '', /^today \d\d:\d\d · 1 turn · (?:<?\$|at least)/);
    assert.deepEqual(
      box.items[0]?.buttons?.map(({ tooltip }) => tooltip),
      ['Pin to the Top', 'Rename…', 'Export…', 'Delete…'],
    );

    box.value = 'quok';
    const found = await until('what was found', () =>
      labels().length === 1 && !box.busy ? box.items[0] : undefined,
    );
    assert.match(found.detail ?? '', /quokka/);
    await activate(box, [found]);
    await run('workbench.action.acceptSelectedQuickOpenItem');
    await ended;
    assert.deepEqual(
      session.conversation.turns.map(({ sent }) => sent.prompt),
      ['What is a quokka?'],
    );
  });

  test('Enter behind the last letter opens what was typed for, not what was listed before', async () => {
    await ask('What is a quokka?');
    await session.receive({ type: 'newConversation' });
    await ask('Something else');
    const ended = run(commands.showConversations);
    const box = await lists.next();
    box.value = 'quok';
    // The search waits for a pause in typing.
    if (!box.busy) await new Promise<void>(resolve => box.onDidChangeValue(() => resolve()));
    await run('workbench.action.acceptSelectedQuickOpenItem');
    await ended;
    assert.deepEqual(
      session.conversation.turns.map(({ sent }) => sent.prompt),
      ['What is a quokka?'],
    );
  });
});
