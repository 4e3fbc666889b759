import assert from 'node:assert/strict';
import type { Model } from '../../../src/core/models/model';
import type { Budgets } from '../../../src/core/money/budgets';
import { createMemoryLedgerParts } from '../../../src/core/money/memoryLedger';
import type { Dialogs } from '../../../src/host/dialogs';
import type { Question } from '../../../src/ui/ask/asker';
import { Preparation } from '../../../src/ui/ask/preparation';
import { Estimates } from '../../../src/ui/spend/estimates';
import { makeModel } from '../../support/models';
import { makeTurn } from '../../support/turns';
import { FakeDialogs } from '../../support/usage/fakeDialogs';

const words = (count: number): string => 'word '.repeat(count);

function makeQuestion(prompt: string, maxTokens = 1000): Question {
  const turn = makeTurn({ sent: { prompt, model: 'acme/m1', maxTokens } });
  return { turn, messages: [{ role: 'user', content: prompt }], sessionId: 'c', origin: 'command' };
}

/** A preparation over what the server lists and what of it is at hand. */
class World {
  budgets: Budgets = {};
  listed: Model | undefined = makeModel();
  atHand: Model | undefined;
  readonly asked: boolean[] = [];
  readonly dialogs = new FakeDialogs();
  private readonly ledger = createMemoryLedgerParts();
  readonly preparation = new Preparation({
    estimates: new Estimates({
      store: this.ledger.store,
      queries: this.ledger.queries,
      modelsAtHand: () => [],
      onError: error => assert.fail(String(error)),
    }),
    budgets: () => this.budgets,
    findModel: async (_, mustKnow) => {
      this.asked.push(mustKnow);
      return mustKnow ? this.listed : this.atHand;
    },
    dialogs: this.dialogs as Partial<Dialogs> as Dialogs,
    changeLimit: async () => {},
  });

  async prepare(question: Question) {
    return this.preparation.prepare(question);
  }
}

suite('preparation', () => {
  let world: World;
  setup(() => {
    world = new World();
  });

  test('a small question does not wait for the list of models', async () => {
    const prepared = await world.prepare(makeQuestion('Hi'));
    assert.deepEqual(world.asked, [false]);
    assert.ok((prepared?.turn.estimate?.promptTokens ?? 0) > 0);
    assert.equal(prepared?.turn.estimate?.promptUsd, undefined);
  });

  test('the question before a large one names a price that was not at hand', async () => {
    world.dialogs.answers.push('Send');
    const prepared = await world.prepare(makeQuestion(words(30_000)));
    assert.match(world.dialogs.shown.join('\n'), /Estimated cost: \$0\.\d+ to \$0\.\d+/);
    assert.ok((prepared?.reservedPico ?? 0n) > 0n);
  });

  test('what is sent anyway waits for no list and asks nothing', async () => {
    const prepared = await world.prepare({ ...makeQuestion(words(30_000)), isForced: true });
    assert.deepEqual([world.asked, world.dialogs.shown], [[false], []]);
    assert.ok(prepared);
  });

  test('with a limit the price must be known', async () => {
    world.budgets = { dailyPico: 1n };
    assert.ok(((await world.prepare(makeQuestion('Hi')))?.reservedPico ?? 0n) > 0n);
    assert.deepEqual(world.asked, [true]);
  });

  test('a limit per answer goes by the price that holds for so long a prompt', async () => {
    const long = { minPromptTokens: 5_000, pricing: { completion: '0.000004' } };
    const pricing = { prompt: '0.000001', completion: '0.000002', overrides: [long] };
    world.listed = makeModel({ pricing });
    world.budgets = { maxAnswerPico: 1_000_000_000n };
    const short = await world.prepare(makeQuestion('Hi'));
    assert.equal(short?.turn.sent.maxTokens, 500);
    const longer = await world.prepare(makeQuestion(words(10_000)));
    assert.equal(longer?.turn.sent.maxTokens, 250);
    assert.match(longer?.turn.sent.maxTokensReason ?? '', /limit of \$0\.001 per answer/);
    world.budgets = { maxAnswerPico: 40_000_000n };
    assert.equal((await world.prepare(makeQuestion('Hi')))?.stop, undefined);
    assert.deepEqual((await world.prepare(makeQuestion(words(10_000))))?.stop, {
      kind: 'maxAnswerCost',
      limitUsd: '0.00004',
      committedUsd: '0.000064',
    });
  });
});
