import assert from 'node:assert/strict';
import { CommitMessage } from '../../../src/app/commit/commitMessage';
import type { Repository } from '../../../src/app/ports/workbench';
import { commitPrompt, shortenDiff, toCommitMessage } from '../../../src/core/prompts/commitMessage';
import { AskWorld, toSteps } from '../../support/askWorld';
import { FakeDialogs } from '../../support/usage/fakeDialogs';

const fileDiff = (path: string, lines: number) =>
  `diff --git a/${path} b/${path}\nindex 1..2 100644\n--- a/${path}\n+++ b/${path}\n@@ -1 +1,${lines} @@\n${'+line of code\n'.repeat(lines)}`;

suite('A diff that is shortened', () => {
  test('stays as it is when it is small', () => {
    const diff = fileDiff('a.ts', 3) + fileDiff('b.ts', 2);
    assert.deepEqual(shortenDiff(diff), { text: diff, wholeFiles: 2, files: 2 });
  });

  test('names every file and says how much is left out', () => {
    const diff = fileDiff('a.ts', 100_000) + fileDiff('b.ts', 2);
    const { text, wholeFiles, files } = shortenDiff(diff);
    assert.deepEqual([wholeFiles, files], [1, 2]);
    assert.ok(text.length < 20_000);
    assert.ok(text.endsWith(fileDiff('b.ts', 2)));
    const kept = text.match(/\+line of code\n/g)?.length ?? 0;
    const left = Number(/… (\d+) more lines/.exec(text)?.[1]);
    assert.equal(kept + left, 100_002);
  });

  test('has nothing of files that tools make but that they changed', () => {
    for (const path of ['package-lock.json', 'sub/yarn.lock', 'dist/app.min.js', 'go.sum']) {
      const { text } = shortenDiff(fileDiff(path, 50));
      assert.ok(text.includes(path) && !text.includes('+line'), text);
    }
  });

  test('never has more than there is room for, by much', () => {
    const many = Array.from({ length: 500 }, (_, index) => fileDiff(`src/file${index}.ts`, 40)).join('');
    const { text, files } = shortenDiff(many, 20_000);
    assert.equal(files, 500);
    assert.ok(text.length < 20_000 + 500 * 200, String(text.length));
  });

  test('can be of files without a text', () => {
    const binary = 'diff --git a/x.png b/x.png\nBinary files a/x.png and b/x.png differ\n';
    assert.equal(shortenDiff(binary).text, binary);
    assert.equal(shortenDiff('').files, 0);
  });
});

suite('The commit message in an answer', () => {
  const message = 'Add a cart\n\nSo that things can be bought.';
  for (const [what, answer] of [
    ['the answer alone', message],
    ['a fence', `\`\`\`\n${message}\n\`\`\``],
    ['a fence with a language that still streams', `\`\`\`text\n${message}`],
    ['a label', `Commit message: ${message}`],
    ['blanks around', `\n\n${message}   \n\n`],
  ] as const) {
    test(`is found in ${what}`, () => assert.equal(toCommitMessage(answer), message));
  }

  test('has no quotes around one line, and keeps those within', () => {
    assert.equal(toCommitMessage('"Add a cart"'), 'Add a cart');
    assert.equal(toCommitMessage('Say "hi" in "cart"'), 'Say "hi" in "cart"');
  });

  test('is asked for with what stood in the box', () => {
    const diff = shortenDiff(fileDiff('a.ts', 1));
    assert.match(commitPrompt(diff, ' fix: cart '), /The author began with: "fix: cart"/);
    assert.doesNotMatch(commitPrompt(diff, ' '), /author began/);
  });
});

suite('Write Commit Message', () => {
  class Scene {
    readonly world = new AskWorld();
    readonly dialogs = new FakeDialogs();
    readonly written: string[] = [];
    diff = fileDiff('a.ts', 2);
    box = 'wip';
    isUndone = false;
    stop: AbortController = new AbortController();

    async run(): Promise<void> {
      const scene = this;
      const repository: Repository = {
        stagedDiff: async () => this.diff,
        unstagedDiff: async () => '',
        diff: async () => '',
        get message() {
          return scene.box;
        },
        set message(text) {
          scene.box = text;
          scene.written.push(text);
        },
      };
      const command = new CommitMessage(
        { ask: (request, signal) => toSteps(this.world.answer(request, signal)) },
        { prepare: (request, signal) => this.world.prepare(request, signal) },
        { repository: async place => (place === 'none' ? undefined : repository), workspaceName: 'shop' },
        this.world.settings,
        {
          warn: text => this.dialogs.warn(text),
          news: async text => {
            await this.dialogs.news(text);
            return this.isUndone;
          },
          progress: (_, task) => task(this.stop.signal, () => {}),
        },
        () => 'commit-1',
      );
      await command.write(this.diff === 'none' ? 'none' : undefined);
    }
  }

  const answering = (...texts: readonly string[]) =>
    async function* () {
      for (const text of texts) yield { type: 'text', text } as const;
      yield { type: 'cost', cost: { state: 'billed', usd: '0.0012' } } as const;
      yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } } as const;
    };

  test('streams into the box and says what it cost', async () => {
    const scene = new Scene();
    scene.world.answer = answering('Add ', 'a cart');
    await scene.run();
    assert.deepEqual(scene.written, ['Add', 'Add a cart']);
    assert.deepEqual(scene.dialogs.shown, ['Wrote the commit message: $0.0012.']);
  });

  test('puts back what stood there on Undo', async () => {
    const scene = new Scene();
    scene.world.answer = answering('Add a cart');
    scene.isUndone = true;
    await scene.run();
    assert.equal(scene.box, 'wip');
  });

  test('leaves the box as it was when it fails or is stopped, and says why only then', async () => {
    for (const outcome of ['failed', 'cancelled', 'truncated'] as const) {
      const scene = new Scene();
      scene.world.answer = async function* () {
        yield { type: 'text', text: 'Half a mess' };
        const failure = outcome === 'failed' ? ({ kind: 'outOfCredits' } as const) : undefined;
        yield { type: 'ended', ending: { outcome, failure, durationMs: 1 } };
      };
      await scene.run();
      assert.equal(scene.box, 'wip', outcome);
      assert.equal(scene.dialogs.shown.length, outcome === 'cancelled' ? 0 : 1);
    }
  });

  test('says how much of a large change went along', async () => {
    const scene = new Scene();
    scene.diff = fileDiff('a.ts', 100_000) + fileDiff('b.ts', 1);
    scene.world.answer = answering('Add a cart');
    await scene.run();
    assert.match(scene.dialogs.shown.join(), /1 of 2 files went along whole\./);
  });

  test('sends nothing without a repository, staged changes, or the user’s yes', async () => {
    const scene = new Scene();
    scene.world.answer = () => assert.fail('nothing is to be sent');
    scene.world.prepare = async () => undefined;
    await scene.run();
    scene.diff = ' \n';
    await scene.run();
    scene.diff = 'none';
    await scene.run();
    assert.equal(scene.box, 'wip');
    assert.match(scene.dialogs.shown.join('\n'), /Nothing is staged[\s\S]*No Git repository/);
  });
});
