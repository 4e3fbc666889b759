import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import type { Turn } from '../../../src/core/chat/conversation';
import { reduceTurn } from '../../../src/core/chat/conversation';
import type { ToAnswerPage } from '../../../src/protocol/answerMessages';
import {
  type AnswerHarness,
  completed,
  happening,
  inPieces,
  openAnswerPage,
  part,
  showing,
  text,
} from '../../support/pageHarness/answerPage';
import { makeAnswer, makeTurn } from '../../support/turns';

const words = (count: number): string => Array.from({ length: count }, (_, at) => `word${at} `).join('');

function manyTurns(count: number): Turn[] {
  return Array.from({ length: count }, (_, at) =>
    makeTurn({
      id: `turn-${at}`,
      title: `Turn ${at}`,
      answer: makeAnswer({
        status: 'completed',
        text: `Answer **${at}**\n\n- ${words(60)}\n- ${words(60)}\n\n\`\`\`ts\nconst answer = ${at};\n\`\`\`\n`,
        cost: { state: 'billed', usd: '0.001' },
      }),
    }),
  );
}

/** By its turn: folds of turns far from the reader come in idle time, so that their number says nothing. */
const sentFold = ({ page }: AnswerHarness, turn: number): Locator =>
  page.locator(`[data-turn-id="turn-${turn}"] [data-part=sent]`);

