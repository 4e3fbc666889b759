import assert from 'node:assert/strict';
import { quantile } from '../../../src/core/money/estimate';
import { typicalTokens } from '../../../src/core/money/tokens/typicalTokens';
import { readInstalledFiles, tokenizers } from '../../support/tokenCounts';

suite('Typical tokens of a tokenizer', () => {
  const files = readInstalledFiles();
  const gpt = tokenizers.indexOf('GPT');

  for (const [place, tokenizer] of tokenizers.entries())
    test(`${tokenizer} counts as many for source code as the table says, within 2 %`, () => {
      const ratios = files.map(({ counts }) => (counts[place] ?? 0) / (counts[gpt] ?? 1));
      const real = 100 * (quantile(ratios, 0.5) ?? 0);
      assert.ok(
        Math.abs(typicalTokens(tokenizer) - real) / real < 0.02,
        `${typicalTokens(tokenizer)} ${real}`,
      );
    });

  test('the catalogue’s names find their family, and one that is not known has the mean', () => {
    assert.equal(typicalTokens('Gemini'), typicalTokens('Gemma'));
    assert.equal(typicalTokens('Llama4'), typicalTokens('GPT'));
    const all = tokenizers.map(typicalTokens);
    assert.equal(typicalTokens('Mistral'), all.reduce((sum, count) => sum + count, 0) / all.length);
  });
});
