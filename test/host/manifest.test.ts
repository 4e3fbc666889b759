import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, extensionId } from '../../src/ids';

interface Keybinding {
  readonly command: string;
  readonly key: string;
  readonly mac?: string;
}

const manifest = () => {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension);
  return extension.packageJSON;
};

suite('the manifest', () => {
  test('declares exactly the commands that are registered', async () => {
    await vscode.extensions.getExtension(extensionId)?.activate();
    const registered = (await vscode.commands.getCommands(true)).filter(id =>
      id.startsWith('askOpenRouter.'),
    );
    const declared = manifest().contributes.commands.map(({ command }: { command: string }) => command);
    assert.deepEqual(declared.toSorted(), Object.values(commands).toSorted());
    for (const command of declared) assert.ok(registered.includes(command), command);
  });

  test('titles every command in the category OpenRouter', () => {
    for (const { category, title } of manifest().contributes.commands) {
      assert.equal(category, 'OpenRouter');
      assert.match(title, /^[A-Z]/);
    }
  });

  test('takes no key that VS Code itself uses', async () => {
    const defaults = await vscode.workspace.openTextDocument(
      vscode.Uri.parse('vscode://defaultsettings/keybindings.json'),
    );
    const taken = new Set<string>();
    for (const [, key, command] of defaults.getText().matchAll(/"key": "([^"]+)",\s*"command": "([^"]+)"/g)) {
      if (key && !command?.startsWith('askOpenRouter.')) taken.add(key);
    }
    assert.ok(taken.size > 200, `only ${taken.size} default keys were read`);
    for (const { key, command } of manifest().contributes.keybindings as Keybinding[]) {
      assert.ok(!taken.has(key), `${key} of ${command} is taken`);
      assert.match(key, /^ctrl\+k /, `${command} must be behind the prefix that VS Code keeps for chords`);
    }
  });

  test('ends every setting’s description as a sentence', () => {
    const { properties } = manifest().contributes.configuration;
    for (const [key, { markdownDescription, scope }] of Object.entries<Record<string, string>>(properties)) {
      assert.match(markdownDescription ?? '', /\.$/, key);
      assert.ok(scope === 'application' || scope === 'window', key);
    }
  });
});
