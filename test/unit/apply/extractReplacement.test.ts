import assert from 'node:assert/strict';
import { extractReplacement, extractReplacements } from '../../../src/core/apply/extractReplacement';
import { keepShape } from '../../../src/core/apply/keepShape';
import { better, fenced, type SampleAnswer, sampleAnswers, total } from './answers';

/** The whole document after the answer was applied; the sentence that says why nothing was. */
function apply(sample: SampleAnswer): { readonly document: string; readonly refused?: string } {
  const { answer, original = total, languageId = 'typescript', before = '', after = '' } = sample;
  const found = extractReplacement(answer, { languageId, original, around: { before, after } });
  if (!found.ok) return { document: before + original + after, refused: found.reason };
  const eol = (before + original).includes('\r\n') ? '\r\n' : '\n';
  const lineStart = before.slice(before.lastIndexOf('\n') + 1);
  return { document: before + keepShape(found.text, { original, lineStart, eol }) + after };
}

suite('what an answer replaces', () => {
  test('is tried with at least 60 answers', () => {
    assert.ok(Object.values(sampleAnswers).flat().length >= 60);
  });

  for (const [group, samples] of Object.entries(sampleAnswers)) {
    for (const sample of samples) {
      test(`code ${group}: ${sample.title}`, () => {
        const { document, refused } = apply(sample);
        const { before = '', after = '', original = total } = sample;
        if (sample.refused) {
          assert.match(refused ?? 'replaced', sample.refused);
          assert.equal(document, before + original + after);
        } else {
          assert.equal(refused, undefined);
          assert.equal(document, sample.becomes ?? before + better + after);
        }
      });
    }
  }

  const pieces = ['one(1);', 'two(2);', 'three(3);'].map(original => ({
    languageId: 'typescript',
    original,
  }));

  test('each of several selections takes the block in its place; one that is the same stays', () => {
    const answer = ['one(11);', 'two(2);', 'three(33);'].map(code => fenced(code)).join('\n\n');
    const texts = extractReplacements(answer, pieces).map(each => each.ok && each.text);
    assert.deepEqual(texts, ['one(11);', 'two(2);', 'three(33);']);
  });

  test('several selections need a block each', () => {
    const [refusal] = extractReplacements(fenced('one(11);'), pieces);
    assert.deepEqual(refusal, { ok: false, reason: 'The answer holds 1 code block for 3 selections.' });
  });
});
