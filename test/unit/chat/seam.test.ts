import assert from 'node:assert/strict';
import { openFenceOf } from '../../../src/core/chat/openFence';
import { Seam, type SeamOptions } from '../../../src/core/chat/seam';
import {
  type Continuer,
  instructedContinuers,
  prefilledContinuers,
  sentLength,
} from '../../support/continuing/continuers';
import { createRandom, makeAnswerText, pickCut, type Random } from '../../support/continuing/cutTexts';

const isLong = process.env.ASK_OPENROUTER_FUZZ_RUNS !== undefined;
const cuts = Number(process.env.ASK_OPENROUTER_FUZZ_RUNS ?? 30);
const seeds = isLong ? [7, 21, 1234] : [7, 21];
const instructed: SeamOptions = { caution: 'instructed' };

/** `before` and what `continuation`, coming in pieces of `size`, adds to it. */
function join(
  before: string,
  continuation: string,
  options = instructed,
  size = 5,
  isFinished = true,
): string {
  const seam = new Seam(before, options);
  let text = before;
  for (let at = 0; at < continuation.length; at += size) text += seam.push(continuation.slice(at, at + size));
  return text + seam.end(isFinished);
}

suite('the seam of a continued answer', () => {
  for (const [title, before, continuation, whole] of [
    ['goes on within a word', 'It takes a chu', 'nk of it.', 'It takes a chunk of it.'],
    [
      'words that are said again',
      'It takes a chunk, keeps',
      'a chunk, keeps what',
      'It takes a chunk, keeps what',
    ],
    ['half a word that is said again', 'It takes a chu', 'takes a chunk', 'It takes a chunk'],
    [
      'a line said again without its indentation',
      '```ts\n  let a = fo',
      'let a = foo();\n',
      '```ts\n  let a = foo();\n',
    ],
    [
      'a fence that is opened again',
      '```ts\nlet a = 1;\n',
      '```ts\nlet b = 2;\n```\n',
      '```ts\nlet a = 1;\nlet b = 2;\n```\n',
    ],
    [
      'a fence opened again, with a line said again',
      '```ts\nlet a = 1;\nlet b',
      '```typescript\nlet b = 2;\n```\n',
      '```ts\nlet a = 1;\nlet b = 2;\n```\n',
    ],
    [
      'a fence without a word opened again',
      '```\nfirst line\nsec',
      '```\nfirst line\nsecond\n```',
      '```\nfirst line\nsecond\n```',
    ],
    [
      'a fence that closes',
      '```ts\nlet a = 1;\n',
      '```\n\nThat is all.',
      '```ts\nlet a = 1;\n```\n\nThat is all.',
    ],
    [
      'a fence that closes on the line of the code',
      '```ts\nlet a = 1;',
      '```\nDone.',
      '```ts\nlet a = 1;\n```\nDone.',
    ],
    [
      'a fence without a word opened again after small talk, with an empty line of the code behind it',
      '```\n  }\n',
      '*(continued)*\n\n```\n\n  const a = 1;\n```\n',
      '```\n  }\n\n  const a = 1;\n```\n',
    ],
    [
      'a fence without a word that closes after small talk',
      '```\n  }\n',
      'Sure!\n\n```\n\nThat is all.\n',
      '```\n  }\n```\n\nThat is all.\n',
    ],
    [
      'a fence without a word that closes after small talk, with no empty line behind it',
      '```\n  }\n',
      'Sure!\n\n```\nThat is all.\n',
      '```\n  }\n```\nThat is all.\n',
    ],
    [
      'a fence opened again without its word',
      '```ts\nlet a = 1;\n',
      '```\nlet b = 2;\n```\n\nDone.',
      '```ts\nlet a = 1;\nlet b = 2;\n```\n\nDone.',
    ],
    [
      'a fence opened again without its word, with an empty line of the code behind it',
      '```py\nx = 1\n',
      '```\n\n    y = 2\n```\n\nDone.',
      '```py\nx = 1\n\n    y = 2\n```\n\nDone.',
    ],
    ['half a fence', 'See:\n\n``', '`ts\nlet a;\n```', 'See:\n\n```ts\nlet a;\n```'],
    ['a fence whose first line was cut', 'See:\n\n```t', '```ts\nlet a;\n```', 'See:\n\n```ts\nlet a;\n```'],
    [
      'an introduction',
      'It takes a chunk,',
      'Sure, here is the rest:\n\nkeeps it.',
      'It takes a chunk, keeps it.',
    ],
    [
      'an introduction and a fence',
      '```py\nx = 1\n',
      'Continuing where I left off:\n\n```py\ny = 2\n```\n',
      '```py\nx = 1\ny = 2\n```\n',
    ],
    ['a heading after an introduction', 'All of it.', 'Sure!\n\n## Next', 'All of it.\n\n## Next'],
    [
      'a table row said again',
      '| a | b |\n| --- | --- |\n| x1',
      '| x1 | 2 |',
      '| a | b |\n| --- | --- |\n| x1 | 2 |',
    ],
    ['lines that only look the same', '  }\n', '}\n', '  }\n}\n'],
    ['tags that only look the same', '    </div>\n', '  </div>\n', '    </div>\n  </div>\n'],
    ['digits that only look the same', 'It is 11', '11', 'It is 1111'],
    [
      'the whole answer once more',
      'One two three.\n\nFour',
      'One two three.\n\nFour five.',
      'One two three.\n\nFour five.',
    ],
    ['half a sign', 'Done \ud83c', '\ud83c\udf89!', 'Done 🎉!'],
    ['nothing', 'It takes', '', 'It takes'],
    ['Markdown in a fence', '```markdown\n# A\n\n', '```ts\nx\n```\n', '```markdown\n# A\n\n```ts\nx\n```\n'],
  ] as const) {
    test(title, () => {
      const options = { ...instructed, unsentLength: /[\ud800-\udbff]$/.test(before) ? 1 : 0 };
      // Those that end within a fence were cut off once more.
      const isFinished = openFenceOf(whole) === undefined;
      for (const size of [1, 3, 1000])
        assert.equal(join(before, continuation, options, size, isFinished), whole, `pieces of ${size}`);
    });
  }

  test('a fence that may close or open again is told by the next one with a word, before the answer ends', () => {
    const seam = new Seam('```\nfirst line\nsec', instructed);
    assert.equal(seam.push('```\n\nIt is so:\n\n'), '');
    assert.equal(seam.push('```ts\n'), '\n```\n\nIt is so:\n\n```ts\n');
    assert.equal(seam.push('let a;'), 'let a;');
    const again = new Seam('```\nfirst line\nsec', instructed);
    assert.equal(again.push('```\nond\n```\n\nIt is so:\n\n```ts\n'), 'ond\n```\n\nIt is so:\n\n```ts\n');
  });

  test('a fence that is open when a model has ended its answer is closed, and stays open when it was cut off', () => {
    for (const [isFinished, end] of [
      [true, '\n```'],
      [false, ''],
    ] as const) {
      const seam = new Seam('```ts\nlet a', instructed);
      assert.equal(
        seam.push('; // the end of a line') + seam.end(isFinished),
        `; // the end of a line${end}`,
      );
      assert.equal(seam.end(isFinished), '');
    }
  });

  test('what a model says that goes on from the text itself stays as it is', () => {
    const prefilled: SeamOptions = { caution: 'prefilled' };
    assert.equal(join('It is very', ' very good.', prefilled), 'It is very very good.');
    assert.equal(join('x\n\n', '\n\nNext.', { ...prefilled, unsentLength: 2 }), 'x\n\nNext.');
    assert.equal(join('x\n\n', 'Next.', { ...prefilled, unsentLength: 2 }), 'x\n\nNext.');
    const echoed = 'A text that is long enough.';
    assert.equal(join(echoed, `${echoed} More.`, prefilled), `${echoed} More.`);
  });

  test('a long answer that begins once more is joined in time that does not grow with its square', () => {
    const long = makeAnswerText(createRandom(5)).repeat(200).slice(0, 60_000);
    assert.ok(join(long, `${long.slice(-15_000)} More.`, instructed, 4).endsWith(' More.'));
  });

  const kinds = [
    ['instructed', instructedContinuers, 0.9],
    ['prefilled', prefilledContinuers, 0.98],
  ] as const;
  for (const [caution, continuers, share] of kinds) {
    test(`${cuts} cuts, ${caution}: exact in ${share * 100} %, and never a broken fence`, function () {
      if (isLong) this.timeout(1_200_000);
      for (const [name, continuer] of Object.entries<Continuer>(continuers)) {
        for (const seed of seeds) {
          const random = createRandom(seed);
          const wrong: string[] = [];
          for (let index = 0; index < cuts; index++) {
            const { joined, whole, told } = continueCut(continuer, caution, random, 1 + (index % 9));
            if (joined !== whole) wrong.push(told);
            assert.equal(openFenceOf(joined), undefined, `${name}: ${told}`);
            assert.equal(fencesOf(joined), fencesOf(whole), `${name}: ${told}`);
          }
          assert.ok(wrong.length <= cuts * (1 - share), `${name}: ${wrong.length} of ${cuts}: ${wrong[0]}`);
          if (isLong)
            console.log(`${caution}, ${name}, seed ${seed}: ${cuts - wrong.length} of ${cuts} exact`);
        }
      }
    });
  }
});

/** Cuts an answer anywhere, and has `continuer` go on with it. */
function continueCut(continuer: Continuer, caution: SeamOptions['caution'], random: Random, size: number) {
  const whole = makeAnswerText(random);
  const cut = pickCut(whole, random);
  const before = whole.slice(0, cut);
  const isPrefilled = caution === 'prefilled';
  const unsentLength = isPrefilled ? cut - sentLength(before) : Number(/[\ud800-\udbff]$/.test(before));
  const said = continuer(whole, cut - (isPrefilled ? 0 : unsentLength), random);
  const joined = join(before, said, { caution, unsentLength }, size);
  return { joined, whole, told: `${before.slice(-80)}⟂${said.slice(0, 200)}` };
}

/** How many fences a text has: one more or less, and code and prose have changed places. */
const fencesOf = (text: string): number => text.match(/^(?:```+|~~~+)/gm)?.length ?? 0;
