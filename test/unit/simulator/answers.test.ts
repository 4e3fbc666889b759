import assert from 'node:assert/strict';
import { answerAbout } from '../../support/simulator/answers/answerAbout';
import { longAnswer } from '../../support/simulator/answers/longAnswer';
import { readPrompt } from '../../support/simulator/answers/prompt';
import { markdownShowcase, unicodeShowcase } from '../../support/simulator/answers/showcase';
import { countTokens, firstTokens, tokenize } from '../../support/simulator/answers/tokens';

const typescript = `import { sum } from './sum';

export class Basket {
  total(items: readonly Item[]): number {
    return sum(items.map(item => item.price));
  }
}

export function discount(total: number, percent = 0): number {
  return total - (total * percent) / 100;
}

const label = (name: string, count: number): string => name + count;`;
const python = 'def greet(name, loud=False):\n    return name.upper() if loud else name\n';
const rust = 'fn area(width: u32, height: u32) -> u32 {\n    width * height\n}\n';
const prompt = (instruction: string, language: string, code: string) =>
  readPrompt([{ role: 'user', content: `${instruction}\n\`\`\`${language}\n${code}\n\`\`\`` }]);

suite('simulator: what answers say', () => {
  for (const [language, code, name] of [
    ['ts', typescript, 'Basket'],
    ['python', python, 'greet'],
    ['rust', rust, 'area'],
    ['', '1 + 1', 'this code'],
  ] as const) {
    test(`what ${language || 'a line'} declares first is named: ${name}`, () => {
      assert.ok(answerAbout(prompt('Explain', language, code)).startsWith(`## What \`${name}\` does`));
    });
  }

  test('code that looks like a placeholder or a replacement pattern stays as it is', () => {
    const code = 'const {name} = `$& $1 {code} {test}`;';
    assert.ok(answerAbout(prompt('Fix', 'ts', code)).includes(`\n${code}\n`));
  });

  for (const [instruction, action] of [
    ['Explain this code.', 'explain'],
    ['Find and fix the bug.', 'fix'],
    ['Refactor this.', 'refactor'],
    ['Write unit tests for this.', 'tests'],
    ['Document this.', 'document'],
  ] as const) {
    test(`"${instruction}" gets a heading, a list and a code block about the code`, () => {
      const read = prompt(instruction, 'ts', typescript);
      assert.equal(read.action, action);
      const answer = answerAbout(read);
      assert.match(answer, /^## /);
      assert.match(answer, /^(?:- |1\. )/m);
      assert.match(answer, /^```ts\n[\s\S]+?\n```$/m);
      assert.match(answer, /`Basket`/);
      assert.equal(answer, answerAbout(read));
    });
  }

  test('code with a loop comes back changed, so that there is something to apply', () => {
    const loop = (head: string): string => `for (${head}) sum += items[i].price;`;
    const wrong = loop('let i = 0; i <= items.length; i++');
    const mended = loop('let i = 0; i < items.length; i++');
    assert.ok(answerAbout(prompt('Fix', 'ts', wrong)).includes(mended));
    const refactored = loop('let i = 0, { length } = items; i <= length; i++');
    assert.ok(answerAbout(prompt('Refactor', 'ts', wrong)).includes(refactored));
  });

  test('explanations count lines; tests are in the language of the code', () => {
    assert.match(answerAbout(prompt('Explain', 'ts', typescript)), /\*\*13 lines\*\*/);
    assert.match(answerAbout(prompt('Write tests', 'python', python)), /```python\ndef test_greet\(\):/);
    assert.match(answerAbout(prompt('Write tests', 'rust', rust)), /#\[test\]\nfn area_works/);
  });

  test('a question without code gets an answer that repeats it', () => {
    const answer = answerAbout(readPrompt([{ role: 'user', content: 'How are you?' }]));
    assert.match(answer, /You asked: “How are you\?”/);
  });

  test('only the last user message counts; parts are joined', () => {
    const read = readPrompt([
      { role: 'user', content: 'first' },
      { role: 'assistant', content: 'reply' },
      {
        role: 'user',
        content: [{ type: 'text', text: 'a' }, { type: 'image_url' }, { type: 'text', text: 'b' }],
      },
    ]);
    assert.equal(read.text, 'a\n\nb');
    assert.equal(read.turn, 2);
  });

  test('tokens join to the text and never split a surrogate pair', () => {
    for (const text of [markdownShowcase, unicodeShowcase, typescript, '👩‍👩‍👧‍👦\r\n\t x', '']) {
      const tokens = tokenize(text);
      assert.equal(tokens.join(''), text);
      assert.equal(countTokens(text), tokens.length);
      assert.ok(tokens.every(token => Buffer.from(token).toString() === token));
    }
    assert.equal(firstTokens('one two three', 2), 'one two');
  });

  test('long answers have every kind of block and exactly their length', () => {
    for (const length of [1, 500, 20_000]) assert.equal(countTokens(longAnswer(length)), length);
    for (const block of [/^## /m, /^- /m, /^```ts/m, /^\| /m, /^> /m, /^1\. /m]) {
      assert.match(longAnswer(500), block);
    }
  });

  test('the showcase is as hostile as can be', () => {
    for (const part of ['<script>', 'onerror=', 'javascript:', '<iframe', 'command:', 'data:text/html']) {
      assert.ok(markdownShowcase.includes(part), part);
    }
    assert.ok(/[\u0590-\u05FF]/.test(unicodeShowcase) && unicodeShowcase.includes('\u202E'));
  });
});
