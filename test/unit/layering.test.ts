import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

interface Layer {
  /** Other layers it may import; its own files always. */
  readonly layers: readonly string[];
  /** Packages, and `node:` for all of Node's own modules. */
  readonly packages: readonly string[];
}

const viewLibraries = [
  'lit',
  'markdown-it',
  'highlight.js',
  'lowlight',
  'uplot',
  'valibot',
  '@vscode/codicons',
  'diff',
  'codicon:',
];

/** Who may import whom. A file directly in `src` is a layer of its own. */
const layers: Readonly<Record<string, Layer>> = {
  core: { layers: [], packages: ['valibot'] },
  protocol: { layers: ['core'], packages: ['valibot'] },
  openrouter: { layers: ['core'], packages: ['openai', 'eventsource-parser'] },
  storage: { layers: ['core'], packages: ['node:'] },
  app: { layers: ['core', 'protocol', 'ids.ts'], packages: ['valibot', 'ignore', 'yaml'] },
  vscode: {
    layers: ['core', 'protocol', 'openrouter', 'storage', 'app', 'ids.ts'],
    packages: ['vscode', 'ulid'],
  },
  webview: { layers: ['core', 'protocol'], packages: viewLibraries },
  'ids.ts': { layers: ['core'], packages: [] },
  'extension.ts': {
    layers: ['core', 'app', 'vscode', 'ids.ts'],
    packages: ['vscode'],
  },
};

/** The folders of `core`: each may import itself and those before it. */
const coreFolders = ['base', 'money', 'code', 'chat', 'apply', 'models', 'prompts', 'ledger', 'usage'];

/** Ways from `app` to VS Code: as many as a newcomer can keep in mind. */
const mostPorts = 8;

const source = join(process.cwd(), 'src');
const files = globSync('**/*.ts', { cwd: source }).filter(file => !file.endsWith('.d.ts'));

suite('layering', () => {
  test('every file belongs to a known layer', () => {
    assert.ok(files.length > 50, 'the source files were not found');
    assert.deepEqual(
      files.filter(file => !layers[layerOf(file)]),
      [],
    );
  });

  for (const [name, { layers: allowed, packages }] of Object.entries(layers)) {
    test(`${name} imports only what its layer may`, () => {
      const strangers = files
        .filter(file => layerOf(file) === name)
        .flatMap(file => importsOf(file).map(specifier => ({ file, specifier })))
        .filter(({ file, specifier }) => {
          if (!specifier.startsWith('.')) return !packages.some(each => isFrom(each, specifier));
          const target = layerOf(resolve(file, specifier));
          return target !== name && !allowed.includes(target);
        });
      assert.deepEqual(strangers, []);
    });
  }

  test('every file of core is in a folder of the line', () => {
    const strangers = files.filter(file => layerOf(file) === 'core' && !coreFolders.includes(folderOf(file)));
    assert.deepEqual(strangers, []);
  });

  test('the folders of core import only folders before them', () => {
    const wrong = files
      .filter(file => layerOf(file) === 'core')
      .flatMap(file => importsOf(file).map(specifier => ({ file, specifier })))
      .filter(({ specifier }) => specifier.startsWith('.'))
      .filter(
        ({ file, specifier }) =>
          coreFolders.indexOf(folderOf(resolve(file, specifier))) > coreFolders.indexOf(folderOf(file)),
      );
    assert.deepEqual(wrong, []);
  });

  test('app has at most 8 ports, each in a file of its name', () => {
    assert.ok(ports.length > 0 && ports.length <= mostPorts, ports.join());
    const nameless = ports.filter(file => !interfacesOf(file).includes(portOf(file)));
    assert.deepEqual(nameless, []);
  });

  test('the interfaces of app that classes of vscode implement are its ports', () => {
    const ofApp = files.filter(file => layerOf(file) === 'app').flatMap(interfacesOf);
    const implemented = files
      .filter(file => layerOf(file) === 'vscode')
      .flatMap(implementedIn)
      .filter(name => ofApp.includes(name));
    assert.deepEqual([...new Set(implemented)].sort(), ports.map(portOf).sort());
  });

  test('nothing re-exports what another file exports', () => {
    const reExports = /^export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s+from\b/m;
    assert.deepEqual(
      files.filter(file => reExports.test(textOf(file))),
      [],
    );
  });

  test('no file imports itself, however long the way round', () => {
    const visited = new Set<string>();
    for (const file of files) assert.deepEqual(findCycle(file, [], visited), undefined);
  });
});

const ports = files.filter(file => dirname(file) === join('app', 'ports'));

/** The interface that a file of `app/ports` is named after. */
function portOf(file: string): string {
  const name = basename(file, '.ts');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const textOf = (file: string): string => readFileSync(join(source, file), 'utf8');

const interfacesOf = (file: string): readonly string[] =>
  [...textOf(file).matchAll(/^export interface (\w+)/gm)].map(([, name]) => name ?? '');

/** Every name that the classes of a file implement, those within `Pick<…>` included. */
const implementedIn = (file: string): readonly string[] =>
  [...textOf(file).matchAll(/\bimplements\b([^{]*)\{/g)].flatMap(([, list]) => list?.match(/\w+/g) ?? []);

/** The second part of a path: the folder within its layer. */
const folderOf = (file: string): string => file.split(sep)[1] ?? '';

const layerOf = (file: string): string => file.split(sep)[0] ?? file;

const isFrom = (name: string, specifier: string): boolean =>
  name.endsWith(':') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`);

/** Every module that a file names: imported, re-exported, loaded later or used as a type. */
function importsOf(file: string): readonly string[] {
  const text = textOf(file).replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  const named = /\b(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'|\bimport\s*\(?\s*'([^']+)'/g;
  return [...text.matchAll(named)].map(match => match[1] ?? match[2] ?? '');
}

/** The file below `src` that a relative import means. */
function resolve(file: string, specifier: string): string {
  const path = join(source, file, '..', specifier);
  const found = [path, `${path}.ts`, join(path, 'index.ts')].find(
    each => /\.\w+$/.test(each) && existsSync(each),
  );
  assert.ok(found, `${file} imports ${specifier}, which was not found`);
  return relative(source, found);
}

/** The way from a file back to itself; undefined when there is none. */
function findCycle(
  file: string,
  way: readonly string[],
  visited: Set<string>,
): readonly string[] | undefined {
  if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
  if (visited.has(file) || !file.endsWith('.ts')) return undefined;
  for (const specifier of importsOf(file).filter(each => each.startsWith('.'))) {
    const cycle = findCycle(resolve(file, specifier), [...way, file], visited);
    if (cycle) return cycle;
  }
  visited.add(file);
  return undefined;
}
