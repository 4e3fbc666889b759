import assert from 'node:assert/strict';
import type { ComposerState, FromAnswerPage } from '../../../src/protocol/answerMessages';
import type { ContextChip } from '../../../src/protocol/contextMessages';
import { pixelUrl } from '../../support/context/images';
import { findBarriers } from '../../support/pageHarness/accessibility';
import {
  type AnswerHarness,
  completed,
  happening,
  makeComposer,
  openAnswerPage,
  part,
  showing,
  visibleText,
} from '../../support/pageHarness/answerPage';
import { makeTurn } from '../../support/turns';

const chip = (id: string, changes: Partial<ContextChip> = {}): ContextChip => ({
  ...{ id, kind: 'file', label: `${id}.ts`, detail: `src/${id}.ts, lines 1–20 (whole file)`, tokens: 1234 },
  ...changes,
});

const chips: ContextChip[] = [
  chip('parse'),
  chip('tokenizer'),
  chip('shop', {
    kind: 'symbol',
    label: 'checkout',
    detail: 'src/shop.ts, lines 3–9 (symbol checkout)',
    tokens: 88,
  }),
  chip('all', { kind: 'problems', label: 'Problems', detail: 'the workspace (problems)', tokens: 240 }),
  chip('staged', {
    kind: 'diff',
    label: 'Staged changes',
    detail: 'Staged changes (Git diff)',
    tokens: 2048,
  }),
  chip('plan', {
    ...{ kind: 'image', label: 'plan.png', detail: 'doc/plan.png (image 800 × 600)' },
    ...{ tokens: 640, low: 576, most: 1600 },
  }),
];

