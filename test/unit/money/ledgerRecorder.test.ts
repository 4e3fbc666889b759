import assert from 'node:assert/strict';
import { type Answer, emptyAnswer } from '../../../src/core/chat/answer';
import { toLedgerPatch, toSettledEvent, toSettledPatch } from '../../../src/core/ledger/ledgerRecorder';
import { draft } from '../ledger/rows';

const answer: Answer = {
  ...emptyAnswer,
  status: 'completed',
  text: 'secret answer',
  servedModel: 'a/b-2',
  provider: 'P',
  generationId: 'gen-1',
  finishReason: 'stop',
  nativeFinishReason: 'end_turn',
  usage: {
    promptTokens: 10,
    cachedTokens: 4,
    cacheWriteTokens: 1,
    completionTokens: 5,
    reasoningTokens: 2,
    costUsd: '0.01',
    isByok: true,
    upstreamUsd: '0.2',
  },
  ending: { outcome: 'completed', ttftMs: 12.4, durationMs: 99.6 },
};

/** What SQLite or a comparison sees: fields that are there. */
const defined = (value: object) =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined));

suite('ledgerRecorder', () => {
  test('an ended answer becomes one complete update', () => {
    const patch = toLedgerPatch(answer, { state: 'billed', usd: '0.21' }, { endedAtMs: 7 });
    assert.deepEqual(defined(patch), {
      endedAt: 7,
      outcome: 'completed',
      servedModel: 'a/b-2',
      provider: 'P',
      generationId: 'gen-1',
      finishReason: 'stop',
      nativeFinishReason: 'end_turn',
      ttftMs: 12,
      durationMs: 100,
      promptTokens: 10,
      cachedTokens: 4,
      cacheWriteTokens: 1,
      completionTokens: 5,
      reasoningTokens: 2,
      isByok: true,
      upstreamPico: 200_000_000_000n,
      costState: 'billed',
      costPico: 210_000_000_000n,
    });
  });

  test('the text is kept only when asked for', () => {
    const options = { endedAtMs: 7, storeText: true };
    assert.equal(toLedgerPatch(answer, { state: 'pending' }, options).answer, 'secret answer');
    assert.equal(toLedgerPatch(answer, { state: 'pending' }, { endedAtMs: 7 }).answer, undefined);
  });

  test('a failure gives its kind, status, provider and generation id', () => {
    const failure = { kind: 'overloaded', httpStatus: 503, provider: 'Q', generationId: 'gen-2' } as const;
    const failed: Answer = { ...emptyAnswer, ending: { outcome: 'failed', failure, durationMs: 1 } };
    const patch = toLedgerPatch(failed, { state: 'pending' }, { endedAtMs: 7 });
    assert.deepEqual(defined(patch), {
      endedAt: 7,
      outcome: 'failed',
      provider: 'Q',
      generationId: 'gen-2',
      httpStatus: 503,
      errorKind: 'overloaded',
      durationMs: 1,
      costState: 'pending',
    });
  });

  test('settling writes tokens and cost, and leaves the rest', () => {
    const row = { servedModel: 'a/b-2', provider: 'P' };
    const told = { usage: { promptTokens: 3 }, finishReason: 'stop', model: 'a/b', provider: 'Q' };
    const patch = toSettledPatch(row, { state: 'settled', usd: '0.5' }, told);
    assert.deepEqual(defined(patch), {
      servedModel: 'a/b-2',
      provider: 'P',
      finishReason: 'stop',
      promptTokens: 3,
      costState: 'settled',
      costPico: 500_000_000_000n,
    });
  });

  test('tier, region and attempt are written, and settling adds what is not known yet', () => {
    const routing = { serviceTier: 'flex', attempt: 2, summary: 'Beta answered.' };
    const patch = toLedgerPatch({ ...answer, routing }, { state: 'pending' }, { endedAtMs: 7 });
    assert.deepEqual([patch.serviceTier, patch.region, patch.attempt], ['flex', undefined, 2]);
    const told = { usage: {}, routing: { serviceTier: 'priority', region: 'europe', attempt: 1 } };
    const settled = toSettledPatch(patch, { state: 'settled', usd: '0.5' }, told);
    assert.deepEqual([settled.serviceTier, settled.region, settled.attempt], ['flex', 'europe', 2]);
    const row = { ...draft(), outcome: 'cancelled', costState: 'settled' } as const;
    assert.deepEqual(toSettledEvent({ ...row, region: 'europe', attempt: 2 }).routing, {
      region: 'europe',
      attempt: 2,
    });
    assert.equal(toSettledEvent(row).routing, undefined);
  });

  test('settling tells who served a request that was cut off before it said so', () => {
    const told = { usage: {}, model: 'a/b', provider: 'Q' };
    const patch = toSettledPatch({}, { state: 'settled', usd: '0.5' }, told);
    assert.deepEqual([patch.servedModel, patch.provider], ['a/b', 'Q']);
  });
});
