import assert from 'node:assert/strict';
import { ConversationSender } from '../../../src/app/ask/conversationSender';
import type { Turn } from '../../../src/core/chat/conversation';
import type { ComposerState, ToAnswerPage } from '../../../src/protocol/answerMessages';
import { makeTurn } from '../../support/turns';

const composer: ComposerState = {
  model: 'acme/m1',
  draft: '',
  canSend: true,
  isPreparing: false,
  earlierTurns: 0,
};

const manyTurns = (count: number): Turn[] =>
  Array.from({ length: count }, (_, at) => makeTurn({ id: `turn-${at}` }));

/** What a page would have after `messages`, and how many turns each brought. */
function received(messages: readonly ToAnswerPage[]): { readonly ids: string[]; readonly counts: number[] } {
  let ids: string[] = [];
  const counts: number[] = [];
  for (const message of messages) {
    assert.ok(message.type === 'state' || message.type === 'earlierTurns');
    const turns = message.type === 'state' ? message.state.conversation.turns : message.turns;
    const missing = message.type === 'state' ? (message.state.missingTurns ?? 0) : message.missingTurns;
    ids = message.type === 'state' ? turns.map(({ id }) => id) : [...turns.map(({ id }) => id), ...ids];
    counts.push(turns.length);
    if (message === messages.at(-1)) assert.equal(missing, 0);
  }
  return { ids, counts };
}

suite('sending the conversation to the page', () => {
  let sent: ToAnswerPage[];
  let flushes: number;
  let session: {
    conversation: { id: string; turns: Turn[] };
    composer: ComposerState;
    canUndoStartNew: boolean;
  };
  let onPost: () => void;
  let sender: ConversationSender;

  setup(() => {
    [sent, flushes, onPost] = [[], 0, () => undefined];
    session = { conversation: { id: 'talk', turns: manyTurns(50) }, composer, canUndoStartNew: false };
    sender = new ConversationSender(
      session,
      async message => {
        sent.push(message);
        onPost();
      },
      () => {
        flushes += 1;
      },
    );
  });

  test('sends the last turns first and the earlier ones after them, each once', async () => {
    await sender.sendLastFirst();
    const { ids, counts } = received(sent);
    assert.deepEqual(counts, [10, 15, 15, 10]);
    assert.deepEqual(
      ids,
      session.conversation.turns.map(({ id }) => id),
    );
    assert.equal(flushes, 3);
  });

  test('says of a new conversation that the one before can be brought back, to a page that comes, too', async () => {
    session = { conversation: { id: 'talk', turns: [] }, composer, canUndoStartNew: true };
    sender = new ConversationSender(
      session,
      async message => void sent.push(message),
      () => undefined,
    );
    await sender.sendAll();
    await sender.sendLastFirst();
    assert.deepEqual(
      sent.map(message => message.type === 'state' && message.state.canUndoNew),
      [true, true],
    );
  });

  test('sends a short conversation in one message', async () => {
    session.conversation = { id: 'talk', turns: manyTurns(3) };
    await sender.sendLastFirst();
    assert.deepEqual(received(sent).counts, [3]);
  });

  test('sends earlier turns as they are when their message leaves', async () => {
    onPost = () => {
      const turns = session.conversation.turns.map(turn => ({ ...turn, title: 'changed' }));
      session.conversation = { ...session.conversation, turns };
    };
    await sender.sendLastFirst();
    const earlier = sent.flatMap(message => (message.type === 'earlierTurns' ? message.turns : []));
    assert.ok(earlier.every(({ title }) => title === 'changed'));
  });

  for (const [what, act] of [
    ['the whole conversation is sent again', () => void sender.sendAll()],
    ['the page is gone', () => sender.stop()],
  ] as const) {
    test(`sends no more earlier turns once ${what}`, async () => {
      onPost = () => {
        onPost = () => undefined;
        act();
      };
      await sender.sendLastFirst();
      assert.equal(sent.filter(({ type }) => type === 'earlierTurns').length, 0);
    });
  }
});
