import assert from 'node:assert/strict';
import { type Action, builtInActions } from '../../../src/core/prompts/actions';
import { toMessages, toUserMessage } from '../../../src/core/prompts/messages';
import { makeAnswer, makeCode, makeSent, makeTurn } from '../../support/turns';

const sent = makeSent({ prompt: 'And now?' });

suite('messages', () => {
  test('a follow-up sends the questions and answers before it', () => {
    const first = makeTurn({ answer: makeAnswer({ text: 'It adds.', status: 'completed' }) });
    const messages = toMessages([first], sent);
    assert.deepEqual(
      messages.map(message => message.role),
      ['system', 'user', 'assistant', 'user'],
    );
    assert.equal(messages[2]?.content, 'It adds.');
    assert.equal(messages[3]?.content, 'And now?');
  });

  test('an answer that was stopped half-way still counts for what follows', () => {
    const stopped = makeTurn({ answer: makeAnswer({ text: 'It ad', status: 'cancelled' }) });
    assert.equal(toMessages([stopped], sent)[2]?.content, 'It ad');
  });

  test('code is sent unchanged, with path, lines and language', () => {
    const text = '  if (a) {\r\n\tשלום("👩‍👩‍👧")\n  }  ';
    const message = toUserMessage({ ...sent, code: makeCode({ text, startLine: 3, endLine: 5 }) });
    assert.ok(message.includes(`\n${text}\n`));
    assert.match(message, /src\/a\.ts, lines 3–5:/);
    assert.match(message, /```typescript/);
  });

  test('code that holds fences of its own is fenced with a longer one', () => {
    const message = toUserMessage({ ...sent, code: makeCode({ text: 'a\n````md\nb\n````' }) });
    assert.ok(message.endsWith('\n`````'));
    assert.match(message, /\n`````typescript\n/);
  });

  test('every action has an id, a title and, unless the user types it, an instruction of its own', () => {
    const actions: readonly Action[] = builtInActions;
    const instructions = actions.flatMap(({ instruction }) => instruction ?? []);
    for (const texts of [actions.map(({ id }) => id), actions.map(({ title }) => title), instructions])
      assert.equal(new Set(texts).size, texts.length);
    assert.equal(instructions.length, actions.length - 2);
  });
});
