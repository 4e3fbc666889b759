import assert from 'node:assert/strict';
import { ApplyWorld } from '../../support/apply/applyWorld';
import { fenced } from './answers';

const code = 'one();\ntwo();';
const text = `a();\n${code}\nz();\n`;
const changed = 'a();\none(1);\ntwo(2);\nz();\n';
const answer = fenced('one(1);\ntwo(2);', 'ts');

suite('a change that an answer proposes', () => {
  let world: ApplyWorld;
  setup(() => {
    world = new ApplyWorld(text, code);
    world.answer(answer);
  });

  test('is shown as a diff first, and made on accept as one step of Undo', async () => {
    await world.propose();
    assert.equal(world.editors.text, text);
    assert.equal(world.editors.final, changed);
    await world.proposals.accept();
    assert.equal(world.editors.text, changed);
    assert.deepEqual(world.editors.undo, [text]);
    assert.equal(world.editors.final, undefined);
    assert.match(world.told, /Changed src\/a\.ts: Undo takes it back/);
  });

  test('is made as the user has left it: a block can be left out', async () => {
    await world.propose();
    world.editors.final = changed.replace('one(1)', 'one()');
    await world.proposals.accept();
    assert.equal(world.editors.text, text.replace('two()', 'two(2)'));
  });

  test('may be more than was sent when the user has written that, unless the file was changed meanwhile', async () => {
    await world.propose();
    world.editors.final = changed.replace('z()', 'zz()');
    world.editors.edit({ offset: 0, length: 0, text: '// new\n' });
    await world.proposals.accept();
    assert.equal(world.editors.text, `// new\n${text}`);
    assert.match(world.told, /more of the proposal than the code that was sent/);
    world.editors.edit({ offset: 0, length: 7, text: '' });
    await world.proposals.accept();
    assert.equal(world.editors.text, changed.replace('z()', 'zz()'));
  });

  test('is made where the code stands by then, and the user is told', async () => {
    world.editors.edit({ offset: 0, length: 0, text: '// new\n' });
    await world.propose();
    assert.match(world.told, /has moved: it is replaced where it stands now, at line 3/);
    world.editors.edit({ offset: 0, length: 0, text: '// newer\n' });
    await world.proposals.accept();
    assert.equal(world.editors.text, `// newer\n// new\n${changed}`);
  });

  test('is not made where the code was changed, and the way out is told', async () => {
    world.editors.edit({ offset: text.indexOf('two'), length: 3, text: 'three' });
    await world.propose();
    assert.deepEqual(world.editors.shown, []);
    assert.match(world.told, /was changed since it was sent: nothing is replaced\. Ask again/);
  });

  test('is not made where the code was changed while the diff was open', async () => {
    await world.propose();
    world.editors.edit({ offset: text.indexOf('two'), length: 3, text: 'three' });
    await world.proposals.accept();
    assert.equal(world.editors.text, text.replace('two', 'three'));
    assert.equal(world.editors.final, changed, 'the diff stays');
  });

  test('of code that stands there twice is made where it was, as long as that was followed', async () => {
    world.editors.edit({ offset: 0, length: 0, text: `${code}\n` });
    await world.propose();
    await world.proposals.accept();
    assert.equal(world.editors.text, `${code}\n${changed}`);
  });

  test('of code that stands there twice in a file that was closed meanwhile is not guessed', async () => {
    world.editors.reopen(`${code}\n${text}`);
    await world.propose();
    assert.deepEqual(world.editors.shown, []);
    assert.match(world.told, /stands 2 times in src\/a\.ts now/);
  });

  test('finds its file after a reload, or says that it cannot', async () => {
    world.source = undefined;
    await world.propose();
    assert.equal(world.editors.final, changed);
    world.editors.found = undefined;
    await world.propose();
    assert.match(world.told, /src\/a\.ts is not found in this window any more/);
  });

  for (const [problem, sentence] of [
    ['gone', /not there any more: it was closed, moved or deleted/],
    ['unreadable', /VS Code does not open src\/a\.ts as text/],
  ] as const) {
    test(`of a file that is ${problem} changes nothing`, async () => {
      await world.propose();
      world.editors.problem = problem;
      await world.proposals.accept();
      assert.match(world.told, sentence);
      await world.propose();
      assert.equal(world.editors.shown.length, 1);
      assert.equal(world.editors.text, text);
    });
  }

  test('of a read-only file says so', async () => {
    world.editors.isReadOnly = true;
    await world.propose();
    await world.proposals.accept();
    assert.match(world.told, /Nothing was replaced: src\/a\.ts is read-only/);
  });

  test('is only proposed from a complete answer, or from a code block that is whole', async () => {
    for (const status of ['streaming', 'truncated', 'cancelled', 'interrupted', 'failed'] as const) {
      world.answer(`${answer}\n\`\`\`ts\nthr`, status);
      await world.propose();
      await world.propose('thr');
      assert.match(world.told, /The answer is not complete\. Nothing is replaced/);
    }
    assert.deepEqual(world.editors.shown, []);
    await world.propose('one(1);\ntwo(2);');
    assert.equal(world.editors.final, changed);
  });

  test('is only proposed for a turn whose action replaces code', async () => {
    world.turn = { ...world.turn, apply: undefined };
    await world.propose();
    await world.proposals.applyNow(world.turn.id);
    assert.deepEqual([world.editors.shown, world.dialogs.shown], [[], []]);
  });

  test('is thrown away on discard; then there is nothing to accept', async () => {
    await world.propose();
    await world.proposals.discard();
    await world.proposals.accept();
    assert.equal(world.editors.text, text);
    assert.match(world.told, /no change to accept/);
  });

  test('without asking is one step of Undo', async () => {
    await world.proposals.applyNow(world.turn.id);
    assert.deepEqual(world.editors.shown, []);
    assert.equal(world.editors.text, changed);
    assert.deepEqual(world.editors.undo, [text]);
  });

  test('without asking is shown all the same when something needs a word', async () => {
    world.editors.edit({ offset: 0, length: 0, text: '// new\n' });
    await world.proposals.applyNow(world.turn.id);
    assert.equal(world.editors.final, `// new\n${changed}`);
  });

  test('asks about characters that nobody sees', async () => {
    world.answer(fenced('one(1);\u200B\ntwo(2);', 'ts'));
    await world.propose();
    assert.match(world.dialogs.shown[0] ?? '', /1 invisible character/);
    assert.deepEqual(world.editors.shown, []);
    world.dialogs.answers.push('Remove Them and Show');
    await world.propose();
    assert.equal(world.editors.final, changed);
  });

  test('keeps the line ends of its file', async () => {
    const windows = (each: string): string => each.replaceAll('\n', '\r\n');
    world = new ApplyWorld(windows(text), windows(code));
    world.answer(answer);
    await world.propose();
    await world.proposals.accept();
    assert.equal(world.editors.text, windows(changed));
  });
});

