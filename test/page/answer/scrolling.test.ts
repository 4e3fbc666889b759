import assert from 'node:assert/strict';
import {
  type AnswerHarness,
  completed,
  happening,
  openAnswerPage,
  part,
  showing,
  text,
} from '../../support/pageHarness/answerPage';
import { makeTurn } from '../../support/turns';

const paragraphs = (count: number): string => 'Some words that fill a line of the window.\n\n'.repeat(count);

suite('answer page: scrolling', () => {
  let harness: AnswerHarness;

  setup(async () => {
    harness = await openAnswerPage();
    await harness.post(showing([makeTurn({ id: 'a' })]), happening('a', text(paragraphs(60))));
    await atEnd();
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  const top = () => harness.page.evaluate(() => scrollY);
  const atEnd = () =>
    harness.page.waitForFunction(
      () => scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 4,
    );
  const scrolledUp = (before: number) => harness.page.waitForFunction(y => scrollY < y, before);

  test('the end stays in view while the reader is there', async () => {
    const before = await top();
    await harness.post(happening('a', text(paragraphs(20))));
    await atEnd();
    assert.ok((await top()) > before);
    assert.equal(await part(harness, 'jump').count(), 0);
  });

  test('a turn of the wheel hands the scrolling to the reader, the button takes it back', async () => {
    const before = await top();
    await harness.page.mouse.move(300, 200);
    await harness.page.mouse.wheel(0, -200);
    await scrolledUp(before);
    const place = await top();
    await harness.post(happening('a', text(paragraphs(20))));
    assert.equal(await top(), place);
    await part(harness, 'jump').click();
    await atEnd();
    await harness.post(happening('a', text(paragraphs(20))));
    await atEnd();
    assert.equal(await part(harness, 'jump').count(), 0);
  });

  for (const theme of ['hcDark', 'hcLight'] as const) {
    test(`the text does not show through the button that leads to the end, in the theme ${theme}`, async () => {
      await harness.close();
      harness = await openAnswerPage({ theme });
      await harness.post(showing([makeTurn({ id: 'a' })]), happening('a', text(paragraphs(60))));
      await atEnd();
      await harness.page.keyboard.press('PageUp');
      const background = () =>
        part(harness, 'jump').evaluate(button => getComputedStyle(button).backgroundColor);
      const solid = theme === 'hcDark' ? 'rgb(0, 0, 0)' : 'rgb(255, 255, 255)';
      assert.equal(await background(), solid);
      await part(harness, 'jump').hover();
      assert.equal(await background(), solid);
    });
  }

  test('PageUp stops following and End resumes it', async () => {
    const before = await top();
    await harness.page.keyboard.press('PageUp');
    await scrolledUp(before);
    await part(harness, 'jump').waitFor();
    await harness.page.keyboard.press('End');
    await atEnd();
    await harness.post(happening('a', text(paragraphs(5)), completed));
    await atEnd();
  });

  test('scrolling down to the end by hand resumes following', async () => {
    const before = await top();
    await harness.page.mouse.move(300, 200);
    await harness.page.mouse.wheel(0, -300);
    await scrolledUp(before);
    await harness.page.mouse.wheel(0, 5000);
    await atEnd();
    await harness.post(happening('a', text(paragraphs(20))));
    await atEnd();
  });

  test('a new turn comes into view', async () => {
    const before = await top();
    await harness.page.mouse.move(300, 200);
    await harness.page.mouse.wheel(0, -500);
    await scrolledUp(before);
    await harness.post(happening('a', completed), {
      type: 'turn',
      turn: makeTurn({ id: 'b', title: 'Next' }),
    });
    await atEnd();
    assert.equal(await harness.page.getByRole('heading', { name: 'Next' }).isVisible(), true);
  });
});