suite('answer page: what goes along with a question', () => {
  let harness: AnswerHarness;

  setup(async () => {
    harness = await openAnswerPage();
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  const input = () => part(harness, 'composer');
  const posted = async (type: FromAnswerPage['type']) =>
    (await harness.posted()).filter(message => message.type === type);
  const show = (changes: Partial<ComposerState> = {}) =>
    harness.post(showing([], makeComposer({ context: chips, ...changes })));
  const picture = async (name: string) => {
    const folder = process.env.ASK_OPENROUTER_PICTURES;
    if (folder) await harness.page.screenshot({ path: `${folder}/${name}.png` });
  };

  test('stands in chips with their tokens, and each can be removed by hand', async () => {
    await show();
    const all = part(harness, 'context-chip');
    assert.deepEqual(await all.evaluateAll(found => found.map(each => each.getAttribute('data-value'))), [
      ...['1234', '1234', '88', '240', '2048', '640'],
    ]);
    assert.match(
      (await all.nth(5).getAttribute('title')) ?? '',
      /doc\/plan\.png .*about 640 tokens, 576 to 1,600/,
    );
    await part(harness, 'remove-context').nth(2).click();
    assert.deepEqual(await posted('removeContext'), [{ type: 'removeContext', ids: ['shop'] }]);
    await picture('chips');
  });

  test('the keyboard goes from chip to chip, and Delete takes one out', async () => {
    await show();
    const remove = part(harness, 'remove-context');
    await remove.first().focus();
    const focused = () =>
      harness.page.evaluate(() =>
        document.activeElement?.closest('[data-part="context-chip"]')?.textContent?.trim(),
      );
    await harness.page.keyboard.press('ArrowRight');
    assert.match((await focused()) ?? '', /tokenizer\.ts/);
    await harness.page.keyboard.press('End');
    assert.match((await focused()) ?? '', /plan\.png/);
    await harness.page.keyboard.press('Delete');
    assert.deepEqual(await posted('removeContext'), [{ type: 'removeContext', ids: ['plan'] }]);
    assert.match((await focused()) ?? '', /Staged changes/);
    await harness.page.keyboard.press('Home');
    await harness.page.keyboard.press('Backspace');
    assert.equal((await posted('removeContext')).length, 2);
    await harness.post({ type: 'composer', composer: makeComposer({ context: [chip('last')] }) });
    await remove.first().focus();
    await harness.page.keyboard.press('Delete');
    assert.equal(await harness.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
  });

  test('# at the beginning of a word opens the list, and is taken away when something was chosen', async () => {
    await harness.post(showing([]));
    await input().pressSequentially('C');
    await input().press('#');
    assert.deepEqual(await posted('addContext'), [], 'C# is a language');
    await input().pressSequentially(' see ');
    await input().press('#');
    assert.equal((await posted('addContext')).length, 1);
    assert.deepEqual((await posted('draft')).at(-1), { type: 'draft', text: 'C# see #' });
    await harness.post({ type: 'contextChosen' });
    assert.equal(await input().inputValue(), 'C# see ');
    await input().press('#');
    await input().pressSequentially('1');
    await harness.post({ type: 'contextChosen' });
    assert.equal(await input().inputValue(), 'C# see #1', 'who has typed on meant the character');
    await part(harness, 'add-context').click();
    assert.equal((await posted('addContext')).length, 3);
  });

  /** Fires a paste or a drop with an image of so many pixels, or with texts by type. */
  const give = (
    type: 'paste' | 'drop',
    data: { readonly side?: number; readonly texts?: Record<string, string> },
  ) =>
    input().evaluate(
      async (element, [kind, { side, texts = {} }]) => {
        const transfer = new DataTransfer();
        for (const [format, text] of Object.entries(texts)) transfer.setData(format, text);
        if (side !== undefined) {
          const canvas = new OffscreenCanvas(side, side / 2);
          canvas.getContext('2d')?.fillRect(0, 0, side, side / 2);
          transfer.items.add(new File([await canvas.convertToBlob()], 'shot.png', { type: 'image/png' }));
        }
        const options = { bubbles: true, cancelable: true };
        element.dispatchEvent(
          kind === 'paste'
            ? new ClipboardEvent('paste', { ...options, clipboardData: transfer })
            : new DragEvent('drop', { ...options, dataTransfer: transfer }),
        );
      },
      [type, data] as const,
    );

  const untilPosted = (type: string, count: number) =>
    harness.page.waitForFunction(
      ([wanted, least]) => window.posted.filter(message => message.type === wanted).length >= least,
      [type, count] as const,
    );

  const widthOf = (url: string) =>
    harness.page.evaluate(async address => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, url);

  test('a pasted image is sent to the host, made smaller where it is large', async () => {
    await harness.post(showing([]));
    await give('paste', { side: 100 });
    await give('paste', { side: 4000 });
    await untilPosted('addImage', 2);
    const urls = (await posted('addImage')).map(message => ('url' in message ? message.url : ''));
    assert.deepEqual(await Promise.all(urls.map(widthOf)), [
      [100, 50],
      [1568, 784],
    ]);
    await give('paste', { side: 10, texts: { 'text/plain': 'a cell of a table' } });
    assert.equal((await posted('addImage')).length, 2, 'text with a picture of itself is text');
  });

  test('an image file of the host is made smaller and comes back under its id', async () => {
    await harness.post(showing([]));
    const url = await harness.page.evaluate(() => {
      const canvas = document.createElement('canvas');
      canvas.width = 3000;
      canvas.height = 30;
      return canvas.toDataURL();
    });
    await harness.post({ type: 'shrinkImage', id: 'image-1', url });
    await untilPosted('addImage', 1);
    const [back] = await posted('addImage');
    assert.ok(back?.type === 'addImage' && back.id === 'image-1');
    assert.deepEqual(await widthOf(back.url), [1568, 16]);
    await harness.post({ type: 'shrinkImage', id: 'image-2', url: 'data:image/png;base64,AAAA' });
    await untilPosted('addImage', 2);
  });

  test('files and images can be dropped; a link stays text', async () => {
    await harness.post(showing([]));
    const list = 'file:///work/a.ts\r\n# a comment\r\nvscode-remote://ssh/b.ts';
    await give('drop', { texts: { 'application/vnd.code.uri-list': list, 'text/plain': '/work/a.ts' } });
    await give('drop', { texts: { 'text/uri-list': 'https://example.test/page' } });
    assert.deepEqual(await posted('addFiles'), [
      { type: 'addFiles', uris: ['file:///work/a.ts', 'vscode-remote://ssh/b.ts'] },
    ]);
    await give('drop', { side: 50 });
    await untilPosted('addImage', 1);
    assert.deepEqual(
      (await posted('addImage')).map(message => 'name' in message && message.name),
      ['shot.png'],
    );
  });

  test('too much is told by how much, with what to drop and which model has room', async () => {
    await show({
      tooMuch: {
        overTokens: 12_345,
        contextTokens: 128_000,
        drop: ['staged', 'parse'],
        larger: [{ id: 'acme/long', price: '$1 in, $2 out per 1M tokens', contextTokens: 1_000_000 }],
      },
    });
    const notice = part(harness, 'too-much');
    assert.equal(await notice.getAttribute('data-value'), '12345');
    assert.match(
      await visibleText(notice),
      /12,345 tokens too much for Acme: M1, whose context is 128,000 tokens/,
    );
    assert.match((await part(harness, 'announcement').textContent()) ?? '', /12,345 tokens too much/);
    await part(harness, 'drop-context').click();
    assert.deepEqual(await posted('removeContext'), [{ type: 'removeContext', ids: ['staged', 'parse'] }]);
    assert.equal(await visibleText(part(harness, 'drop-context')), 'Drop parse.ts and Staged changes');
    await part(harness, 'larger-model').click();
    assert.deepEqual(await posted('useLargerModel'), [{ type: 'useLargerModel', model: 'acme/long' }]);
    assert.match(await visibleText(part(harness, 'larger-model')), /\$1 in, \$2 out .*context 1,000,000/);
    await picture('too-much');
    assert.deepEqual(await findBarriers(harness.page), []);
  });

  test('an image for a model without vision says so, and leads to one with it', async () => {
    await show({
      context: [...chips.slice(0, 5), chip('plan', { kind: 'image', label: 'plan.png', needsVision: true })],
      needsVision: true,
    });
    assert.match(await visibleText(part(harness, 'context-chip').last()), /plan\.png ?needs vision/);
    await part(harness, 'pick-vision-model').click();
    await part(harness, 'drop-images').click();
    assert.equal((await posted('pickVisionModel')).length, 1);
    assert.deepEqual(await posted('removeContext'), [{ type: 'removeContext', ids: ['plan'] }]);
    await picture('needs-vision');
    assert.deepEqual(await findBarriers(harness.page), []);
  });

  test('a refused question is there again with the reason', async () => {
    await show({ context: [chip('gone', { problem: 'src/gone.ts is not there any more.' })] });
    await input().fill('Why?');
    await input().press('Enter');
    assert.deepEqual(await posted('send'), [{ type: 'send', text: 'Why?' }]);
    const context = [chip('gone', { problem: 'src/gone.ts is not there any more.' })];
    await harness.post({ type: 'composer', composer: makeComposer({ draft: 'Why?', context }) });
    assert.equal(await input().inputValue(), 'Why?');
    assert.match(await visibleText(part(harness, 'context-problem')), /not there any more/);
    assert.match((await part(harness, 'announcement').textContent()) ?? '', /not there any more/);
    await part(harness, 'drop-broken').click();
    assert.equal((await posted('removeContext')).length, 1);
  });

  for (const theme of ['light', 'hcDark'] as const)
    test(`can be read and reached in a narrow panel, ${theme}`, async () => {
      await harness.close();
      harness = await openAnswerPage({ theme });
      await harness.page.setViewportSize({ width: 400, height: 700 });
      await show();
      assert.deepEqual(await findBarriers(harness.page), []);
      const overflow = await harness.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide`);
      await picture(`narrow-${theme}`);
    });

  test('images of an answer are shown from the answer itself; nothing is loaded', async () => {
    const turn = makeTurn({ id: 't1' });
    const running = { ...turn, answer: { ...turn.answer, status: 'streaming', text: '' } } as const;
    await harness.post(showing([running]));
    await harness.post(
      happening(
        't1',
        { type: 'image', image: { kind: 'shown', url: pixelUrl } },
        { type: 'image', image: { kind: 'linked', url: 'https://example.test/pixel.png' } },
        { type: 'image', image: { kind: 'missing', reason: 'tooLarge' } },
        { type: 'image' },
        completed,
      ),
    );
    const image = harness.page.locator('[data-part="answer-image"] img');
    await image.waitFor();
    assert.equal(await image.getAttribute('alt'), 'Image 1 of the answer');
    assert.equal(await image.evaluate(each => each instanceof HTMLImageElement && each.naturalWidth), 1);
    assert.equal(await harness.page.locator('img').count(), 1);
    await part(harness, 'save-image').click();
    assert.deepEqual(await posted('saveImage'), [{ type: 'saveImage', turnId: 't1', index: 0 }]);
    const shown = await visibleText(part(harness, 'turn'));
    assert.match(
      shown,
      /Image 2 of the answer lies on a server and is not loaded: https:\/\/example\.test\/pixel\.png/,
    );
    assert.match(shown, /Image 3 of the answer is too large to be shown.*an image more, not shown here/);
    assert.deepEqual(await findBarriers(harness.page), []);
  });

  test('what went along stands under “Sent”', async () => {
    const turn = makeTurn();
    const added = [
      { kind: 'file', name: 'src/a.ts', path: 'src/a.ts', startLine: 1, endLine: 2, text: 'const a = 1;' },
      { kind: 'image', name: 'plan.png', url: pixelUrl, mediaType: 'image/png', width: 1, height: 1 },
    ] as const;
    await harness.post(showing([{ ...turn, sent: { ...turn.sent, code: undefined, added } }]));
    await part(harness, 'sent').locator('summary').click();
    const sent = part(harness, 'sent-added');
    assert.match(await visibleText(sent.first()), /src\/a\.ts:1–2 \(whole file\) const a = 1;/);
    assert.equal(await sent.last().locator('img').getAttribute('alt'), 'plan.png (image 1 × 1)');
    await picture('sent');
  });
});
