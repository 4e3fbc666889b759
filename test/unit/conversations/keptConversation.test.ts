import assert from 'node:assert/strict';
import { parseKeptConversation, toKeptJson } from '../../../src/app/conversations/keptConversation';
import { makeCode, makePart, makeSent, makeTurn } from '../../support/turns';

const file = (fields: object): string => JSON.stringify({ formatVersion: 1, draft: 'Unsent', ...fields });
const conversation = { id: 'c', turns: [makeTurn({ id: 'a' }), makeTurn({ id: 'b', kind: 'check' })] };

suite('Kept conversation', () => {
  test('comes back as it was written', () => {
    const failure = { kind: 'rateLimited', retryAfterMs: 1, limit: 'provider' } as const;
    const [turn] = conversation.turns;
    assert.ok(turn);
    const answer = {
      ...turn.answer,
      citations: [{ url: 'https://a.example', title: 'A' }],
      routing: {
        summary: 'Beta answered.',
        serviceTier: 'flex',
        attempt: 2,
        attempts: [{ provider: 'Alpha', status: 502 }, { provider: 'Beta' }],
        stages: [{ type: 'plugin', name: 'file-parser', costUsd: '0.004' }],
      },
      toolCalls: [{ name: 'n', arguments: '{}' }],
      usage: { promptTokens: 1, costUsd: '0.1', isByok: false },
      cost: { state: 'billed', usd: '0.1' } as const,
      ending: { outcome: 'failed', failure, durationMs: 5 } as const,
      retry: { attempt: 2, delayMs: 3, atMs: 4, failure },
    };
    const choices = { kept: ['b'], shown: [] };
    const turns = [{ ...turn, answer }, makeTurn({ id: 'b', group: 'g', versionOf: 'a' })];
    const kept = { conversation: { id: 'c', turns, choices }, draft: 'Unsent' };
    assert.deepEqual(parseKeptConversation(toKeptJson(kept)), kept);
  });

  test('a file of an older version still loads: without a draft, and with fields that are gone since', () => {
    const [turn] = conversation.turns;
    const old = { formatVersion: 1, conversation: { id: 'c', turns: [{ ...turn, colour: 'red' }] } };
    assert.deepEqual(parseKeptConversation(JSON.stringify(old)), {
      conversation: { id: 'c', turns: [turn] },
      draft: '',
    });
  });

  test('what version 0.1.0 wrote still loads: model and maxTokens stood beside the prompt', () => {
    const [turn] = conversation.turns;
    assert.ok(turn);
    const { parameters, ...rest } = turn.sent;
    const old = file({ conversation: { id: 'c', turns: [{ ...turn, sent: { ...rest, ...parameters } }] } });
    assert.deepEqual(parseKeptConversation(old)?.conversation.turns, [turn]);
  });

  test('what version 0.1.0 wrote still loads: text and lines of the code stood beside its path', () => {
    const code = makeCode({ scope: 'symbol', symbolName: 'sum' });
    const turn = makeTurn({ sent: makeSent({ code }) });
    const { parts, ...rest } = code;
    const old = file({
      conversation: {
        id: 'c',
        turns: [{ ...turn, sent: { ...turn.sent, code: { ...rest, ...parts[0] } } }],
      },
    });
    assert.deepEqual(parseKeptConversation(old)?.conversation.turns, [turn]);
  });

  test('several selections come back, each with the range it had; code without any piece is no conversation', () => {
    const range = { start: { line: 2, character: 1 }, end: { line: 3, character: 0 } };
    const code = makeCode({ parts: [makePart(), makePart({ startLine: 3, endLine: 3, range })], cell: 4 });
    const kept = (changes: object) => ({
      conversation: { id: 'c', turns: [makeTurn({ sent: makeSent({ code: { ...code, ...changes } }) })] },
      draft: '',
    });
    assert.deepEqual(parseKeptConversation(toKeptJson(kept({}))), kept({}));
    assert.equal(parseKeptConversation(toKeptJson(kept({ parts: [] }))), undefined);
  });

  test('a routing that cannot be read is left out, and the turn stays', () => {
    const [turn] = conversation.turns;
    for (const routing of [7, { attempt: 'two' }, { stages: [{}] }]) {
      const text = file({
        conversation: { id: 'c', turns: [{ ...turn, answer: { ...turn?.answer, routing } }] },
      });
      const kept = parseKeptConversation(text)?.conversation.turns[0];
      assert.deepEqual([kept?.id, kept?.answer.routing], ['a', undefined]);
    }
  });

  test('a failure of a kind that only a newer version knows is an unknown one', () => {
    const [turn] = conversation.turns;
    const ending = { outcome: 'failed', failure: { kind: 'fromTheFuture', detail: 'd' }, durationMs: 1 };
    const text = file({
      conversation: { id: 'c', turns: [{ ...turn, answer: { ...turn?.answer, ending } }] },
    });
    const failure = parseKeptConversation(text)?.conversation.turns[0]?.answer.ending?.failure;
    assert.deepEqual(failure, { kind: 'unknown', detail: 'd' });
  });

  for (const [what, text] of [
    ['half a file', file({ conversation }).slice(0, -20)],
    ['nothing', ''],
    ['zero bytes', '\0'.repeat(100)],
    ['another version', file({ formatVersion: 2, conversation })],
    ['no object', '[]'],
    ['null', 'null'],
    ['no turns', file({ conversation: { id: 'c' } })],
    ['a turn that is none', file({ conversation: { id: 'c', turns: [null] } })],
    ['a turn without an answer', file({ conversation: { id: 'c', turns: [{ id: 'a' }] } })],
    ['text that is a number', file({ conversation: { ...conversation, id: 7 } })],
  ] as const) {
    test(`${what} counts as none`, () => assert.equal(parseKeptConversation(text), undefined));
  }
});
