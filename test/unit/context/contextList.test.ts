import assert from 'node:assert/strict';
import { dropAdvice, tokensOver } from '../../../src/app/context/contextFit';
import { mostItems } from '../../../src/app/context/contextList';
import { longestImageSide, readImage, readImageUrl } from '../../../src/core/base/imageData';
import { imageTokens } from '../../../src/core/money/imageTokens';
import { ContextParts } from '../../support/context/contextParts';
import { uriOf } from '../../support/context/fakeSources';
import { pixelUrl, pngBytes, pngUrl } from '../../support/context/images';
import { ScriptedUser } from '../../support/pageHarness/scriptedUser';

function makeParts() {
  const user = new ScriptedUser();
  const parts = new ContextParts(user);
  parts.sources.texts.set('src/a.ts', 'const a = 1;\n').set('src/b.ts', 'const b = 2;\n');
  const names = () => parts.list.items.map(({ part }) => part.name);
  return { ...parts.shared, sources: parts.sources, user, names };
}

suite('the list of what goes along', () => {
  test('a file is added once, and is read anew when it is sent', async () => {
    const { list, sources } = makeParts();
    const source = { kind: 'file', uri: uriOf('src/a.ts') } as const;
    assert.equal(await list.add(source), undefined);
    await list.add(source);
    assert.equal(list.items.length, 1);
    sources.texts.set('src/a.ts', 'const a = 3;\n');
    const [part] = (await list.fresh()) ?? [];
    assert.equal(part?.kind === 'file' && part.text, 'const a = 3;\n');
  });

  test('what is never sent is refused before it is read, also when that is forbidden later', async () => {
    const { list, sources } = makeParts();
    sources.forbidden.add('src/a.ts');
    assert.match((await list.add({ kind: 'file', uri: uriOf('src/a.ts') })) ?? '', /never sent/);
    assert.deepEqual([list.items, sources.readPaths], [[], []]);
    await list.add({ kind: 'file', uri: uriOf('src/b.ts') });
    sources.forbidden.add('src/b.ts');
    assert.equal(await list.fresh(), undefined);
    assert.match(list.items[0]?.problem ?? '', /never sent/);
    sources.forbidden.delete('src/b.ts');
    assert.equal((await list.fresh())?.length, 1);
    assert.equal(list.items[0]?.problem, undefined);
  });

  test('what was taken and not sent comes back before what was added since', async () => {
    const { list, names } = makeParts();
    await list.add({ kind: 'file', uri: uriOf('src/a.ts') });
    const taken = list.take();
    assert.deepEqual(names(), []);
    await list.add({ kind: 'file', uri: uriOf('src/b.ts') });
    list.putBack(taken);
    assert.deepEqual(names(), ['src/a.ts', 'src/b.ts']);
    list.putBack([]);
    assert.equal(list.items.length, 2);
  });

  test(`holds no more than ${mostItems} things`, async () => {
    const { list } = makeParts();
    const add = () => list.addPart({ kind: 'clipboard', name: 'Clipboard', text: 'x' });
    for (let index = 0; index < mostItems; index++) assert.equal(add(), undefined);
    assert.match(add() ?? '', /No more than/);
  });

  test('the command adds what the user chooses, and says in one sentence what it could not', async () => {
    const { commands, sources, user, names } = makeParts();
    sources.texts.set('src/empty.ts', '');
    user.answers.push('$(file) Files…', 'a.ts,empty.ts');
    await commands.choose();
    assert.deepEqual(names(), ['src/a.ts']);
    assert.match(user.shown.at(-1) ?? '', /nothing is there/);
    sources.copied = 'from elsewhere';
    sources.diffs = { staged: 'diff --git a/x b/x' };
    user.answers.push('$(clippy) Clipboard');
    await commands.choose();
    user.answers.push('$(git-commit) Git Diff: Staged Changes');
    await commands.choose();
    assert.deepEqual(names(), ['src/a.ts', 'Clipboard', 'staged changes']);
    user.answers.push('$(terminal) Terminal Selection');
    await commands.choose();
    assert.match(user.shown.at(-1) ?? '', /Nothing is selected in the terminal/);
  });

  test('only a choice takes the # away; Escape leaves it', async () => {
    const { commands, user, sources } = makeParts();
    const ended: unknown[] = [];
    commands.onDidEnd(end => ended.push(end));
    await commands.choose(true);
    sources.copied = 'text';
    user.answers.push('$(clippy) Clipboard');
    await commands.choose(true);
    await commands.choose();
    assert.deepEqual(ended, [
      { isChosen: false, goesOn: true },
      { isChosen: true, goesOn: true },
      { isChosen: false, goesOn: false },
    ]);
  });
});

