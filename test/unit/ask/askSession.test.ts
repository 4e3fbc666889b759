import assert from 'node:assert/strict';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import { AskWorld, input } from '../../support/askWorld';
import { makeAnswer, makeCode, makeTurn } from '../../support/turns';
import { uncaughtIn } from '../../support/uncaught';

const cancelled: AnswerEvent = { type: 'ended', ending: { outcome: 'cancelled', durationMs: 1 } };

async function* ended(): AsyncGenerator<AnswerEvent> {
  yield cancelled;
}

async function* untilAborted(signal: AbortSignal): AsyncGenerator<AnswerEvent> {
  yield { type: 'text', text: 'Half' };
  if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve));
  yield cancelled;
}

suite('AskSession', () => {
  let world: AskWorld;
  setup(() => {
    world = new AskWorld();
  });
  teardown(() => world.session.dispose());

  test('a command sends nothing of what was asked before, and says so', async () => {
    await world.session.ask({ ...input, prompt: 'First', code: makeCode() });
    await world.session.ask({ ...input, prompt: 'Second' });
    assert.deepEqual(world.wire(1), ['Second']);
    assert.equal(world.sent[1]?.turn.sent.earlierTurns, 0);
    assert.notEqual(world.sent[1]?.sessionId, world.sent[0]?.sessionId);
  });

  test('a follow-up takes its turns along, in the same session', async () => {
    await world.session.ask({ ...input, prompt: 'First' });
    await world.session.ask({ ...input, origin: 'panel', prompt: 'Second', follows: world.turns[0]?.id });
    assert.deepEqual(world.wire(1), ['First', 'Answer 1', 'Second']);
    assert.equal(world.sent[1]?.turn.sent.earlierTurns, 1);
    assert.equal(world.sent[1]?.sessionId, world.sent[0]?.sessionId);
  });

  test('the parameters in force go into the request, unless the input has its own', async () => {
    await world.session.ask(input);
    await world.session.ask({ ...input, parameters: { maxTokens: 7 } });
    assert.deepEqual(
      world.sent.map(({ turn }) => turn.sent.parameters),
      [
        { model: 'acme/m1', maxTokens: 100 },
        { model: 'acme/m1', maxTokens: 7 },
      ],
    );
    assert.equal(world.sent[0]?.workspace, 'shop');
  });

  test('retry sends the question once, without the answer it had', async () => {
    await world.session.ask(input);
    const [turn] = world.turns;
    assert.ok(turn);
    await world.session.retry(turn);
    assert.deepEqual(world.wire(1), ['Why?']);
  });

  test('a declined question of a command is kept for its box, and leaves no turn', async () => {
    world.prepare = async () => undefined;
    await world.session.ask(input);
    assert.equal(world.session.unsentPrompt('ask'), 'Why?');
    assert.equal(world.session.draft, '');
    assert.equal(world.turns.length, 0);
  });

  test('a declined question of the panel goes back into its box, below what was typed since', async () => {
    world.prepare = async () => {
      world.session.setDraft('And');
      return undefined;
    };
    await world.session.ask({ ...input, origin: 'panel' });
    assert.equal(world.session.draft, 'And\n\nWhy?');
    assert.equal(world.session.composer.draft, 'And\n\nWhy?');
  });

  test('a question whose estimate breaks is kept', async () => {
    world.prepare = () => Promise.reject(new Error('no estimate'));
    await assert.rejects(world.session.ask(input), /no estimate/);
    assert.equal(world.session.unsentPrompt('ask'), 'Why?');
    assert.equal(world.session.isPreparing, false);
  });

  test('a turn that was never sent stays when sending it again is declined', async () => {
    world.failure = 'budget';
    await world.session.ask(input);
    const [turn] = world.turns;
    assert.ok(turn);
    world.prepare = async () => undefined;
    await world.session.retry(turn);
    assert.deepEqual(world.turns, [turn]);
    world.failure = undefined;
    world.prepare = async request => request;
    await world.session.retry(turn);
    assert.deepEqual(
      world.turns.map(({ answer }) => answer.text),
      ['Answer 2'],
    );
  });

  test('without a key one is offered; once it is set, the same question goes on', async () => {
    world.failure = 'noKey';
    await world.session.ask(input);
    assert.deepEqual([world.turns.length, world.sent.length], [1, 1]);
    world.setsKey = true;
    await world.session.ask({ ...input, prompt: 'Again' });
    assert.deepEqual(world.wire(2), ['Again']);
    assert.deepEqual(
      world.turns.map(({ answer }) => answer.status),
      ['failed', 'completed'],
    );
  });

  test('what waits to be sent is told of, and can be stopped', async () => {
    world.prepare = (request, signal) =>
      new Promise(resolve => signal.addEventListener('abort', () => resolve(request)));
    const isTold = new Promise<void>(resolve =>
      world.session.onDidChange(({ type }) => {
        if (type === 'composer' && world.session.composer.isPreparing) resolve();
      }),
    );
    const asked = world.session.ask(input);
    assert.deepEqual([world.session.isPreparing, world.session.composer.canSend], [true, false]);
    await isTold;
    world.session.stopPreparing();
    await asked;
    assert.equal(world.sent.length, 0);
    assert.equal(world.session.unsentPrompt('ask'), 'Why?');
    assert.deepEqual([world.session.composer.isPreparing, world.session.composer.canSend], [false, true]);
    assert.equal(world.changes.at(-1)?.type, 'composer');
  });

  test('what is ready at once is not told of as being prepared', async () => {
    const told: boolean[] = [];
    world.session.onDidChange(({ type }) => {
      if (type === 'composer') told.push(world.session.composer.isPreparing);
    });
    await world.session.ask(input);
    assert.ok(told.length > 0);
    assert.ok(!told.includes(true));
  });

  test('the turn begins when it is sent, not when it was thought about', async () => {
    const aMoment = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 1));
    let askedAtMs = 0;
    world.prepare = async request => {
      askedAtMs = request.turn.startedAtMs;
      while (Date.now() === askedAtMs) await aMoment();
      return request;
    };
    await world.session.ask(input);
    assert.ok((world.sent[0]?.turn.startedAtMs ?? 0) > askedAtMs);
  });

  test('whoever shows the conversation is asked to come to the front before anything is sent', async () => {
    await world.session.ask(input);
    const types = world.changes.map(({ type }) => type).filter(type => type !== 'composer');
    assert.deepEqual(types, ['reveal', 'turn', 'events', 'events']);
  });

  test('what leads to the request begins before the turn is shown', () => {
    const order: string[] = [];
    world.session.onDidChange(({ type }) => {
      if (type === 'turn') order.push('shown');
    });
    void world.session.fill(makeTurn(), async function* (): AsyncGenerator<AnswerEvent> {
      order.push('begun');
      yield cancelled;
    });
    assert.deepEqual(order, ['begun', 'shown']);
  });

  test('one running request or all of them can be stopped; the text so far stays', async () => {
    const first = world.session.fill(makeTurn({ id: 'a' }), untilAborted);
    const second = world.session.fill(makeTurn({ id: 'b' }), untilAborted);
    assert.equal(world.session.isRunning, true);
    world.session.stop('a');
    assert.equal((await first).answer.text, 'Half');
    assert.deepEqual([world.session.isRunning, world.session.composer.canSend], [true, false]);
    world.session.stop();
    assert.equal((await second).answer.status, 'cancelled');
    assert.deepEqual([world.session.isRunning, world.session.composer.canSend], [false, true]);
  });

  test('a surprise ends the turn as failed, and is told to whoever asked', async () => {
    world.answer = async function* (): AsyncGenerator<AnswerEvent> {
      yield { type: 'text', text: 'Half' };
      throw new TypeError('broken');
    };
    await assert.rejects(world.session.ask(input), /broken/);
    assert.deepEqual([world.turns[0]?.answer.status, world.turns[0]?.answer.text], ['failed', 'Half']);
    assert.equal(world.session.isRunning, false);
  });

  test('a listener that throws does not end a request that is paid for', async () => {
    world.session.onDidChange(({ type }) => {
      if (type === 'turn' || type === 'events') throw new Error('broken view');
    });
    const uncaught = await uncaughtIn(() => world.session.ask(input));
    const [turn] = world.turns;
    assert.deepEqual([turn?.answer.status, turn?.answer.text], ['completed', 'Answer 1']);
    assert.equal(uncaught.length, 3, 'each is told: the turn, its text, its end');
  });

  test('a price that comes while an answer streams stays on its turn', async () => {
    world.answer = async function* ({ turn }): AsyncGenerator<AnswerEvent> {
      yield { type: 'text', text: 'One ' };
      world.session.apply(turn.id, { type: 'priced', estimate: { promptTokens: 5, promptUsd: '0.1' } });
      yield { type: 'text', text: 'two' };
      yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } };
    };
    await world.session.ask(input);
    assert.equal(world.turns[0]?.answer.text, 'One two');
    assert.equal(world.turns[0]?.estimate?.promptUsd, '0.1');
  });

  test('an answer that ends while its conversation is put away has ended when it is brought back', async () => {
    const answering = world.session.fill(makeTurn(), untilAborted);
    world.session.startNew();
    const turn = await answering;
    world.session.undoStartNew();
    assert.equal(world.turns[0]?.answer.status, 'cancelled');
    assert.deepEqual(world.turns, [turn]);
  });

  test('what was put away can be brought back until the next conversation begins', async () => {
    const { session } = world;
    session.startNew();
    assert.equal(session.canUndoStartNew, false, 'there was nothing');
    await session.ask(input);
    assert.equal(session.canUndoStartNew, false);
    session.startNew();
    assert.equal(session.canUndoStartNew, true);
    session.undoStartNew();
    assert.equal(session.canUndoStartNew, false);
    assert.equal(world.turns.length, 1);
    session.startNew();
    await session.ask(input);
    assert.equal(session.canUndoStartNew, false);
  });

  test('a conversation that has begun is not replaced by an undo', async () => {
    await world.session.fill(makeTurn({ id: 'old' }), ended);
    world.session.startNew();
    await world.session.fill(makeTurn({ id: 'new' }), ended);
    world.session.undoStartNew();
    assert.deepEqual(
      world.turns.map(({ id }) => id),
      ['new'],
    );
  });

  test('the draft is in the composer with its estimate', async () => {
    world.session.setDraft('How?');
    const estimated = new Promise<void>(resolve =>
      world.session.onDidChange(() => world.session.composer.estimate && resolve()),
    );
    await estimated;
    const { draft, estimate, model, earlierTurns } = world.session.composer;
    assert.deepEqual([draft, estimate, model, earlierTurns], ['How?', 'about 4', 'acme/m1', 0]);
    world.session.setDraft('');
    await new Promise(resolve => setImmediate(resolve));
    assert.equal(world.session.composer.estimate, undefined);
  });

  test('another model in the settings is told of at once', () => {
    world.settings.set({ parameters: { model: 'acme/m2', maxTokens: 100 } });
    assert.equal(world.changes.at(-1)?.type, 'composer');
    assert.equal(world.session.composer.model, 'acme/m2');
  });

  const keptTurn = makeTurn({ id: 'kept', answer: makeAnswer({ status: 'completed', text: 'Old' }) });

  test('what the last session kept comes back once, with its draft', async () => {
    world.kept = { conversation: { id: 'c', turns: [keptTurn] }, draft: 'Unsent' };
    await Promise.all([world.session.restore(), world.session.restore()]);
    assert.deepEqual([world.turns, world.session.draft, world.loads], [[keptTurn], 'Unsent', 1]);
    assert.equal(world.session.composer.earlierTurns, 1);
    assert.ok(world.changes.some(({ type }) => type === 'replaced'));
  });

  test('what was kept neither replaces a conversation that has begun nor overwrites what is typed', async () => {
    await world.session.fill(makeTurn({ id: 'new' }), ended);
    world.kept = { conversation: { id: 'c', turns: [keptTurn] }, draft: 'Unsent' };
    await world.session.restore();
    assert.deepEqual(
      world.turns.map(({ id }) => id),
      ['new'],
    );
    const other = new AskWorld();
    other.kept = world.kept;
    other.session.setDraft('Typed');
    await other.session.restore();
    assert.equal(other.session.draft, 'Typed');
    other.session.dispose();
  });

  test('nothing is read when no history is kept', async () => {
    world.settings.set({ historyEnabled: false });
    world.kept = { conversation: { id: 'c', turns: [keptTurn] }, draft: 'Unsent' };
    await world.session.restore();
    assert.deepEqual([world.loads, world.turns.length], [0, 0]);
  });

  test('closing it stops what runs', async () => {
    const answering = world.session.fill(makeTurn(), untilAborted);
    world.session.dispose();
    assert.equal((await answering).answer.status, 'cancelled');
  });
});
