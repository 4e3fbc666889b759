import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commands, contextKeys, internalCommands } from '../../../src/ids';

interface Entry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: {
    commands: readonly { readonly command: string; readonly title: string }[];
    menus: Readonly<Record<string, readonly Entry[]>>;
    keybindings: readonly Entry[];
    configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
  };
};
const readme = readFileSync('README.md', 'utf8');
const documents = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', ...globSync('docs/*.md')];

/** The rows of the tables of a section, first cells only. */
function firstCells(heading: string): readonly string[] {
  const [, section = ''] = readme.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return own
    .split('\n')
    .filter(line => line.startsWith('|'))
    .map(line => line.split(' | ')[0] ?? '');
}

/** Of a heading, as its links name it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

suite('the README', () => {
  test('lists every command by its title', () => {
    const listed = firstCells('Commands').join(',');
    const missing = contributes.commands.filter(({ title }) => !listed.includes(title));
    assert.deepEqual(missing, []);
  });

  test('lists every setting, and marks those that a workspace can set', () => {
    const cells = firstCells('Settings');
    for (const [key, { scope }] of Object.entries(contributes.configuration.properties)) {
      const name = key.replace('askOpenRouter.', '');
      const cell = cells.find(each => each.includes(`\`${name}\``));
      assert.ok(cell !== undefined, name);
      assert.equal(cell.endsWith(' W'), scope === 'window', name);
    }
  });

  test('and the other documents lead to files and headings that there are', () => {
    for (const from of documents) {
      for (const [, path = '', anchor] of readFileSync(from, 'utf8').matchAll(
        /\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)/g,
      )) {
        const file = path === '' ? from : join(dirname(from), path);
        assert.ok(existsSync(file), `${from}: ${path}`);
        if (!anchor) continue;
        const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm);
        const anchors = [...headings].map(([, heading = '']) => anchorOf(heading));
        assert.ok(anchors.includes(anchor), `${from}: ${path}#${anchor}`);
      }
    }
  });
});

suite('menus and keys of the manifest', () => {
  const entries = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];

  test('name commands and context keys that there are', () => {
    const known = new Set<string>([...Object.values(commands), ...Object.values(internalCommands)]);
    const keys = new Set<string>(Object.values(contextKeys));
    for (const { command, when = '' } of entries) {
      if (command !== undefined) assert.ok(known.has(command), command);
      // What stands in quotes is a value, such as the id of a page.
      for (const [key] of when.replaceAll(/'[^']*'/g, '').matchAll(/askOpenRouter\.\w+/g))
        assert.ok(keys.has(key), key);
    }
  });
});
