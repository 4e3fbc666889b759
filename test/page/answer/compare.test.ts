import assert from 'node:assert/strict';
import type { Turn } from '../../../src/core/chat/conversation';
import { findBarriers } from '../../support/pageHarness/accessibility';
import {
  type AnswerHarness,
  completed,
  happening,
  makeComposer,
  openAnswerPage,
  part,
  showing,
  text,
  visibleText,
} from '../../support/pageHarness/answerPage';
import { makeAnswer, makeSent, makeTurn } from '../../support/turns';

const modelTurn = (model: string, changes: Partial<Turn> = {}): Turn =>
  makeTurn({
    id: model.replace('/', '-'),
    group: 'g1',
    sent: makeSent({ parameters: { model, maxTokens: 100 } }),
    ...changes,
  });

suite('answer page: several answers, compared', () => {
  let harness: AnswerHarness;

  setup(async () => {
    harness = await openAnswerPage();
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  const [a, b, c] = ['acme/a', 'acme/b', 'acme/c'];
  const columns = () => harness.page.locator('.compare-column');
  const show = () =>
    harness.post(showing([]), ...[a, b, c].map(model => ({ type: 'turn', turn: modelTurn(model) }) as const));
  /** One answer whole, one failed in the middle, one that says no more. */
  const endTwo = () =>
    harness.post(
      happening('acme-a', text('The sky is blue because air scatters.')),
      happening('acme-b', text('The sky ')),
      happening('acme-c', text('The sky is blue since air scatters light.')),
      happening('acme-b', {
        type: 'ended',
        ending: {
          outcome: 'failed',
          failure: { kind: 'providerUnavailable', httpStatus: 502 },
          durationMs: 900,
        },
      }),
      happening(
        'acme-c',
        { type: 'usage', usage: { completionTokens: 11 } },
        { type: 'cost', cost: { state: 'billed', usd: '0.002' } },
        { type: 'ended', ending: { outcome: 'completed', ttftMs: 200, durationMs: 1000 } },
      ),
    );
  const endLast = () =>
    harness.post(
      happening('acme-a', { type: 'cost', cost: { state: 'billed', usd: '0.001' } }, completed),
      happening('acme-b', { type: 'settled', cost: { state: 'settled', usd: '0.0001' }, usage: {} }),
    );
  const posted = async (type: string) => (await harness.posted()).filter(message => message.type === type);

  test('answers stand side by side, each a turn of its own with its figures', async () => {
    await harness.close();
    harness = await openAnswerPage({ context: { viewport: { width: 1200, height: 800 } } });
    await show();
    await endTwo();
    assert.equal(await part(harness, 'compare').count(), 1);
    assert.equal(await part(harness, 'compare').locator('[data-part="turn"]').count(), 3);
    assert.deepEqual(await part(harness, 'status').allTextContents(), ['streaming', 'failed', 'completed']);
    assert.deepEqual(await columns().locator('h2').allTextContents(), [a, b, c]);
    const boxes = await Promise.all([0, 1, 2].map(index => columns().nth(index).boundingBox()));
    assert.equal(new Set(boxes.map(box => box?.y)).size, 1);
    assert.equal(new Set(boxes.map(box => box?.x)).size, 3);
    await harness.page.setViewportSize({ width: 400, height: 800 });
    const narrow = await Promise.all([0, 1, 2].map(index => columns().nth(index).boundingBox()));
    assert.equal(new Set(narrow.map(box => box?.x)).size, 1);
    const overflow = await harness.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0);
  });

  for (const width of [480, 1200]) {
    test(`a turn before and after a comparison stands where it would without one, ${width} px wide`, async () => {
      await harness.close();
      harness = await openAnswerPage({ context: { viewport: { width, height: 800 } } });
      const alone = makeTurn({ id: 'alone' });
      await harness.post(showing([alone]));
      const places = () =>
        harness.page.locator('main > ask-turn > article').evaluateAll(all =>
          all.map(article => {
            const { x, width } = article.getBoundingClientRect();
            return { x, width };
          }),
        );
      const [without] = await places();
      const others = [a, b, c].map(model => modelTurn(model));
      await harness.post(showing([alone, ...others, makeTurn({ id: 'later' })]));
      assert.deepEqual(await places(), [without, without]);
      const lines = await harness.page
        .locator('main > :is(ask-turn, .compare)')
        .evaluateAll(all => all.map(each => getComputedStyle(each).borderTopStyle));
      assert.deepEqual(lines, ['none', 'solid', 'solid']);
    });
  }

  test('the columns do not show through beside the question box', async () => {
    await harness.close();
    harness = await openAnswerPage({ context: { viewport: { width: 1200, height: 500 } } });
    await show();
    await endTwo();
    const [dock, box] = await Promise.all(
      ['.dock', '.composer'].map(name => harness.page.locator(name).boundingBox()),
    );
    assert.deepEqual([dock?.x, dock?.width], [0, 1200]);
    assert.deepEqual([box?.x, box?.width], [136, 928]);
  });

  test('one can be stopped, or all of it while any runs', async () => {
    await show();
    await columns().nth(0).locator('[data-part="stop"]').click();
    await part(harness, 'stop-all').click();
    assert.deepEqual(await posted('stop'), [
      { type: 'stop', turnId: 'acme-a' },
      { type: 'stop', turnId: 'g1' },
    ]);
    await endTwo();
    await endLast();
    assert.equal(await part(harness, 'stop-all').count(), 0);
  });

  test('the summary names the cheapest, the fastest and the longest, and what all cost', async () => {
    await show();
    await endTwo();
    assert.match(await visibleText(part(harness, 'compare-counts')), /^1 running, 1 completed, 1 failed$/);
    assert.equal(await part(harness, 'compare-cheapest').count(), 0);
    await endLast();
    const cheapest = part(harness, 'compare-cheapest');
    assert.deepEqual(
      [await cheapest.getAttribute('data-turn'), await cheapest.getAttribute('data-value')],
      ['acme-a', '0.001'],
    );
    assert.match(await visibleText(part(harness, 'compare-longest')), /^acme\/c: 41 characters, 11 tokens$/);
    assert.match(await visibleText(part(harness, 'compare-fastest')), /^acme\/[ac]: 1\.0 s/);
    assert.equal(await part(harness, 'compare-total').getAttribute('data-value'), '0.0031');
  });

  test('two answers are set beside each other word by word, also for who does not see colours', async () => {
    await show();
    await endTwo();
    await endLast();
    await columns().nth(2).locator('[data-part="diff-with"]').selectOption('acme-a');
    const diff = part(harness, 'diff');
    await diff.waitFor();
    assert.deepEqual(await diff.locator('del').allTextContents(), ['because']);
    assert.deepEqual(await diff.locator('ins').allTextContents(), ['since', ' light']);
    assert.match((await part(harness, 'announcement').textContent()) ?? '', /^1 word removed, 2 added\.$/);
    assert.deepEqual(await findBarriers(harness.page), []);
    await columns().nth(2).locator('[data-part="diff-with"]').selectOption('');
    assert.equal(await diff.count(), 0);
  });

  test('one is kept', async () => {
    await show();
    await endTwo();
    await columns().nth(2).locator('[data-part="keep"]').click();
    assert.deepEqual(await posted('keepAnswer'), [{ type: 'keepAnswer', turnId: 'acme-c' }]);
    await harness.post({ type: 'choices', choices: { kept: ['acme-c'], shown: [] } });
    const keep = part(harness, 'keep').last();
    assert.deepEqual([await keep.getAttribute('aria-pressed'), await visibleText(keep)], ['true', 'Kept']);
    assert.equal(await part(harness, 'status').count(), 3);
  });

  test('the composer asks several models what is typed', async () => {
    await harness.post(showing([]));
    await part(harness, 'composer').fill('Which is better?');
    await part(harness, 'compare-models').click();
    assert.deepEqual(await posted('compare'), [{ type: 'compare', text: 'Which is better?' }]);
    await harness.post({ type: 'composer', composer: makeComposer({ draft: 'Which is better?' }) });
    assert.equal(await part(harness, 'composer').inputValue(), 'Which is better?');
  });
});

suite('answer page: several answers, versions of a turn', () => {
  let harness: AnswerHarness;

  setup(async () => {
    harness = await openAnswerPage();
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  const answered = (id: string, words: string, changes: Partial<Turn> = {}): Turn =>
    makeTurn({ id, answer: makeAnswer({ status: 'completed', text: words }), ...changes });
  const visibleTurns = () =>
    harness.page
      .locator('ask-turn:visible [data-part="turn"]')
      .evaluateAll(turns => turns.map(turn => turn.getAttribute('data-turn-id')));

  test('a turn that is run again keeps its place; the reader goes through its versions', async () => {
    await harness.post(showing([answered('a', 'One two'), answered('b', 'Later')]));
    await part(harness, 'rerun').first().click();
    assert.deepEqual(
      (await harness.posted()).filter(({ type }) => type === 'rerun'),
      [{ type: 'rerun', turnId: 'a' }],
    );
    await harness.post({ type: 'turn', turn: makeTurn({ id: 'a2', versionOf: 'a' }) });
    await harness.post(happening('a2', text('One three')));
    assert.deepEqual(await visibleTurns(), ['a2', 'b']);
    assert.equal(await visibleText(part(harness, 'version')), '2 of 2');
    await harness.post(happening('a2', completed));
    await part(harness, 'version-previous').click();
    assert.deepEqual((await harness.posted()).at(-1), { type: 'showVersion', turnId: 'a' });
    await harness.post({ type: 'choices', choices: { kept: [], shown: ['a'] } });
    assert.deepEqual(await visibleTurns(), ['a', 'b']);
    await part(harness, 'version-next').click();
    await harness.post({ type: 'choices', choices: { kept: [], shown: ['a2'] } });
    assert.equal((await part(harness, 'answer').nth(1).textContent())?.trim(), 'One three');
    await part(harness, 'diff-with').selectOption('a');
    await part(harness, 'diff').waitFor();
    assert.deepEqual(await part(harness, 'diff').locator('ins').allTextContents(), ['three']);
    assert.deepEqual(await findBarriers(harness.page), []);
  });

  test('a fallback that answered is named, with the reason', async () => {
    const turn = answered('a', 'x', {
      sent: makeSent({ parameters: { model: 'acme/m1', maxTokens: 9, fallbackModels: ['beta/b'] } }),
    });
    const routing = { attempts: [{ provider: 'Alpha', status: 502 }] };
    await harness.post(showing([{ ...turn, answer: { ...turn.answer, servedModel: 'beta/b', routing } }]));
    assert.equal(
      await visibleText(part(harness, 'served-instead')),
      'You asked for acme/m1, beta/b answered, because Alpha failed (502).',
    );
  });
});
