import assert from 'node:assert/strict';
import { mostKeptChars } from '../../../src/app/context/keptContext';
import { parseKeptConversation, toKeptJson } from '../../../src/app/conversations/keptConversation';
import { mostImageBytes } from '../../../src/core/base/imageData';
import { ContextWorld, contextModels } from '../../support/context/contextWorld';
import { uriOf } from '../../support/context/fakeSources';
import { pngBytes, pngUrl } from '../../support/context/images';
import { type Simulator, startSimulator } from '../../support/simulator';

suite('what goes along, over a reload of the window', () => {
  let simulator: Simulator;
  let before: ContextWorld;
  let after: ContextWorld;

  suiteSetup(async () => {
    simulator = await startSimulator({ models: contextModels, generationDelayMs: 0 });
  });
  suiteTeardown(() => simulator.dispose());
  setup(async () => {
    [before, after] = [new ContextWorld(simulator), new ContextWorld(simulator)];
    await after.start();
  });
  teardown(() => {
    before.dispose();
    after.dispose();
  });

  /** What the first window has left, as it stands on disk. */
  const onDisk = (): string => toKeptJson(before.session.toKeep());
  /** Opens the second window, until what goes along is read; what it says of each. */
  const reload = async (): Promise<readonly (readonly [label: string, problem: string | undefined])[]> => {
    after.kept = parseKeptConversation(onDisk());
    await after.session.restore();
    await after.context.list.fresh();
    return (after.session.composer.context ?? []).map(({ label, problem }) => [label, problem]);
  };
  const addFile = async (world: ContextWorld, path: string, text: string): Promise<void> => {
    world.context.sources.texts.set(path, text);
    await world.context.list.add({ kind: 'file', uri: uriOf(path) });
  };
  const addText = (text: string, kind: 'clipboard' | 'terminal' = 'clipboard'): void =>
    void before.context.list.addPart({ kind, name: kind, text });

  test('files, symbols, problems and diffs are kept without their text, and read anew', async () => {
    const { list, sources } = before.context;
    await addFile(before, 'src/a.ts', 'const old = 1;\n');
    await list.add({ kind: 'symbol', uri: uriOf('src/a.ts'), name: 'old', line: 0 });
    sources.problems = 'an old problem';
    sources.diffs = { staged: 'an old diff' };
    await list.add({ kind: 'problems' });
    await list.add({ kind: 'diff', which: 'staged' });
    before.session.setDraft('Why?');
    assert.doesNotMatch(onDisk(), /const old|an old/);
    after.context.sources.texts.set('src/a.ts', 'const fresh = 2;\n');
    after.context.sources.problems = 'a new problem';
    after.context.sources.diffs = { staged: 'a new diff' };
    assert.deepEqual(await reload(), [
      ['a.ts', undefined],
      ['old', undefined],
      ['Problems', undefined],
      ['staged changes', undefined],
    ]);
    assert.equal(after.session.draft, 'Why?');
    assert.equal(await after.send('Why?'), true);
    const content = String(after.wire.at(-1)?.content);
    for (const text of ['const fresh = 2;', 'a new problem', 'a new diff'])
      assert.ok(content.includes(text), text);
    assert.doesNotMatch(content, /const old|an old/);
  });

  test('the terminal selection, the clipboard and images come back as they were, and are sent so', async () => {
    addText('npm test failed', 'terminal');
    addText('copied');
    before.context.images.addFromPage(pngUrl(800, 600), { name: 'plan.png' });
    assert.deepEqual(await reload(), [
      ['terminal', undefined],
      ['clipboard', undefined],
      ['plan.png', undefined],
    ]);
    assert.equal(await after.send('Why?'), true);
    const wire = JSON.stringify(after.wire.at(-1));
    for (const part of ['npm test failed', 'copied', pngUrl(800, 600)]) assert.ok(wire.includes(part));
  });

  test('what is gone says so, what is never sent is not read, and neither is sent', async () => {
    for (const path of ['src/gone.ts', 'src/secret.ts']) await addFile(before, path, `// ${path}\n`);
    before.context.sources.imageFiles.set('secret.png', pngBytes(10, 10));
    await before.context.images.addFile(uriOf('secret.png'));
    const { sources, list } = after.context;
    sources.texts.set('src/secret.ts', '// secret\n');
    sources.forbidden.add('src/secret.ts').add('secret.png');
    assert.deepEqual(await reload(), [
      ['gone.ts', 'src/gone.ts is gone'],
      ['secret.ts', 'src/secret.ts is never sent'],
      ['secret.png', 'secret.png is never sent'],
    ]);
    assert.ok(!sources.readPaths.includes('src/secret.ts'));
    const asked = simulator.requests.length;
    assert.equal(await after.send('Why?'), false);
    assert.equal(simulator.requests.length, asked);
    sources.forbidden.clear();
    sources.texts.set('src/gone.ts', '// back\n');
    assert.equal((await list.fresh())?.length, 3, 'sent once nothing forbids it');
  });

  test('a language server or Git that is still starting is not the last word', async () => {
    before.context.sources.problems = 'one';
    await before.context.list.add({ kind: 'problems' });
    after.kept = parseKeptConversation(onDisk());
    await after.context.list.restore(after.kept?.added ?? []);
    const [item] = after.context.list.items;
    assert.equal(item?.problem, 'nothing is there It is read again when the question is sent.');
    after.context.sources.problems = 'one';
    assert.equal(await after.send('Why?'), true);
  });

  test('any one image fits; what does not is named in a sentence and never left out silently', async () => {
    const large = pngUrl(1000, 1000, mostImageBytes);
    assert.ok(large.length <= mostKeptChars);
    for (const name of ['one.png', 'two.png']) before.context.images.addFromPage(large, { name });
    addText('x'.repeat(mostKeptChars - large.length + 1));
    addText('short');
    assert.ok(onDisk().length < mostKeptChars + 2000);
    const tooLarge = (name: string) =>
      `${name} was too large to be kept when the window was closed: add it again, or leave it out.`;
    assert.deepEqual(await reload(), [
      ['one.png', undefined],
      ['two.png', tooLarge('two.png')],
      ['clipboard', tooLarge('clipboard')],
      ['clipboard', undefined],
    ]);
    assert.equal(await after.send('Why?'), false);
    assert.equal(toKeptJson(after.session.toKeep()), onDisk(), 'as often as it is reloaded');
    const lost = after.context.list.items.filter(({ problem }) => problem !== undefined);
    await after.page.handle({ type: 'removeContext', ids: lost.map(({ id }) => id) });
    assert.equal((await after.context.list.fresh())?.length, 2);
  });

  test('without a history nothing comes back', async () => {
    addText('copied');
    after.settings.set({ historyEnabled: false });
    assert.deepEqual(await reload(), []);
  });

  test('a damaged list costs neither the conversation nor the draft', () => {
    addText('copied');
    before.session.setDraft('Why?');
    const damaged = onDisk().replace('"clipboard"', '"cloud"');
    assert.deepEqual(parseKeptConversation(damaged), {
      conversation: before.session.conversation,
      draft: 'Why?',
    });
  });
});
