import assert from 'node:assert/strict';
import { isFromAnswerPage } from '../../../src/protocol/answerMessages';

suite('messages of the answer page', () => {
  test('well-formed ones pass', () => {
    const messages = [
      { type: 'ready' },
      { type: 'send', text: '' },
      { type: 'newFile', text: 'a', language: 'ts' },
      { type: 'newFile', text: 'a' },
      { type: 'errorAction', turnId: 't', action: 'retry' },
    ];
    for (const message of messages) assert.equal(isFromAnswerPage(message), true, JSON.stringify(message));
  });

  test('anything else is refused', () => {
    const messages = [
      undefined,
      null,
      'ready',
      [],
      {},
      { type: 'toString' },
      { type: '__proto__' },
      { type: 'send' },
      { type: 'send', text: 1 },
      { type: 'newFile', text: 'a', language: {} },
      { type: 'errorAction', turnId: 't', action: 'deleteEverything' },
      { type: 'errorAction', turnId: 't', action: 'constructor' },
    ];
    for (const message of messages) assert.equal(isFromAnswerPage(message), false, JSON.stringify(message));
  });
});
