import assert from 'node:assert/strict';
import type { Conversation, Turn } from '../../../src/core/chat/conversation';
import { historyUpTo, lastAnswered } from '../../../src/core/chat/history';
import { makeAnswer, makeTurn } from '../../support/turns';

const answered = (id: string, follows?: string, changes: Partial<Turn> = {}): Turn =>
  makeTurn({ id, follows, answer: makeAnswer({ status: 'completed', text: id }), ...changes });

const talk = (...turns: readonly Turn[]): Conversation => ({ id: 'c', turns });

/** Ids of what goes along with a question typed below `conversation`. */
const followed = (conversation: Conversation): string[] =>
  historyUpTo(conversation, lastAnswered(conversation)?.id).map(turn => turn.id);

suite('history', () => {
  test('a follow-up takes the turns along that lead to it, the oldest first', () => {
    assert.deepEqual(followed(talk(answered('a'), answered('b', 'a'), answered('c', 'b'))), ['a', 'b', 'c']);
  });

  test('what was asked before a question that stood by itself stays out', () => {
    assert.deepEqual(followed(talk(answered('a'), answered('b', 'a'), answered('c'))), ['c']);
  });

  test('an answer that was asked for again gives way to the second one', () => {
    const cut = answered('cut', 'a', { answer: makeAnswer({ status: 'interrupted', text: 'half' }) });
    assert.deepEqual(followed(talk(answered('a'), cut, answered('again', 'a'))), ['a', 'again']);
  });

  test('turns without an answer, running ones and connection checks are nothing to go on from', () => {
    const others = [
      makeTurn({ id: 'failed', answer: makeAnswer({ status: 'failed' }) }),
      makeTurn({ id: 'running', answer: makeAnswer({ status: 'streaming', text: 'half' }) }),
      answered('check', undefined, { kind: 'check' }),
    ];
    assert.deepEqual(followed(talk(answered('a'), ...others)), ['a']);
    assert.deepEqual(followed(talk(...others)), []);
  });

  test('turns that go on from each other in a circle, as a damaged file may hold, end', () => {
    assert.deepEqual(historyUpTo(talk(answered('a', 'b'), answered('b', 'a')), 'b').length, 2);
  });
});
