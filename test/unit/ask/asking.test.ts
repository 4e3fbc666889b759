import assert from 'node:assert/strict';
import { ActiveConversation } from '../../../src/app/ask/activeConversation';
import type { Asker, Question } from '../../../src/app/ask/asker';
import { Asking, type AskingPorts } from '../../../src/app/ask/asking';
import { titleOf, type Wish } from '../../../src/app/ask/questions';
import { createUlids } from '../../../src/core/base/ulid';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import type { FailureKind } from '../../../src/core/chat/failure';
import { makeCode } from '../../support/turns';

const wish: Wish = { title: 'Why?', action: 'ask', origin: 'command', prompt: 'Why?' };

suite('Asking', () => {
  let sent: Question[];
  let unsent: Wish[];
  /** How the next request fails; undefined: it is answered. */
  let failure: FailureKind | undefined;
  let conversation: ActiveConversation;

  setup(() => {
    sent = [];
    unsent = [];
    failure = undefined;
    const asker: Pick<Asker, 'ask'> = {
      async *ask(question: Question): AsyncGenerator<AnswerEvent> {
        sent.push(question);
        if (failure) {
          yield { type: 'ended', ending: { outcome: 'failed', failure: { kind: failure }, durationMs: 1 } };
          return;
        }
        yield { type: 'text', text: `Answer ${sent.length}` };
        yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } };
      },
    };
    conversation = new ActiveConversation(asker as Asker, createUlids());
  });

  teardown(() => conversation.dispose());

  const createAsking = (ports: Partial<AskingPorts> = {}): Asking =>
    new Asking({
      conversation,
      settings: () => ({ model: 'acme/m1', maxTokens: 100 }),
      newId: createUlids(),
      workspaceName: () => undefined,
      revealPanel: async () => {},
      prepare: async question => question,
      offerKey: async () => false,
      keepUnsent: declined => unsent.push(declined),
      ...ports,
    });

  /** What goes over the wire, without the system prompt. */
  const wire = (question: Question | undefined): string[] =>
    (question?.messages ?? []).slice(1).map(message => String(message.content));

  test('a command sends nothing of what was asked before, and says so', async () => {
    const asking = createAsking();
    await asking.ask({ ...wish, prompt: 'First', code: makeCode() });
    await asking.ask({ ...wish, prompt: 'Second' });
    assert.deepEqual(wire(sent[1]), ['Second']);
    assert.equal(sent[1]?.turn.sent.earlierTurns, 0);
    assert.notEqual(sent[1]?.sessionId, sent[0]?.sessionId);
  });

  test('a follow-up takes its turns along, in the same session', async () => {
    const asking = createAsking();
    await asking.ask({ ...wish, prompt: 'First' });
    await asking.ask({ ...wish, origin: 'panel', prompt: 'Second', follows: sent[0]?.turn.id });
    assert.deepEqual(wire(sent[1]), ['First', 'Answer 1', 'Second']);
    assert.equal(sent[1]?.turn.sent.earlierTurns, 1);
    assert.equal(sent[1]?.sessionId, sent[0]?.sessionId);
  });

  test('retry sends the question once, without the answer it had', async () => {
    const asking = createAsking();
    await asking.ask(wish);
    const [turn] = conversation.conversation.turns;
    assert.ok(turn);
    await asking.retry(turn);
    assert.deepEqual(wire(sent[1]), ['Why?']);
  });

  test('a declined question is kept, and leaves no turn', async () => {
    await createAsking({ prepare: async () => undefined }).ask(wish);
    assert.deepEqual(unsent, [wish]);
    assert.equal(conversation.conversation.turns.length, 0);
  });

  test('a question whose estimate breaks is kept', async () => {
    const asking = createAsking({ prepare: () => Promise.reject(new Error('no estimate')) });
    await assert.rejects(asking.ask(wish), /no estimate/);
    assert.deepEqual(unsent, [wish]);
  });

  test('a turn that was never sent stays when sending it again is declined', async () => {
    failure = 'budget';
    await createAsking().ask(wish);
    const [turn] = conversation.conversation.turns;
    assert.ok(turn);
    await createAsking({ prepare: async () => undefined }).retry(turn);
    assert.deepEqual(conversation.conversation.turns, [turn]);
    failure = undefined;
    await createAsking().retry(turn);
    assert.deepEqual(
      conversation.conversation.turns.map(({ answer }) => answer.text),
      ['Answer 2'],
    );
  });

  test('what waits to be sent can be stopped', async () => {
    const asking = createAsking({
      prepare: (question, signal) =>
        new Promise(resolve => signal.addEventListener('abort', () => resolve(question))),
    });
    const told: boolean[] = [];
    const isTold = new Promise<void>(resolve => {
      asking.onDidChangePreparing(() => {
        told.push(asking.isPreparing);
        resolve();
      });
    });
    const asked = asking.ask(wish);
    assert.equal(asking.isPreparing, true);
    await isTold;
    asking.stopPreparing();
    await asked;
    assert.equal(sent.length, 0);
    assert.deepEqual(unsent, [wish]);
    assert.deepEqual(told, [true, false]);
  });

  test('what is ready at once is not told of', async () => {
    const asking = createAsking();
    asking.onDidChangePreparing(() => assert.fail('It was told of'));
    await asking.ask(wish);
    assert.equal(asking.isPreparing, false);
  });

  test('the turn begins when it is sent, not when it was thought about', async () => {
    const aMoment = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 1));
    let wishedAtMs = 0;
    const asking = createAsking({
      prepare: async wished => {
        wishedAtMs = wished.turn.startedAtMs;
        while (Date.now() === wishedAtMs) await aMoment();
        return wished;
      },
    });
    await asking.ask(wish);
    assert.ok((sent[0]?.turn.startedAtMs ?? 0) > wishedAtMs);
  });
});

suite('titleOf', () => {
  test('is the first line of the question, cut where it is long', () => {
    assert.equal(titleOf('  Why?\nBecause'), 'Why?');
    assert.equal(titleOf('a'.repeat(90)), `${'a'.repeat(80)}…`);
    assert.equal(titleOf('👩‍👩‍👧'.repeat(40)).at(-1), '…');
  });
});
