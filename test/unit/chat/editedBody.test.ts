import assert from 'node:assert/strict';
import { toChatBody } from '../../../src/core/chat/chatBody';
import { type EditedRequest, readEditedBody } from '../../../src/core/chat/editedBody';

const request: EditedRequest = {
  parameters: {
    model: 'acme/m1',
    maxTokens: 50,
    temperature: 0.5,
    fallbackModels: ['acme/m2'],
    provider: { zdr: true },
  },
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Why?' },
  ],
};
const body = () => toChatBody(request);
const read = (changes: Readonly<Record<string, unknown>>) =>
  readEditedBody(JSON.stringify({ ...body(), ...changes }));

suite('A request edited as JSON', () => {
  test('is the same request when nothing was changed', () => {
    assert.deepEqual(read({}), request);
  });

  test('has what was changed, and not what was taken out', () => {
    const { temperature: _, ...others } = body() as Readonly<Record<string, unknown>>;
    const edited = readEditedBody(JSON.stringify({ ...others, max_tokens: 9, seed: 3, provider: undefined }));
    assert.deepEqual(edited, {
      parameters: { model: 'acme/m1', maxTokens: 9, seed: 3, fallbackModels: ['acme/m2'] },
      messages: request.messages,
    });
  });

  test('works its price bound out anew', () => {
    const edited = read({ provider: { max_price: { prompt: '999' }, sort: 'price' } });
    assert.ok('parameters' in edited);
    assert.deepEqual(edited.parameters.provider, { sort: 'price' });
    assert.equal(edited.parameters.maxPrice, undefined);
  });

  for (const [what, text, problem] of [
    ['no JSON', '{', /no valid JSON/],
    ['a list', '[]', /one JSON object/],
    ['no model', JSON.stringify({ ...body(), model: ' ' }), /"model" must name/],
    ['no limit', JSON.stringify({ ...body(), max_tokens: undefined }), /"max_tokens" must be/],
    ['an unknown field', JSON.stringify({ ...body(), tools: [] }), /"tools" is not known/],
    ['an impossible value', JSON.stringify({ ...body(), temperature: 9 }), /"temperature"/],
    ['an unknown rule', JSON.stringify({ ...body(), provider: { cheap: true } }), /"provider.cheap"/],
    ['no messages', JSON.stringify({ ...body(), messages: [] }), /must hold messages/],
    [
      'a tool’s message',
      JSON.stringify({ ...body(), messages: [{ role: 'tool', content: '' }] }),
      /Message 1/,
    ],
    ['no question', JSON.stringify({ ...body(), messages: [{ role: 'system', content: '' }] }), /"user"/],
    ['fallbacks that are no list', JSON.stringify({ ...body(), models: 'x' }), /"models"/],
  ] as const) {
    test(`with ${what} is refused with a sentence`, () => {
      const edited = readEditedBody(text);
      assert.ok('problem' in edited);
      assert.match(edited.problem, problem);
    });
  }
});
