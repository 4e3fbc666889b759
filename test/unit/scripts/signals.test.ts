import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const fixture = join(process.cwd(), 'test', 'unit', 'scripts', 'fixtures', 'task.mjs');

/** A task that runs until it is ended, with what it has started. */
interface RunningTask {
  readonly task: ChildProcess;
  /** The process ids of all that it has started. */
  readonly descendants: readonly number[];
}

/** Resolves when everything that the task starts has told its process id. */
async function startTask(kind: string, expected: number): Promise<RunningTask> {
  const task = spawn(process.execPath, [fixture, kind], { stdio: ['ignore', 'pipe', 'inherit'] });
  const descendants: number[] = [];
  for await (const line of createInterface(task.stdout)) {
    descendants.push(Number(line));
    if (descendants.length === expected) break;
  }
  assert.equal(descendants.length, expected, 'the task ended before it had started everything');
  return { task, descendants };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // What nobody has asked for its exit code yet keeps its process id.
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
}

/** Resolves when a process whose parent has ended is gone, too: the system takes a moment for it. */
async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise(resolve => setImmediate(resolve));
}

suite('a task that gets a signal', () => {
  suiteSetup(function () {
    // Windows has no such signals: Ctrl+C reaches every process of the terminal there.
    if (process.platform === 'win32') this.skip();
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    test(`${signal} ends its programs, those behind a wrapper and servers of a group of their own`, async () => {
      const { task, descendants } = await startTask('tree', 3);
      const ended = once(task, 'exit');
      task.kill(signal);
      const [code] = await ended;
      assert.ok(code > 128, `it ended with code ${code}`);
      for (const pid of descendants) await untilGone(pid);
    });
  }

  test('the same signal twice, as from a terminal and npm, is one signal', async () => {
    const { task, descendants } = await startTask('tree', 3);
    const ended = once(task, 'exit');
    task.kill('SIGINT');
    task.kill('SIGINT');
    const [code] = await ended;
    assert.equal(code, 130);
    for (const pid of descendants) await untilGone(pid);
  });

  test('it starts nothing any more: the steps that were to follow do not run', async () => {
    const { task, descendants } = await startTask('steps', 1);
    let later = '';
    task.stdout?.on('data', text => {
      later += text;
    });
    const ended = once(task, 'close');
    task.kill('SIGTERM');
    await ended;
    for (const pid of descendants) await untilGone(pid);
    assert.equal(later, '');
  });

  test('npm passes it on to the task: its shell makes way for every script that starts a program of ours', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Readonly<Record<string, string>>;
    };
    const lasting = Object.entries(scripts).filter(
      ([name, script]) => /run\.mjs/.test(script) || /^(watch|simulator)$/.test(name),
    );
    assert.ok(lasting.length > 8);
    assert.deepEqual(
      lasting.filter(([, script]) => !script.startsWith('exec node ')),
      [],
    );
    // Windows has no such command; its shell finds this one first.
    assert.match(readFileSync('exec.cmd', 'utf8'), /^@%\*$/m);
  });

  test('a task that tidies up by itself does so and ends well', async () => {
    const { task } = await startTask('tidy', 1);
    const ended = once(task, 'exit');
    task.kill('SIGINT');
    const [code] = await ended;
    assert.equal(code, 0);
  });
});