suite('changes of several selections', () => {
  const pieces = 'one();\nb();\ntwo();\nc();\nthree();\n';

  test('go to their places, with what stands between them left alone', async () => {
    const world = new ApplyWorld(pieces, 'one();', 'three();');
    world.answer(`${fenced('one(1);')}\n${fenced('three(3);\nfour();')}`);
    world.editors.edit({ offset: pieces.indexOf('b()'), length: 1, text: 'bb' });
    await world.propose();
    await world.proposals.accept();
    assert.equal(world.editors.text, 'one(1);\nbb();\ntwo();\nc();\nthree(3);\nfour();\n');
    assert.equal(world.editors.undo.length, 1);
  });

  test('need a block each', async () => {
    const world = new ApplyWorld(pieces, 'one();', 'three();');
    world.answer(fenced('one(1);'));
    await world.propose();
    assert.match(world.told, /1 code block for 2 selections/);
    await world.propose('one(1);');
    assert.match(world.told, /which of them this block is for cannot be told/);
  });

  test('of a column take a line each', async () => {
    const column = 'ab 1\ncd 2\nef 3\n';
    const world = new ApplyWorld(column, 'ab', 'cd', 'ef');
    world.answer(fenced('AB\nCD\nEF'));
    await world.propose();
    await world.proposals.accept();
    assert.equal(world.editors.text, 'AB 1\nCD 2\nEF 3\n');
    world.answer(fenced('AB\nCD'));
    await world.propose();
    assert.match(world.told, /was changed/);
  });
});