suite('images that go along', () => {
  test('are known by their bytes, whatever they are called', () => {
    assert.deepEqual(readImage(pngBytes(640, 480)), {
      mediaType: 'image/png',
      width: 640,
      height: 480,
      bytes: 64,
    });
    assert.equal(readImageUrl(pixelUrl)?.width, 1);
    const gif = new Uint8Array([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 10, 0, 20, 0]);
    assert.deepEqual(readImage(gif), { mediaType: 'image/gif', width: 10, height: 20, bytes: 10 });
    const jpeg = new Uint8Array([
      0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc2, 0, 11, 8, 0, 30, 0, 40, 3, 0,
    ]);
    assert.deepEqual(readImage(jpeg), { mediaType: 'image/jpeg', width: 40, height: 30, bytes: 19 });
    const webp = new Uint8Array(30);
    webp.set([0x52, 0x49, 0x46, 0x46], 0);
    webp.set(
      [...'WEBPVP8X'].map(letter => letter.charCodeAt(0)),
      8,
    );
    webp.set([99, 0, 0, 49, 0, 0], 24);
    assert.deepEqual(readImage(webp), { mediaType: 'image/webp', width: 100, height: 50, bytes: 30 });
    for (const odd of ['data:image/svg+xml,<svg/>', 'data:image/png;base64,AAAA', 'https://x.test/a.png', ''])
      assert.equal(readImageUrl(odd), undefined, odd);
    assert.equal(readImage(pngBytes(0, 10)), undefined);
    assert.equal(readImage(pngBytes(90_000, 10)), undefined);
    for (let length = 0; length < 33; length++) readImage(pngBytes(5, 5).subarray(0, length));
  });

  test('a large file goes to the page to be made smaller, and keeps its name', async () => {
    const { images, list, sources } = makeParts();
    const asked: string[] = [];
    images.onDidAsk(({ id }) => asked.push(id));
    sources.imageFiles.set('doc/plan.png', pngBytes(4000, 2000));
    assert.equal(await images.addFile(uriOf('doc/plan.png')), undefined);
    assert.deepEqual([list.items.length, images.large.length], [0, 1]);
    const [id = ''] = asked;
    assert.equal(images.addFromPage(pngUrl(longestImageSide, 784), { id, name: 'forged.png' }), undefined);
    const [item] = list.items;
    assert.deepEqual([item?.part.name, item?.part.path], ['plan.png', 'doc/plan.png']);
    assert.equal(images.addFromPage(pngUrl(10, 10), { id }), undefined);
    assert.equal(list.items.length, 1, 'an image comes back once');
  });

  test('what the page gives is refused when it is none, or too large', () => {
    const { images, list } = makeParts();
    assert.match(images.addFromPage('data:text/html;base64,PGI+', {}) ?? '', /no PNG, JPEG, WebP or GIF/);
    assert.match(
      images.addFromPage(pngUrl(4000, 10), { name: 'wide' }) ?? '',
      /wide could not be made small/,
    );
    assert.match(images.addFromPage(pngUrl(10, 10, 4_000_000), {}) ?? '', /small enough/);
    assert.equal(list.items.length, 0);
  });

  test('cost more tokens the more pixels they have, within what vendors publish', () => {
    const square = { width: 1024, height: 1024 };
    assert.equal(imageTokens(square, 'openai/gpt-4o').tokens, 85 + 4 * 170);
    assert.equal(imageTokens(square, 'openai/gpt-4o-mini').tokens, 2833 + 4 * 5667);
    assert.equal(imageTokens(square, 'anthropic/claude-sonnet-4.5').tokens, Math.round((1024 * 1024) / 750));
    assert.equal(imageTokens({ width: 960, height: 540 }, 'google/gemini-2.5-flash').tokens, 6 * 258);
    assert.equal(imageTokens({ width: 300, height: 300 }, 'google/gemini-2.5-flash').tokens, 258);
    for (const model of ['openai/gpt-5', 'anthropic/x', 'google/x', 'x-ai/x', 'vendor/x', 'qwen/x', ''])
      for (const [width, height] of [
        [1, 1],
        [16, 1568],
        [400, 300],
        [1568, 1568],
      ] as const) {
        const { low, tokens, most } = imageTokens({ width, height }, model);
        assert.ok(low <= tokens && tokens <= most, `${model} ${width} ${height}: ${low} ${tokens} ${most}`);
      }
  });
});

suite('too much for the model', () => {
  const added = (...tokens: readonly number[]) =>
    tokens.map((count, index) => ({ id: `${index}`, tokens: count }));

  test('says by how much', () => {
    assert.equal(tokensOver(1000, 1015), 1);
    assert.equal(tokensOver(1000, 1016), undefined);
    assert.equal(tokensOver(1_000_000, undefined), undefined);
  });

  test('advises the largest first, as few as possible, and no more than is needed', () => {
    assert.deepEqual(dropAdvice(added(100, 900, 300), 800), ['1']);
    assert.deepEqual(dropAdvice(added(100, 900, 300), 1000), ['1', '0']);
    assert.deepEqual(dropAdvice(added(100, 900, 300), 1250), ['1', '2', '0']);
    assert.deepEqual(dropAdvice(added(100, 900, 300), 90), ['0']);
    assert.deepEqual(dropAdvice(added(100), 101), [], 'dropping all of it would not help');
    assert.deepEqual(dropAdvice([], 5), []);
  });
});
