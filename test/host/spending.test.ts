import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/ids';
import {
  chatCount,
  conversationUntil,
  hostSession,
  lastChatBody,
  lastTurn,
  openText,
  run,
  setSetting,
} from '../support/hostSession';

suite('spending', () => {
  const session = hostSession({ settings: { model: 'openai/gpt-4o-mini' }, hasKey: true });

  setup(async () => {
    await openText('let x = 1;', 'javascript');
    // Something has been spent in this session.
    await run(commands.explain);
  });

  for (const kind of ['session', 'daily', 'monthly'] as const) {
    test(`a request that would pass the ${kind} limit is not sent, and says so in exact figures`, async () => {
      const before = chatCount(session);
      await setSetting(`budget.${kind}`, 0.0000001);
      await run(commands.explain);
      const { failure } = lastTurn(session).answer.ending ?? {};
      assert.equal(failure?.kind, 'budget');
      assert.equal(failure?.budget?.kind, kind);
      assert.equal(failure?.budget?.limitUsd, '0.0000001');
      assert.ok(Number(failure?.budget?.committedUsd) > 0);
      assert.equal(chatCount(session), before);
      assert.equal(await session.ledger.get(lastTurn(session).id), undefined);
    });
  }

  test('a limit given as text holds', async () => {
    await setSetting('budget.session', '0.0000001');
    await run(commands.explain);
    assert.equal(lastTurn(session).answer.ending?.failure?.budget?.limitUsd, '0.0000001');
  });

  test('a limit that is no amount is told of once', async () => {
    await setSetting('budget.daily', -1);
    await setSetting('maxTokens', 100);
    const warnings = session.shown.filter(({ kind }) => kind === 'warn').map(({ text }) => text);
    assert.equal(warnings.length, 1, warnings.join());
    assert.match(warnings.join(), /^askOpenRouter\.budget\.daily is -1, which is not an amount in USD/);
  });

  test('Send Once Anyway sends what a limit stopped, in its place, and the next one is stopped again', async () => {
    const before = chatCount(session);
    await setSetting('budget.session', 0.0000001);
    await run(commands.explain);
    const turns = session.conversation.turns.length;
    await session.pressFailureAction('sendOnce', lastTurn(session));
    assert.equal(lastTurn(session).answer.status, 'completed');
    assert.equal(session.conversation.turns.length, turns);
    assert.equal(chatCount(session), before + 1);
    await run(commands.explain);
    assert.equal(lastTurn(session).answer.ending?.failure?.kind, 'budget');
  });

  test('Retry asks again after a failure; what had failed stays above', async () => {
    session.simulator.next('400');
    await run(commands.explain);
    const failed = lastTurn(session);
    assert.equal(failed.answer.status, 'failed');
    await session.pressFailureAction('retry', failed);
    assert.equal(lastTurn(session).answer.status, 'completed');
    assert.ok(session.findTurn(failed.id));
  });

  test('Retry with a Smaller Limit sends just what the balance covers', async () => {
    session.simulator.next('402-afford:50');
    await run(commands.explain);
    const failed = lastTurn(session);
    assert.equal(failed.answer.ending?.failure?.kind, 'answerTooExpensive');
    await session.pressFailureAction('retryWithFewerTokens', failed);
    assert.equal(lastChatBody(session).max_tokens, failed.answer.ending?.failure?.affordableTokens);
    assert.equal(lastTurn(session).answer.ending?.failure, undefined);
  });

  test('Pick a Suggested Model asks the one that is picked, and makes it the model in force', async () => {
    session.simulator.next('404-suggests');
    await run(commands.explain);
    const failed = lastTurn(session);
    const [, suggested = ''] = failed.answer.ending?.failure?.fallbackModels ?? [];
    const before = chatCount(session);
    await session.pressFailureAction('pickSuggestedModel', failed);
    assert.equal(chatCount(session), before, 'nothing was picked');
    session.answers.pick.push(suggested);
    await session.pressFailureAction('pickSuggestedModel', failed);
    assert.equal(lastTurn(session).answer.status, 'completed');
    assert.equal(lastChatBody(session).model, suggested);
    assert.equal(vscode.workspace.getConfiguration('askOpenRouter').get('model'), suggested);
  });

  test('a request within the limits is sent, its worst case held until it ends', async () => {
    await setSetting('budget.session', 5);
    session.simulator.next('stall');
    const asked = run(commands.explain);
    await conversationUntil(session, turn => turn.answer.text !== '' && turn.answer.status === 'streaming');
    const held = await session.ledger.totals({}, true);
    assert.ok(held.heldPico > 0n);
    await run(commands.stop);
    await asked;
  });

  test('a price that varies is refused under a limit, until a price is allowed for the one question', async () => {
    const before = chatCount(session);
    await setSetting('model', 'openrouter/auto');
    await setSetting('budget.daily', 50);
    await run(commands.explain);
    const { failure } = lastTurn(session).answer.ending ?? {};
    assert.equal(failure?.kind, 'priceNotBound');
    assert.equal(chatCount(session), before);
    await session.pressFailureAction('allowPrice', lastTurn(session));
    assert.equal(lastTurn(session).answer.status, 'completed');
    assert.deepEqual(lastChatBody(session).provider, { max_price: failure?.offer?.maxPrice });
    assert.deepEqual(lastTurn(session).sent.parameters.maxPrice, failure?.offer?.maxPrice);
  });

  test('a request dearer than the limit per request is asked about first', async () => {
    const before = chatCount(session);
    await setSetting('budget.perRequest', 0.0001);
    session.answers.choice.push(undefined);
    await run(commands.explain);
    const question = session.shown.findLast(({ kind }) => kind === 'confirm');
    assert.match(question?.text ?? '', /Your limit per request is \$0\.0001\./);
    assert.deepEqual(question?.buttons, ['Send', 'Change Limit']);
    assert.equal(chatCount(session), before);
    session.answers.choice.push('Send');
    await run(commands.explain);
    assert.equal(chatCount(session), before + 1);
  });

  test('a limit per answer becomes max_tokens where a stop does not end the bill, and the turn says so', async () => {
    // Google bills a whole answer, however early it is stopped.
    await setSetting('model', 'google/gemini-2.5-flash');
    await setSetting('budget.maxAnswerCost', 0.001);
    await run(commands.explain);
    const maxTokens = Number(lastChatBody(session).max_tokens);
    assert.ok(maxTokens >= 16 && maxTokens < 4096, String(maxTokens));
    assert.match(lastTurn(session).sent.maxTokensReason ?? '', /limit of \$0\.001 per answer/);
  });

  test('a limit per answer leaves max_tokens alone where a stop ends the bill', async () => {
    await setSetting('budget.maxAnswerCost', 0.001);
    await run(commands.explain);
    assert.equal(lastChatBody(session).max_tokens, 4096);
    assert.ok(lastTurn(session).answer.cost?.state === 'billed');
  });

  test('a limit per answer too small for any answer stops the request', async () => {
    const before = chatCount(session);
    await setSetting('budget.maxAnswerCost', 0.000001);
    await run(commands.explain);
    assert.equal(lastTurn(session).answer.ending?.failure?.budget?.kind, 'maxAnswerCost');
    assert.equal(chatCount(session), before);
  });

  test('a stopped request is settled by itself, to the last digit of the bill', async () => {
    session.simulator.next('stall');
    const asked = run(commands.explain);
    await conversationUntil(session, turn => turn.answer.text !== '' && turn.answer.status === 'streaming');
    await run(commands.stop);
    await asked;
    const turn = lastTurn(session);
    assert.equal(turn.answer.cost?.state, 'pending');
    await conversationUntil(session, ({ answer }) => answer.cost?.state === 'settled');
    const bill = session.simulator.bill.get(turn.answer.generationId ?? '');
    assert.equal(lastTurn(session).answer.cost?.usd, bill?.costUsd);
    const row = await session.ledger.get(turn.id);
    assert.deepEqual([row?.costState, row?.costPico], ['settled', bill?.costPico]);
  });

  test('the text is kept in the history only when that is asked for', async () => {
    assert.equal((await session.ledger.get(lastTurn(session).id))?.prompt, undefined);
    await setSetting('ledger.storeText', true);
    await run(commands.explain);
    const row = await session.ledger.get(lastTurn(session).id);
    assert.match(row?.prompt ?? '', /let x = 1;/);
    assert.equal(row?.answer, lastTurn(session).answer.text);
  });

  test('what a request was expected to cost is noted with it', async () => {
    const row = await session.ledger.get(lastTurn(session).id);
    assert.ok((row?.estimatedPromptTokens ?? 0) > 10);
  });
});
