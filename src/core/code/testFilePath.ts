/** How tests of a project are named: from the name of what is tested, without its ending. */
interface Naming {
  readonly pattern: RegExp;
  readonly toName: (name: string) => string;
}

const suffix = (end: string): Naming => ({
  pattern: new RegExp(`^(.+)${end.replace('.', '\\.')}$`),
  toName: name => name + end,
});
const prefix = (start: string): Naming => ({
  pattern: new RegExp(`^${start}(.+)$`),
  toName: name => start + name,
});

/** Each language's own custom first. */
const namings: Readonly<Record<string, readonly Naming[]>> = {
  script: [
    suffix('.test'),
    suffix('.spec'),
    suffix('_test'),
    suffix('-test'),
    suffix('.tests'),
    suffix('Test'),
  ],
  python: [prefix('test_'), suffix('_test')],
  go: [suffix('_test')],
  jvm: [suffix('Test'), suffix('Tests'), suffix('IT'), suffix('Spec'), prefix('Test')],
  csharp: [suffix('Tests'), suffix('Test')],
  ruby: [suffix('_spec'), suffix('_test'), prefix('test_')],
  php: [suffix('Test')],
  other: [
    suffix('_test'),
    suffix('_tests'),
    suffix('.test'),
    prefix('test_'),
    suffix('Test'),
    suffix('Tests'),
    suffix('_spec'),
  ],
};

const families: Readonly<Record<string, string>> = {
  typescript: 'script',
  typescriptreact: 'script',
  javascript: 'script',
  javascriptreact: 'script',
  python: 'python',
  go: 'go',
  java: 'jvm',
  kotlin: 'jvm',
  scala: 'jvm',
  groovy: 'jvm',
  csharp: 'csharp',
  fsharp: 'csharp',
  ruby: 'ruby',
  php: 'php',
};

interface Path {
  readonly folders: readonly string[];
  readonly name: string;
  readonly ending: string;
}

/**
 * Where a new test of the file at `path` belongs, as the project's other tests have it: their naming, and whether they
 * stand beside what they test, in a folder of their own there, or in a tree of their own. No file is at the path yet.
 *
 * @param files the project's files with the same ending, with `/` between the parts of a path
 */
export function testFilePath(path: string, languageId: string, files: readonly string[]): string {
  const source = toPath(path);
  const all = files.map(toPath);
  const family = families[languageId] ?? 'other';
  const known = namings[family] ?? [];
  const tests = known.map(naming => ({ naming, tests: all.filter(file => isTest(file, naming)) }));
  const habit = tests.reduce(
    (best, next) => (next.tests.length > best.tests.length ? next : best),
    tests[0] ?? { naming: suffix('_test'), tests: [] },
  );
  const folders = testFolders(source, habit.tests, all, habit.naming, family);
  return firstFree(
    { folders, name: habit.naming.toName(source.name), ending: source.ending },
    new Set(files),
  );
}

function testFolders(
  source: Path,
  tests: readonly Path[],
  all: readonly Path[],
  naming: Naming,
  family: string,
): readonly string[] {
  const ways = tests.map(test => wayOf(test, all, naming));
  const [way] = [...new Set(ways)].toSorted((a, b) => countOf(ways, b) - countOf(ways, a));
  if (way === undefined) return customFolders(source, all, family);
  if (way === '.') return source.folders;
  if (way.startsWith('./')) return [...source.folders, way.slice(2)];
  const [root = '', isMirror] = way.split('|');
  return isMirror === undefined ? root.split('/') : [...root.split('/'), ...belowSource(source.folders)];
}

/** `.` beside what is tested, `./name` in a folder there, `root|mirror` in a tree like the source's, else one folder. */
function wayOf(test: Path, all: readonly Path[], naming: Naming): string {
  const tested = naming.pattern.exec(test.name)?.[1];
  const sources = all.filter(({ name }) => name === tested);
  const folder = test.folders.join('/');
  const parent = test.folders.slice(0, -1).join('/');
  if (sources.some(({ folders }) => folders.join('/') === folder)) return '.';
  const last = test.folders.at(-1) ?? '';
  if (
    last === '__tests__' ||
    (isTestFolder(last) && sources.some(({ folders }) => folders.join('/') === parent && folders.length > 0))
  )
    return `./${last}`;
  for (const { folders } of sources) {
    const below = belowSource(folders);
    const root = test.folders.slice(0, test.folders.length - below.length);
    const isMirrored = below.length > 0 && test.folders.slice(root.length).join('/') === below.join('/');
    if (isMirrored && root.some(isTestFolder)) return `${root.join('/')}|mirror`;
  }
  const at = test.folders.findLastIndex(isTestFolder);
  if (at < 0) return '.';
  return sources.length === 0 && at < test.folders.length - 1
    ? `${test.folders.slice(0, at + 1).join('/')}|mirror`
    : folder;
}

/** A project without tests: what the language's own tools expect. */
function customFolders(source: Path, all: readonly Path[], family: string): readonly string[] {
  const { folders } = source;
  const main = folders.indexOf('main');
  if (family === 'jvm' && main >= 0) return folders.with(main, 'test');
  const known = all.map(file => file.folders[0]).find(name => name !== undefined && isTestFolder(name));
  if (family === 'python' || family === 'ruby' || family === 'php') {
    const root = known ?? (family === 'ruby' ? 'spec' : 'tests');
    return known === undefined && folders.length === 0 && family === 'python' ? folders : [root];
  }
  return folders;
}

const isTestFolder = (name: string): boolean => /^(?:__tests__|tests?|specs?)$/i.test(name);

/** The folders of a source file below the root of all sources. */
function belowSource(folders: readonly string[]): readonly string[] {
  const main = folders.indexOf('main');
  if (main >= 0 && folders[main - 1] === 'src') return folders.slice(main + 1);
  const at = folders.findIndex(name => /^(?:src|lib|app|source)$/i.test(name));
  return folders.slice(at + 1);
}

const isTest = ({ name }: Path, { pattern }: Naming): boolean => pattern.test(name);

const countOf = (ways: readonly string[], way: string): number => ways.filter(each => each === way).length;

function toPath(path: string): Path {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const dot = file.lastIndexOf('.');
  return { folders, name: dot > 0 ? file.slice(0, dot) : file, ending: dot > 0 ? file.slice(dot) : '' };
}

function firstFree({ folders, name, ending }: Path, taken: ReadonlySet<string>): string {
  const path = (count: number): string => [...folders, `${name}${count > 1 ? count : ''}${ending}`].join('/');
  let count = 1;
  while (taken.has(path(count))) count += 1;
  return path(count);
}
