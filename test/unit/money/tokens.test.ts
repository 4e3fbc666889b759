import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import {
  estimatePrompt,
  estimateTokens,
  estimatorVersion,
  measurePrompt,
  quantile,
} from '../../../src/core/money/estimate';
import { fittedFamily } from '../../../src/core/money/tokens/tokenModel';
import { errorsOf, readInstalledFiles, readSnippets, tokenizers } from '../../support/tokenCounts';

/** The bound for a text alone, without what a chat adds around it. */
function mostTokens(text: string, tokenizer?: string): number {
  const around = estimatePrompt(measurePrompt([{ content: '' }]), tokenizer).most;
  return estimatePrompt(measurePrompt([{ content: text }]), tokenizer).most - around;
}

suite('tokens of a text', () => {
  const snippets = readSnippets();
  const ordinary = snippets.filter(({ isOdd }) => !isOdd);

  for (const [place, tokenizer] of tokenizers.entries()) {
    test(`short texts are estimated near what ${tokenizer} counts`, () => {
      assert.ok(ordinary.length >= 38);
      const errors = errorsOf(ordinary, tokenizer);
      const worst = ordinary.map(({ name }, index) => `${name}: ${errors[index]?.toFixed(2)}`);
      assert.ok((quantile(errors, 0.5) ?? 1) <= 0.06, worst.join('\n'));
      assert.ok((quantile(errors, 0.9) ?? 1) <= 0.2, worst.join('\n'));
      // Words of everyday prose in other scripts are shorter in tokens than those of translated manuals.
      assert.ok(Math.max(...errors) <= 0.5, worst.join('\n'));
    });

    test(`files of packages that nothing was fitted to are estimated near what ${tokenizer} counts`, () => {
      const files = readInstalledFiles();
      // An update of a package changes its files: then they are counted anew.
      assert.ok(files.length >= 40, `${files.length} files are as they were counted`);
      const errors = errorsOf(files, tokenizer);
      assert.ok((quantile(errors, 0.5) ?? 1) <= 0.03, `median ${quantile(errors, 0.5)}`);
      assert.ok((quantile(errors, 0.9) ?? 1) <= 0.09, `90th percentile ${quantile(errors, 0.9)}`);
    });

    test(`no text passes the bound for ${tokenizer}, however odd`, () => {
      const passed = snippets
        .map(({ name, text, counts }) => ({ name, real: counts[place], most: mostTokens(text, tokenizer) }))
        .filter(({ real, most }) => real === undefined || real > most);
      assert.deepEqual(passed, []);
    });

    test(`ordinary code does not reserve much more than ${tokenizer} counts`, () => {
      const shares = readInstalledFiles().map(
        ({ text, counts }) => mostTokens(text, tokenizer) / (counts[place] ?? 0),
      );
      assert.ok((quantile(shares, 0.5) ?? 9) <= 1.6, `median ${quantile(shares, 0.5)}`);
    });
  }

  test('the bound for a tokenizer that nobody fitted holds for all that were', () => {
    const passed = snippets.filter(
      ({ text, counts }) => Math.max(...counts) > mostTokens(text, 'Unheard-of'),
    );
    assert.deepEqual(
      passed.map(({ name }) => name),
      [],
    );
  });

  test('the tokenizer is the catalogue’s, else the vendor’s, else the mean of all', () => {
    const families = ['Claude', 'anthropic', 'Gemini', 'google', 'GPT', 'Llama4', 'openai', 'Llama3'];
    assert.deepEqual(families.map(fittedFamily), [
      ...['claude', 'claude', 'gemma', 'gemma', 'gpt', 'gpt', 'gpt', 'llama3'],
    ]);
    for (const tokenizer of tokenizers) assert.notEqual(fittedFamily(tokenizer), undefined, tokenizer);
    for (const name of [undefined, '', 'Nova', 'moonshotai']) assert.equal(fittedFamily(name), undefined);
    const [code = { text: '' }] = ordinary;
    const all = tokenizers.map(tokenizer => estimateTokens(code.text, tokenizer));
    const mean = all.reduce((sum, tokens) => sum + tokens, 0) / all.length;
    assert.ok(Math.abs(estimateTokens(code.text) - mean) <= 2);
    assert.equal(estimateTokens(code.text, 'Nova'), estimateTokens(code.text));
  });

  test('nothing has no tokens, anything has some, and a longer text has more', () => {
    for (const tokenizer of [undefined, ...tokenizers]) {
      assert.equal(estimateTokens('', tokenizer), 0);
      for (const text of ['a', ' ', '\n', '7', 'é', '\ud800', '\u0000']) {
        assert.equal(estimateTokens(text, tokenizer) >= 1, true, JSON.stringify(text));
      }
      for (const { name, text } of ordinary) {
        const [once, twice] = [text, `${text}\n${text}`].map(each => estimateTokens(each, tokenizer));
        assert.ok((twice ?? 0) > 1.8 * (once ?? 0) && (twice ?? 0) < 2.2 * (once ?? 0) + 3, name);
      }
    }
  });

  test('huge and broken texts have a finite estimate within their bytes', () => {
    const size = 60_000;
    const units = [
      'a',
      ' ',
      '\n',
      '\t',
      '=',
      '7',
      '\ud800',
      '\udc00',
      '漢',
      '\u0000',
      'aB1_',
      '\r\n',
      '\uffff',
    ];
    for (const unit of units) {
      const text = unit.repeat(Math.ceil(size / unit.length));
      // A surrogate counts as three bytes, alone or not.
      const bytes = new TextEncoder().encode(text).length;
      for (const tokenizer of [undefined, 'Claude', 'Gemma']) {
        const [likely, most] = [estimateTokens(text, tokenizer), mostTokens(text, tokenizer)];
        assert.ok(
          likely >= 1 && likely <= most && most <= bytes,
          `${JSON.stringify(unit)}: ${likely}, ${most}`,
        );
      }
    }
  });

  test('what counts a text counts what the table was fitted to', () => {
    assert.equal(estimatorVersion, 2, 'other counts: fit the table anew, and record what it says');
    const sums = tokenizers.map(tokenizer =>
      snippets.reduce((sum, { text }) => sum + estimateTokens(text, tokenizer), 0),
    );
    assert.deepEqual(sums, [10410, 9226, 10254, 8599, 8952, 9755]);
  });

  test('a text is read alike wherever its blocks end', () => {
    const line = 'const größe = text.länge; // 漢字 😀 \n';
    for (const before of ['', 'x'.repeat(1500), '漢'.repeat(1500), '😀'.repeat(700)]) {
      const [once, often] = [1, 400].map(times => estimateTokens(`${before}\n${line.repeat(times)}`, 'GPT'));
      const each = estimateTokens(line.repeat(2), 'GPT') - estimateTokens(line, 'GPT');
      const more = (often ?? 0) - (once ?? 0);
      assert.ok(Math.abs(more / 399 - each) < 1, `${more / 399} instead of ${each}`);
    }
  });

  test('the table is small', () => {
    assert.ok(statSync('src/core/money/tokens/tokenTable.ts').size <= 12 * 1024);
  });
});
