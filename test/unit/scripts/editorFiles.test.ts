import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, formatMessages } from 'esbuild';

interface Task {
  readonly label?: string;
  readonly type: string;
  readonly script?: string;
  readonly args?: readonly string[];
  readonly dependsOn?: string | readonly string[];
  readonly isBackground?: boolean;
  readonly problemMatcher?: unknown;
}

interface Launch {
  readonly name: string;
  readonly type: string;
  readonly port?: number;
  readonly preLaunchTask?: string;
}

const root = process.cwd();
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const files = ['launch.json', 'tasks.json', 'settings.json', 'extensions.json'].map(
  name => `.vscode/${name}`,
);

const { configurations } = JSON.parse(read('.vscode/launch.json')) as {
  configurations: readonly Launch[];
};
const { tasks } = JSON.parse(read('.vscode/tasks.json')) as { tasks: readonly Task[] };
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

/** The name by which other tasks and launches refer to a task. */
const labelOf = ({ label, script }: Task): string => label ?? `npm: ${script}`;
const labels = tasks.map(labelOf);

/** Folders that a build makes. */
const built = /^(dist|out)\//;

suite('.vscode', () => {
  for (const file of files) {
    test(`${file} names only paths that exist`, () => {
      const named = [...read(file).matchAll(/\$\{workspaceFolder\}\/([^"*]+)/g)].map(match => match[1] ?? '');
      assert.deepEqual(
        named.filter(path => !built.test(path) && !existsSync(join(root, path))),
        [],
      );
    });

    test(`${file} is in the repository`, () => {
      const ignored = execFileSync('git', ['status', '--porcelain', '--ignored', '--', file], {
        cwd: root,
        encoding: 'utf8',
      });
      assert.doesNotMatch(ignored, /^!!/m);
    });
  }

  test('offers what a newcomer looks for', () => {
    assert.deepEqual(
      configurations.map(({ name }) => name),
      ['Run Extension', 'Unit Tests', 'Host Tests', 'Attach to Extension Host'],
    );
  });

  test('every task that a launch or another task waits for exists', () => {
    const wanted = [
      ...configurations.flatMap(({ preLaunchTask }) => preLaunchTask ?? []),
      ...tasks.flatMap(({ dependsOn }) => dependsOn ?? []),
    ];
    assert.deepEqual(
      wanted.filter(label => !labels.includes(label)),
      [],
    );
  });

  test('every npm script that a task runs exists', () => {
    const wanted = tasks.flatMap(({ type, script }) => (type === 'npm' ? (script ?? '') : []));
    assert.ok(wanted.length > 0);
    assert.deepEqual(
      wanted.filter(script => scripts[script] === undefined),
      [],
    );
  });

  test('every npm script that workflows and documents name exists', () => {
    const texts = [
      ...globSync('.github/**/*.{yml,md}'),
      'CONTRIBUTING.md',
      'README.md',
      'docs/performance.md',
    ];
    const named = texts.flatMap(file =>
      [
        ...read(file).matchAll(
          /\bnpm (?:run )?((?:test|build|bench|package|check|lint|start|simulator|watch)[\w:]*)/g,
        ),
      ].map(match => match[1] ?? ''),
    );
    assert.ok(named.length > 8);
    assert.deepEqual(
      named.filter(script => scripts[script] === undefined),
      [],
    );
  });

  test('a debugger attaches to the port that the task before it opens', () => {
    const attaching = configurations.filter(({ port, preLaunchTask }) => port && preLaunchTask);
    assert.equal(attaching.length, 2);
    for (const { port, preLaunchTask } of attaching) {
      const task = tasks.find(each => labelOf(each) === preLaunchTask);
      assert.ok(JSON.stringify(task).includes(`"${port}"`), preLaunchTask);
    }
  });

  test('a task that runs on has a problem matcher that says when it is ready', () => {
    for (const task of tasks.filter(({ isBackground }) => isBackground)) {
      const { background } = task.problemMatcher as { background: { endsPattern: string } };
      assert.ok(new RegExp(background.endsPattern), labelOf(task));
    }
  });

  test('the problem matcher of the watch build reads what esbuild writes', async () => {
    const failed = await build({
      stdin: { contents: 'export const a = ;', sourcefile: 'src/broken.ts', loader: 'ts' },
      logLevel: 'silent',
    }).catch(({ errors }) => errors);
    const [output = ''] = await formatMessages(failed, { kind: 'error' });
    const watch = tasks.find(({ label }) => label === 'watch');
    assert.ok(watch);
    const { pattern } = watch.problemMatcher as { pattern: readonly { readonly regexp: string }[] };
    const lines = output.split('\n');
    const found = pattern.map(({ regexp }, index) => new RegExp(regexp).exec(lines[index] ?? ''));
    assert.equal(found[0]?.[1], 'Unexpected ";"');
    assert.deepEqual(found.at(-1)?.slice(1), ['src/broken.ts', '1', '17']);
  });
});
