import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settingsSection } from '../../src/ids';
import { hostSession, lastChatBody, openText, run, setSetting } from '../support/hostSession';

const model = 'openai/gpt-4o-mini';

suite('what is chosen for a model or an action, in VS Code', () => {
  const session = hostSession({ settings: { model }, hasKey: true });
  const inspect = (key: string) => vscode.workspace.getConfiguration(settingsSection).inspect<object>(key);
  const write = (key: string, value: unknown, target: vscode.ConfigurationTarget): Thenable<void> =>
    vscode.workspace.getConfiguration(settingsSection).update(key, value, target);
  const { Global, Workspace } = vscode.ConfigurationTarget;
  suiteTeardown(async () => {
    await write('modelParameters', undefined, Global);
    await write('actions', undefined, Workspace);
    await write('actions', undefined, Global);
  });

  test('parameters are kept in the user’s settings, go along at once, and no other value is lost', async () => {
    await setSetting('modelParameters', { 'other/model': { seed: 1 } });
    await session.receive({ type: 'lookUpParameters', model });
    const set = (name: 'temperature' | 'maxTokens' | 'reasoningEffort', value?: string): Promise<void> =>
      session.receive({ type: 'setParameter', model, name, value });
    await Promise.all([set('temperature', '0.2'), set('maxTokens', '300'), set('reasoningEffort', 'high')]);
    assert.deepEqual(inspect('modelParameters')?.globalValue, {
      'other/model': { seed: 1 },
      [model]: { max_tokens: 300, temperature: 0.2 },
    });
    await openText('const a = 1;\n');
    await run(commands.explain);
    const { max_tokens, temperature, reasoning } = lastChatBody(session);
    assert.deepEqual([max_tokens, temperature, reasoning], [300, 0.2, undefined]);
    await session.receive({ type: 'resetParameters', model });
    assert.deepEqual(inspect('modelParameters')?.globalValue, { 'other/model': { seed: 1 } });
  });

  test('a workspace’s parameters go along, but no longer answer and no service tier', async () => {
    const fields = { max_tokens: 9000, service_tier: 'priority', temperature: 0.4 };
    await write('parameters', fields, Workspace);
    try {
      await openText('const a = 1;\n');
      await run(commands.explain);
      const { max_tokens, service_tier, temperature } = lastChatBody(session);
      assert.deepEqual([max_tokens, service_tier, temperature], [4096, undefined, 0.4]);
    } finally {
      await write('parameters', undefined, Workspace);
    }
  });

  test('a kept model becomes the action’s where that stands: the workspace’s only if it has named one', async () => {
    const other = 'openai/gpt-4.1';
    const keep = async (): Promise<void> => {
      await openText('const a = 1;\n');
      const asked = { models: [model, other], action: 'explain' };
      await vscode.commands.executeCommand(commands.compare, asked);
      const turn = session.conversation.turns.findLast(({ sent }) => sent.parameters.model === other);
      assert.ok(turn);
      session.answers.choice = [`Use ${other} for Explain Selection`];
      await session.receive({ type: 'keepAnswer', turnId: turn.id });
    };
    await write('actions', { review: { text: 'Review.' } }, Workspace);
    await keep();
    assert.deepEqual(inspect('actions')?.globalValue, { explain: { model: other } });
    assert.deepEqual(inspect('actions')?.workspaceValue, { review: { text: 'Review.' } });
    await write('actions', { explain: { model } }, Workspace);
    await write('actions', undefined, Global);
    await keep();
    assert.deepEqual(inspect('actions')?.workspaceValue, { explain: { model: other } });
    assert.equal(inspect('actions')?.globalValue, undefined);
  });
});
