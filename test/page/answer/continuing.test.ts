import assert from 'node:assert/strict';
import type { Spending } from '../../../src/core/chat/spending';
import {
  type AnswerHarness,
  completed,
  happening,
  makeComposer,
  openAnswerPage,
  part,
  showing,
  text,
  visibleText,
} from '../../support/pageHarness/answerPage';
import { makeAnswer, makeSent, makeTurn } from '../../support/turns';

const spending: Spending = { usd: '0.0497', capUsd: '0.05', kind: 'maxAnswerCost', by: 'stop' };

suite('answer page: limits and going on', () => {
  let harness: AnswerHarness;
  setup(async () => {
    harness = await openAnswerPage();
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  const rawOf = (name: string) => part(harness, name).getAttribute('data-value');

  test('an answer stopped by money says so, and has buttons to go on and to keep it', async () => {
    const estimate = { promptTokens: 10, promptUsd: '0.001', answerTokenUsd: '0.00001' };
    await harness.post(showing([]), { type: 'turn', turn: makeTurn({ id: 'a', estimate }) });
    await harness.post(happening('a', text('One two '), { type: 'spent', spending }));
    assert.deepEqual([await rawOf('cost-so-far'), await rawOf('cost-cap')], ['0.0497', '0.05']);
    const ending = { outcome: 'cancelled', durationMs: 5, moneyStop: spending } as const;
    await harness.post(
      happening('a', { type: 'cost', cost: { state: 'pending' } }, { type: 'ended', ending }),
    );
    assert.equal(
      await visibleText(part(harness, 'money-stop')),
      'Stopped at your limit of $0.05 per answer: $0.0497 so far.',
    );
    assert.equal(await visibleText(part(harness, 'continue')), 'Continue for up to $0.05');
    assert.match(
      await visibleText(part(harness, 'continue-costs')),
      /^finish it ≈ \$[\d.]+ · ask anew ≈ \$[\d.]+, which costs less$/,
    );
    await part(harness, 'continue').click();
    assert.deepEqual(await harness.waitForPosted('continue'), {
      type: 'continue',
      turnId: 'a',
    });
    await part(harness, 'keep').click();
    await harness.waitForPosted('keep');
    await harness.post(happening('a', { type: 'kept' }));
    assert.equal(await part(harness, 'continue').count(), 0);
    assert.match(await visibleText(part(harness, 'answer')), /One two/);
  });

  test('a continued answer grows in its turn and has one total', async () => {
    const cut = makeAnswer({
      status: 'interrupted',
      text: '```ts\nlet a',
      cost: { state: 'billed', usd: '0.5' },
      usage: { promptTokens: 10, completionTokens: 2 },
      ending: { outcome: 'interrupted', failure: { kind: 'cutOff' }, durationMs: 1 },
    });
    await harness.post(showing([makeTurn({ id: 'a', answer: cut })]));
    await harness.post(
      happening('a', { type: 'continued', from: 'a', requestId: 'b' }, text(' = 1;\n```\n\nDone.')),
      happening('a', { type: 'finish', finishReason: 'stop' }),
      happening('a', { type: 'usage', usage: { promptTokens: 12, completionTokens: 8 } }),
      happening('a', { type: 'cost', cost: { state: 'billed', usd: '0.25' } }, completed),
    );
    assert.equal(await part(harness, 'turn').count(), 1);
    assert.match(await visibleText(part(harness, 'answer')), /let a = 1;.*Done\./);
    assert.deepEqual([await rawOf('cost'), await rawOf('cost-state')], ['0.75', 'billed']);
    assert.deepEqual(
      [await rawOf('requests'), await rawOf('tokens-in'), await rawOf('tokens-out')],
      ['2', '22', '10'],
    );
  });

  test('an answer that a limit made short says which one, and what is there of it is not told to be dear', async () => {
    const answer = makeAnswer({
      status: 'truncated',
      text: 'One two three. '.repeat(40),
      cost: { state: 'billed', usd: '0.04' },
      ending: { outcome: 'truncated', durationMs: 5 },
    });
    const sent = makeSent({ maxTokensReason: 'by what your daily limit leaves, $0.05' });
    const estimate = { promptTokens: 10, promptUsd: '0.00001', answerTokenUsd: '0.00001' };
    await harness.post(showing([makeTurn({ id: 'a', answer, sent, estimate })]));
    assert.equal(
      await visibleText(part(harness, 'money-stop')),
      'Stopped at what your daily limit leaves, $0.05: $0.04 so far.',
    );
    assert.equal(await visibleText(part(harness, 'continue')), 'Continue');
    assert.match(await visibleText(part(harness, 'continue-costs')), /ask anew ≈ \$[\d.]+$/);
  });

  test('a request whose cost is not known yet counts apart', async () => {
    const answer = makeAnswer({
      status: 'completed',
      text: 'One two',
      requestId: 'b',
      earlier: [
        { requestId: 'a', outcome: 'cancelled', textEnd: 3, reasoningEnd: 0, cost: { state: 'pending' } },
      ],
      cost: { state: 'billed', usd: '0.25' },
    });
    await harness.post(showing([makeTurn({ id: 'a', answer })]));
    assert.equal(await part(harness, 'cost').textContent(), '$0.25 + 1 pending');
    assert.equal(await rawOf('cost-state'), 'pending');
    await harness.post(
      happening('a', { type: 'settled', requestId: 'a', cost: { state: 'settled', usd: '1' }, usage: {} }),
    );
    assert.deepEqual([await rawOf('cost'), await rawOf('cost-state')], ['1.25', 'settled']);
  });

  test('the composer says how the limit per answer is kept', async () => {
    await harness.post(showing([], makeComposer({ capNote: 'Stops at your limit of $0.05 per answer.' })));
    assert.match(await visibleText(part(harness, 'cap-note')), /Stops at your limit/);
  });
});
