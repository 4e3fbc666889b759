import assert from 'node:assert/strict';
import type { Answer } from '../../../src/core/chat/answer';
import type { RequestParameters } from '../../../src/core/chat/requestParameters';
import { servedInstead } from '../../../src/core/chat/servedText';
import { makeAnswer, makeSent, makeTurn } from '../../support/turns';

const sentence = (parameters: Partial<RequestParameters>, answer: Partial<Answer>): string | undefined =>
  servedInstead(
    makeTurn({
      sent: makeSent({ parameters: { model: 'acme/m1', maxTokens: 9, ...parameters } }),
      answer: makeAnswer(answer),
    }),
  )?.sentence;

suite('who answered instead of whom', () => {
  test('a fallback, and why', () => {
    assert.equal(
      sentence(
        { fallbackModels: ['beta/b'] },
        {
          servedModel: 'beta/b-2026-01-02',
          routing: {
            attempts: [
              { provider: 'Alpha', model: 'acme/m1', status: 502 },
              { provider: 'Gamma', model: 'acme/m1', status: 429 },
              { provider: 'Beta', model: 'beta/b', status: 200 },
            ],
          },
        },
      ),
      'You asked for acme/m1, beta/b-2026-01-02 answered, because Alpha failed (502) and Gamma limits its requests (429).',
    );
  });

  test('a fallback without a word about why', () => {
    assert.equal(
      sentence({}, { servedModel: 'beta/b', routing: { strategy: 'fallback' } }),
      'You asked for acme/m1, beta/b answered, because acme/m1 could not answer; OpenRouter does not say why.',
    );
  });

  test('a provider other than the one that was to be tried first', () => {
    const routing = {
      attempts: [
        { provider: 'Amazon Bedrock', status: 503 },
        { provider: 'Google', status: 200 },
      ],
    };
    const provider = { order: ['amazon-bedrock'] };
    assert.equal(
      sentence({ provider }, { servedModel: 'acme/m1', provider: 'Google', routing }),
      'You asked for amazon-bedrock, Google answered, because Amazon Bedrock failed (503).',
    );
    assert.equal(sentence({}, { servedModel: 'acme/m1', provider: 'Google', routing }), undefined);
  });

  test('the dated name, a variant, an alias and what a router chose are no other model', () => {
    for (const [model, servedModel] of [
      ['acme/m1', 'acme/m1-2026-01-02'],
      ['acme/m1:nitro', 'acme/m1-20260102'],
      ['acme/m1:free', 'acme/m1:free'],
      ['openrouter/auto', 'beta/b'],
      ['~acme/latest', 'acme/m2'],
    ] as const) {
      assert.equal(sentence({ model, fallbackModels: ['gamma/c'] }, { servedModel }), undefined, servedModel);
    }
    assert.notEqual(
      sentence({ fallbackModels: ['acme/m1-mini'] }, { servedModel: 'acme/m1-mini' }),
      undefined,
    );
  });
});
