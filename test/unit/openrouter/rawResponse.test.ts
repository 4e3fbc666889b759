import assert from 'node:assert/strict';
import { rawResponseText } from '../../../src/core/chat/rawResponse/rawResponseText';
import { createChatClient } from '../../../src/openrouter/chat';
import {
  connectTo,
  patientOptions,
  receivedBy,
  responseOf,
  testKey,
} from '../../support/openrouter/chatCalls';
import { readJsonc } from '../../support/openrouter/jsonc';
import { trafficSources } from '../../support/openrouter/traffic';

const noTexts = { content: '', reasoning: '', toolCalls: [] };

/** What is kept of a response with this body. */
async function receive(body: string, headers: Record<string, string> = {}, status = 200) {
  const pieces = [new TextEncoder().encode(body)];
  const connection = connectTo('http://127.0.0.1:9/api/v1', {
    fetch: async () => new Response(responseOf(pieces).body, { status, headers }),
  });
  const response = await receivedBy(createChatClient(connection, patientOptions));
  return response ?? assert.fail('nothing was received');
}

const stream = (...chunks: readonly unknown[]): string =>
  `${chunks.map(chunk => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`;

suite('raw response on the wire', () => {
  test('a stream’s chunks are one completion, whose last word on each field counts', async () => {
    const delta = (more: object) => ({
      index: 0,
      delta: { role: 'assistant', ...more },
      finish_reason: null,
    });
    const { form, body, chunks } = await receive(
      stream(
        { id: 'gen-1', model: 'a/b', choices: [delta({ content: 'He' })] },
        { id: 'gen-1', model: 'a/b', choices: [delta({ content: 'y', annotations: [{ type: 'x' }] })] },
        { id: 'gen-1', model: 'a/b', choices: [{ ...delta({ content: '' }), finish_reason: 'stop' }] },
        { id: 'gen-1', model: 'a/b', choices: [], usage: { cost: 0.1, novel_count: 3 } },
      ),
    );
    assert.deepEqual([form, chunks], ['stream', 4]);
    assert.deepEqual(body, {
      id: 'gen-1',
      model: 'a/b',
      choices: [
        { index: 0, finish_reason: 'stop', message: { role: 'assistant', annotations: [{ type: 'x' }] } },
      ],
      usage: { cost: 0.1, novel_count: 3 },
    });
  });

  test('an unknown field is shown and said to be unknown, its parts without a word', async () => {
    const response = await receive(stream({ id: 'gen-1', choices: [], novelty: { part: { deep: 1 } } }));
    const text = rawResponseText('Why?', response, noTexts);
    assert.equal(text.match(/does not know this field/g)?.length, 1);
    assert.deepEqual(readJsonc(text).novelty, { part: { deep: 1 } });
  });

  test('a whole answer is shown as it came; a picture’s data is cut', async () => {
    const url = `data:image/png;base64,${'A'.repeat(5000)}`;
    const message = { role: 'assistant', content: 'Hi', images: [{ image_url: { url } }] };
    const response = await receive(JSON.stringify({ id: 'gen-1', choices: [{ index: 0, message }] }));
    assert.equal(response.form, 'json');
    const shown = readJsonc(rawResponseText('Why?', response, noTexts)).choices[0].message;
    assert.equal(shown.content, 'Hi');
    assert.match(shown.images[0].image_url.url, /^data:image\/png;base64,A{38}… \(5022 characters\)$/);
  });

  test('what is no JSON is shown as it begins', async () => {
    const { form, body, httpStatus } = await receive('<html>Sign in</html>', {}, 200);
    assert.deepEqual([form, body, httpStatus], ['text', '<html>Sign in</html>', 200]);
  });

  test('neither the key nor the account is in it, wherever they stand', async () => {
    const raw = JSON.stringify({ error: { message: `bad ${testKey}` }, user_id: 'user_secret' });
    const error = { code: 401, message: `Key ${testKey}`, metadata: { raw, [testKey]: 1 } };
    const response = await receive(
      JSON.stringify({ error, user_id: 'user_secret' }),
      { 'x-request-id': testKey },
      401,
    );
    const text = rawResponseText('Why?', response, noTexts);
    assert.doesNotMatch(text, /0123456789abcdef|user_secret/);
    assert.equal(readJsonc(text).error.code, 401);
  });

  test('what cannot be seen is written as an escape, and a field may be called __proto__', async () => {
    const body = '{"id":"a\u202eb","choices":[],"__proto__":{"x":1}}';
    const text = rawResponseText('W\u202ey', await receive(`data: ${body}\n\n`), noTexts);
    assert.doesNotMatch(text, /\u202e/);
    assert.match(text, /"id": "a\\u202eb"/);
    assert.match(text, /"__proto__": \{\n\s+"x": 1/);
  });

  for (const { name: source, traffic } of trafficSources) {
    test(`every field that was ever recorded is known: ${source}`, async () => {
      for (const { name, kind, response } of traffic.recordings) {
        if (/^(models|generation)/.test(kind)) continue;
        const headers = { 'content-type': String(response.headers['content-type'] ?? '') };
        const text = rawResponseText(name, await receive(response.body, headers, response.status), noTexts);
        assert.doesNotMatch(text, /does not know this field/, `${name}\n${text}`);
        if (!/It is no JSON/.test(text)) readJsonc(text);
      }
    });
  }
});
