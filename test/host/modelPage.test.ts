import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settingsSection } from '../../src/ids';
import { hostSession, run, setSetting, tabsUntil } from '../support/hostSession';
import { until } from '../support/workbench/until';

const inForce = (key: string): unknown => vscode.workspace.getConfiguration(settingsSection).get(key);

const tabLabels = (): string[] =>
  vscode.window.tabGroups.all.flatMap(group => group.tabs.map(({ label }) => label));

suite('the page of a model', () => {
  const session = hostSession({ newServers: true });

  test('opens by the command, and its buttons change the model and the routing', async () => {
    await setSetting('model', 'openai/gpt-4o-mini');
    await setSetting('routing', { zdr: true });
    const id = 'anthropic/claude-sonnet-4.5';
    await vscode.commands.executeCommand(commands.showModel, id);
    // The page itself has said that it is there: only then its tab is named after the model.
    await tabsUntil(() => tabLabels().some(label => label.includes('Claude Sonnet 4.5')));
    const endpoints = session.requests.filter(({ path }) => path.endsWith('/endpoints'));
    assert.equal(endpoints.length, 1);

    await session.pressInModelPage({ type: 'use', model: id });
    assert.equal(inForce('model'), id);
    await until('the providers', () => session.endpointTags.length > 0);
    const [tag = ''] = session.endpointTags;
    await session.pressInModelPage({ type: 'useEndpoint', model: id, tag });
    assert.match(JSON.stringify(inForce('routing')), new RegExp(`"only":\\["${tag}"\\]`));
    assert.match(JSON.stringify(inForce('routing')), /"zdr":true.*"allow_fallbacks":false/);
    await session.pressInModelPage({ type: 'anyProvider' });
    assert.deepEqual(inForce('routing'), { zdr: true });
  });

  test('another model takes the place of the one before', async () => {
    await setSetting('model', 'openai/gpt-4o-mini');
    await run(commands.showModel);
    await tabsUntil(() => tabLabels().some(label => label.includes('GPT-4o')));
    assert.equal(tabLabels().filter(label => label.includes('Claude Sonnet 4.5')).length, 0);
  });
});
