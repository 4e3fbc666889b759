import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands, extensionId, proposalScheme } from '../../src/ids';

interface Keybinding {
  readonly command: string;
  readonly key: string;
  readonly mac?: string;
  readonly when?: string;
}

/** Keys that work everywhere; in the diff of our own proposals no other meaning of a key is asked for. */
const isEverywhere = ({ when }: Keybinding): boolean => when !== `resourceScheme == '${proposalScheme}'`;

const manifest = () => {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension);
  return extension.packageJSON;
};

/**
 * Letters that VS Code's own code binds behind Ctrl+K (Cmd+K on macOS). Its list of defaults has only those
 * of the platform it runs on; its code has all. There a chord is two numbers: 2089 is Ctrl+K, 31 to 56 are A to Z.
 */
function codeChords(): string[] {
  const bundle = ['code/browser/workbench/workbench.js', 'workbench/workbench.desktop.main.js']
    .map(file => join(vscode.env.appRoot, 'out', 'vs', file))
    .find(file => existsSync(file));
  assert.ok(bundle, 'VS Code’s code was not found');
  const chords = readFileSync(bundle, 'utf8').matchAll(/\(2089,\s*(\d+)\)/g);
  return Array.from(chords, ([, code]) => Number(code))
    .filter(code => code >= 31 && code <= 56)
    .map(code => String.fromCharCode(code - 31 + 'a'.charCodeAt(0)));
}

/** Letters behind Ctrl+K or Cmd+K in the manifests of the extensions that come with VS Code. */
function shippedChords(): string[] {
  const manifests = globSync(join(vscode.env.appRoot, 'extensions', '*', 'package.json'));
  const bindings = manifests.flatMap<Record<string, string>>(file => {
    const given = JSON.parse(readFileSync(file, 'utf8')).contributes?.keybindings;
    return given ?? [];
  });
  return bindings
    .flatMap(({ key, mac, win, linux }) => [key, mac, win, linux])
    .map(key => /^(?:ctrl|cmd)\+k ([a-z])$/.exec(key ?? '')?.[1])
    .filter(letter => letter !== undefined);
}

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
    for (const { key, command } of (manifest().contributes.keybindings as Keybinding[]).filter(
      isEverywhere,
    )) {
      assert.ok(!taken.has(key), `${key} of ${command} is taken`);
      assert.match(key, /^ctrl\+k /, `${command} must be behind the prefix that VS Code keeps for chords`);
    }
  });

  test('takes no chord that VS Code or an extension shipped with it uses on any platform', () => {
    const taken = new Set([...codeChords(), ...shippedChords()]);
    // Zen Mode, New Untitled File on Windows' web, Markdown preview to the side.
    for (const known of ['z', 'n', 'v']) assert.ok(taken.has(known), `ctrl+k ${known} was not read`);
    for (const { command, key, mac } of (manifest().contributes.keybindings as Keybinding[]).filter(
      isEverywhere,
    )) {
      assert.equal(mac, key.replace('ctrl+', 'cmd+'), command);
      assert.match(key, /^ctrl\+k [a-z]$/, command);
      assert.ok(!taken.has(key.slice(-1)), `${key} of ${command} is taken`);
    }
  });

  test('accepts and discards a change by keys that count only in the diff of a proposal', () => {
    const own = (manifest().contributes.keybindings as Keybinding[]).filter(
      binding => !isEverywhere(binding),
    );
    assert.deepEqual(
      own.map(({ command, key, mac }) => [command, key, mac]),
      [
        [commands.acceptChange, 'ctrl+enter', 'cmd+enter'],
        [commands.discardChange, 'ctrl+shift+backspace', 'cmd+shift+backspace'],
      ],
    );
  });

  test('ends every setting’s description as a sentence', () => {
    const { properties } = manifest().contributes.configuration;
    for (const [key, { markdownDescription, scope }] of Object.entries<Record<string, string>>(properties)) {
      assert.match(markdownDescription ?? '', /\.$/, key);
      assert.ok(scope === 'application' || scope === 'window', key);
    }
  });
});