suite('answer page: hiding, reloading and size', () => {
  let harness: AnswerHarness;

  setup(async () => {
    harness = await openAnswerPage();
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  test('a reload in the middle of an answer loses no character', async () => {
    const pieces = inPieces(words(200));
    let conversation = { id: 'talk-1', turns: [makeTurn({ id: 'a' })] as readonly Turn[] };
    await harness.post(showing(conversation.turns));
    for (const [at, piece] of pieces.entries()) {
      const events: AnswerEvent[] = [text(piece)];
      conversation = { ...conversation, ...reduceTurn(conversation, 'a', events) };
      if (at % 60 === 30) {
        await harness.load();
        await harness.post(showing(conversation.turns));
      } else if (at % 7 === 0 || at > pieces.length - 3) {
        await harness.post(happening('a', ...events));
      } else {
        await harness.page.evaluate(
          message => window.postMessage(message, '*'),
          happening('a', ...events) as unknown,
        );
      }
    }
    await harness.post(happening('a', completed));
    assert.equal((await part(harness, 'answer').textContent())?.trim(), words(200).trim());
  });

  test('a state that repeats what is shown leaves the growing text where it is', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]), happening('a', text('Begun')));
    const before = await part(harness, 'answer').locator('p').elementHandle();
    await harness.post(
      showing([makeTurn({ id: 'a', answer: makeAnswer({ text: 'Begun' }) })]),
      happening('a', text(' and on')),
    );
    assert.equal(await before?.evaluate(node => node.isConnected && node.textContent), 'Begun and on');
  });

  test('finished answers stay as they are when the host tells everything again', async () => {
    const told = [
      ...manyTurns(2),
      makeTurn({ id: 'live', answer: makeAnswer({ status: 'completed', text: 'Streamed **here**' }) }),
    ];
    await harness.post(
      showing([...manyTurns(2), makeTurn({ id: 'live' })]),
      happening('live', text('Streamed **here**'), completed),
      { type: 'turn', turn: makeTurn({ id: 'unsent' }) },
    );
    await harness.page.waitForFunction(() => document.querySelectorAll('.answer strong').length === 3);
    const shown = await part(harness, 'answer').locator('strong').elementHandles();
    await harness.post(showing(told));
    assert.equal(await harness.page.locator('.plain').count(), 0);
    for (const node of shown) assert.equal(await node.evaluate(one => one.isConnected), true);
    assert.equal(await part(harness, 'turn').count(), 3);
  });

  test('a finished answer whose text changed becomes rich again where the reader is', async () => {
    const whole = (value: string) =>
      showing([makeTurn({ id: 'a', answer: makeAnswer({ status: 'completed', text: value }) })]);
    await harness.post(whole('The *old* text'));
    await part(harness, 'answer').locator('em').waitFor();
    await harness.post(whole('A **new** text'));
    await part(harness, 'answer').locator('strong').waitFor();
    assert.equal((await part(harness, 'answer').textContent())?.trim(), 'A new text');
  });

  test('messages that are no messages of the host change nothing', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    await harness.page.evaluate(() => {
      for (const junk of [
        null,
        7,
        'state',
        {},
        { type: 'nonsense' },
        { type: 'state' },
        { type: 'events', turnId: 'a', events: 'x' },
        { type: 'turn', turn: {} },
      ]) {
        window.postMessage(junk, '*');
      }
    });
    await harness.post(happening('a', text('Fine')), happening('unknown', text('lost')));
    assert.equal((await part(harness, 'answer').textContent())?.trim(), 'Fine');
    assert.equal(
      (await harness.posted()).some(({ type }) => type === 'pageError'),
      false,
    );
  });

  test('an unexpected error reaches the host', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    await harness.page.evaluate(() =>
      window.postMessage({ type: 'events', turnId: 'a', events: [{ type: 'unheard-of' }] }, '*'),
    );
    assert.match((await harness.waitForPosted('pageError')).message, /unheard-of/);
    assert.equal(harness.troubles.length, 1);
    (harness.troubles as string[]).length = 0;
  });

  test('a hidden page shows all it was told once it is seen again', async () => {
    await harness.post(showing([makeTurn({ id: 'a' })]));
    // A hidden page gets no frames.
    await harness.page.evaluate(() => {
      const frames: FrameRequestCallback[] = [];
      const real = window.requestAnimationFrame;
      window.requestAnimationFrame = callback => frames.push(callback);
      Object.assign(window, {
        frames,
        showAgain: () => {
          window.requestAnimationFrame = real;
          for (const frame of frames) real(frame);
        },
      });
      for (let at = 0; at < 2000; at++)
        window.postMessage(
          { type: 'events', turnId: 'a', events: [{ type: 'text', text: `word${at} ` }] },
          '*',
        );
    });
    await harness.page.evaluate(
      () =>
        new Promise(resolve => {
          addEventListener('message', event => event.data === 'last' && resolve(undefined));
          window.postMessage('last', '*');
        }),
    );
    assert.equal(
      await harness.page.evaluate(() => (window as unknown as { frames: unknown[] }).frames.length),
      1,
    );
    await harness.page.evaluate(() => (window as unknown as { showAgain(): void }).showAgain());
    await harness.settle();
    await harness.page.waitForFunction(() =>
      document.querySelector('[data-part="answer"]')?.textContent?.includes('word1999'),
    );
    assert.equal((await part(harness, 'answer').textContent())?.trim(), words(2000).trim());
  });

  test('the place of the reader and the open folds survive a reload', async () => {
    const turns = manyTurns(40);
    const fold = sentFold(harness, 20);
    await harness.post(showing(turns));
    await harness.page.getByRole('heading', { name: 'Turn 20' }).scrollIntoViewIfNeeded();
    await fold.locator('summary').click();
    await harness.page.waitForFunction(() => sessionStorage.getItem('state')?.includes('turn-20 sent'));
    await harness.load();
    await harness.post(showing(turns));
    await harness.page.waitForFunction(() => scrollY > 0);
    await harness.settle();
    assert.notEqual(await fold.getAttribute('open'), null);
    const box = await harness.page.getByRole('heading', { name: 'Turn 20' }).boundingBox();
    assert.ok(box && box.y > -200 && box.y < 640, `Turn 20 stands at ${box?.y}`);
    assert.equal(await part(harness, 'jump').count(), 1);
  });

  test('who reads the very beginning is there again after a reload', async () => {
    const turns = manyTurns(3);
    await harness.post(showing(turns));
    await harness.page.waitForFunction(() => scrollY > 0);
    await harness.page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await part(harness, 'jump').waitFor();
    await harness.page.waitForFunction(() => sessionStorage.getItem('state') !== null);
    await harness.load();
    await harness.post(showing(turns));
    await part(harness, 'jump').waitFor();
    assert.equal(await harness.page.evaluate(() => scrollY), 0);
  });

  test('far turns of a long conversation wait as plain text and become rich when the reader comes', async () => {
    await harness.post(showing(manyTurns(500)));
    await harness.page.locator('ask-turn').nth(499).locator('.rich:not([hidden])').waitFor();
    assert.equal(await part(harness, 'turn').count(), 500);
    await harness.page.waitForFunction(() => document.querySelectorAll('[data-part="cost"]').length === 500);
    const first = part(harness, 'answer').first();
    assert.equal(await first.locator('.plain').count(), 1);
    assert.match((await first.textContent()) ?? '', /Answer \*\*0\*\*/);
    await harness.page.keyboard.press('Home');
    await first.locator('.rich:not([hidden]) .hljs-keyword').waitFor();
    assert.equal(await first.locator('strong').textContent(), '0');
    assert.equal(await first.locator('.plain').count(), 0);
  });

  /** The conversation as the host sends it to a page that has just come: the last turns first. */
  function lastFirst(turns: readonly Turn[]): ToAnswerPage[] {
    const last = showing(turns.slice(-10));
    assert.ok(last.type === 'state');
    const messages: ToAnswerPage[] = [{ ...last, state: { ...last.state, missingTurns: turns.length - 10 } }];
    for (let end = turns.length - 10; end > 0; end -= 15) {
      const missingTurns = Math.max(0, end - 15);
      const earlier = turns.slice(missingTurns, end);
      messages.push({ type: 'earlierTurns', conversationId: 'talk-1', turns: earlier, missingTurns });
    }
    return messages;
  }

  test('earlier turns that come later stand before the others, and the end stays in view', async () => {
    await harness.post(...lastFirst(manyTurns(60)));
    const titles = await harness.page.locator('h2').allTextContents();
    assert.deepEqual(
      titles,
      manyTurns(60).map(({ title }) => title),
    );
    await harness.settle();
    assert.equal(
      await harness.page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 4),
      true,
    );
  });

  test('the place of the reader is found again when its turn comes later', async () => {
    const turns = manyTurns(40);
    await harness.post(showing(turns));
    await harness.page.getByRole('heading', { name: 'Turn 12' }).scrollIntoViewIfNeeded();
    await sentFold(harness, 12).locator('summary').click();
    await harness.page.waitForFunction(() => sessionStorage.getItem('state')?.includes('turn-12 sent'));
    await harness.load();
    const [first, ...others] = lastFirst(turns);
    assert.ok(first);
    await harness.post(first);
    await harness.post(...others);
    // The end of the conversation, which comes first, is scrolled to as well.
    await harness.page
      .locator('ask-turn', { hasText: 'Turn 12' })
      .locator('[data-part="sent"][open]')
      .waitFor();
    await harness.settle();
    const box = await harness.page.getByRole('heading', { name: 'Turn 12' }).boundingBox();
    assert.ok(box && box.y > -200 && box.y < 640, `Turn 12 stands at ${box?.y}`);
  });

  test('earlier turns of another conversation change nothing', async () => {
    await harness.post(showing(manyTurns(2)));
    await harness.post({
      type: 'earlierTurns',
      conversationId: 'other',
      turns: manyTurns(5),
      missingTurns: 0,
    });
    assert.equal(await part(harness, 'turn').count(), 2);
  });

  test('another conversation replaces the one that was shown', async () => {
    await harness.post(showing([makeTurn({ id: 'a', title: 'Old' })]));
    await harness.post(showing([makeTurn({ id: 'b', title: 'New' })], undefined, 'talk-2'));
    assert.deepEqual(await harness.page.locator('h2').allTextContents(), ['New']);
    await harness.post(showing([], undefined, 'talk-3'));
    assert.equal(await part(harness, 'empty').count(), 1);
  });
});
