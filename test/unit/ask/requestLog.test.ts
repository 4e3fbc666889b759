import assert from 'node:assert/strict';
import { logRequests } from '../../../src/app/ask/requestLog';
import type { ChatClient, ChatEvent, ChatRequest } from '../../../src/core/chat/chatClient';
import type { Endpoint } from '../../../src/core/chat/endpoint';
import type { Failure } from '../../../src/core/chat/failure';
import { fail } from '../../../src/core/chat/result';
import type { OpenRouter } from '../../../src/core/models/openRouter';
import { createChatClient } from '../../../src/openrouter/chat';
import { connectTo, patientLimits } from '../../support/openrouter/chatCalls';
import { FakeClock } from '../../support/openrouter/fakeClock';
import { startSimulator } from '../../support/simulator';

const endpoint: Endpoint = {
  baseUrl: 'https://a.example/api/v1',
  origin: 'https://a.example',
  apiKey: 'sk-or-v1-secret',
  attribution: { referer: '', title: '' },
  noBytesMs: 1000,
  noDataMs: 1000,
};

const request: ChatRequest = {
  parameters: { model: 'acme/m1', maxTokens: 50 },
  messages: [{ role: 'user', content: 'the words of the prompt' }],
};

const busy: Failure = {
  kind: 'rateLimited',
  httpStatus: 429,
  errorType: 'rate_limit_exceeded',
  provider: 'DeepInfra',
  detail: 'the words of the prompt again',
  generationId: 'gen-7',
};

/** OpenRouter as these events and this failure make it; `wait` is called before each event. */
function scripted(events: readonly ChatEvent[], failure: Failure = busy, wait = () => {}): OpenRouter {
  const client: ChatClient = {
    async *stream() {
      for (const event of events) {
        wait();
        yield event;
      }
    },
  };
  return {
    chat: async () => client,
    catalogue: () => ({
      list: async () => fail(failure),
      idsOf: async () => fail(failure),
      presets: async () => fail(failure),
      endpoints: async () => fail(failure),
    }),
    describe: () => assert.fail('not a matter of the log'),
    account: () => ({ key: async () => fail(failure), generation: async () => fail(failure) }),
  };
}

suite('the log of requests', () => {
  let lines: string[];
  let nowMs: number;
  const now = () => nowMs;
  setup(() => {
    lines = [];
    nowMs = 5000;
  });
  const log = { warn: (line: string) => void lines.push(line) };

  async function run(events: readonly ChatEvent[], tookMs = 0): Promise<ChatEvent[]> {
    const wait = () => {
      nowMs += tookMs;
    };
    const client = await logRequests(scripted(events, busy, wait), log, now).chat(endpoint);
    const seen: ChatEvent[] = [];
    for await (const event of client.stream(request, new AbortController().signal)) seen.push(event);
    return seen;
  }

  test('says of a failed request what failed, how and after how long, and passes every event on', async () => {
    const events: ChatEvent[] = [
      { type: 'accepted', generationId: 'gen-7' },
      { type: 'text', text: 'the words of the answer' },
      { type: 'ended', ending: { outcome: 'failed', failure: busy, durationMs: 1234.4 } },
    ];
    assert.deepEqual(await run(events), events);
    assert.deepEqual(lines, [
      'Request to acme/m1 failed: rateLimited, HTTP 429, type rate_limit_exceeded, provider DeepInfra, generation gen-7, after 1234 ms.',
    ]);
  });

  test('says of each retry which try failed, after how long, and when the next one follows', async () => {
    const retrying = (attempt: number): ChatEvent => ({
      type: 'retrying',
      attempt,
      delayMs: 2000,
      atMs: 0,
      failure: { kind: 'overloaded', httpStatus: 503 },
    });
    const ended: ChatEvent = { type: 'ended', ending: { outcome: 'completed', durationMs: 4300 } };
    await run([retrying(2), retrying(3), ended], 2150);
    assert.deepEqual(lines, [
      'Request to acme/m1: try 1 failed: overloaded, HTTP 503, after 2150 ms. Try 2 follows in 2000 ms.',
      'Request to acme/m1: try 2 failed: overloaded, HTTP 503, after 150 ms. Try 3 follows in 2000 ms.',
    ]);
  });

  test('counts an answer that broke off as failed, one that was stopped or is whole not', async () => {
    const ended = (outcome: 'completed' | 'cancelled' | 'interrupted', failure?: Failure): ChatEvent => ({
      type: 'ended',
      ending: { outcome, failure, durationMs: 10 },
    });
    await run([ended('completed')]);
    await run([ended('cancelled')]);
    assert.deepEqual(lines, []);
    await run([ended('interrupted', { kind: 'cutOff', generationId: 'gen-8' })]);
    assert.deepEqual(lines, ['Request to acme/m1 interrupted: cutOff, generation gen-8, after 10 ms.']);
  });

  test('counts the events of an answer that were skipped', async () => {
    await run([{ type: 'ended', ending: { outcome: 'completed', durationMs: 10, skippedEvents: 3 } }]);
    assert.deepEqual(lines, ['Request to acme/m1: 3 events of the answer were no part of it.']);
  });

  test('says nothing of what never left', async () => {
    await run([{ type: 'ended', ending: { outcome: 'failed', failure: { kind: 'noKey' }, durationMs: 0 } }]);
    const account = logRequests(scripted([], { kind: 'noKey' }), log).account(endpoint);
    await account.key(new AbortController().signal);
    assert.deepEqual(lines, []);
  });

  test('knows failed calls for models, key and costs too, but not those that were taken back', async () => {
    const logged = logRequests(scripted([]), log, now);
    const { signal } = new AbortController();
    await logged.catalogue(endpoint).list(signal);
    await logged.catalogue(endpoint).endpoints('acme/m1', signal);
    await logged.account(endpoint).key(signal);
    await logged.account(endpoint).generation('gen-1', signal);
    const told =
      'failed: rateLimited, HTTP 429, type rate_limit_exceeded, provider DeepInfra, generation gen-7, after 0 ms.';
    assert.deepEqual(lines, [
      `List of models ${told}`,
      `Providers of acme/m1 ${told}`,
      `Key check ${told}`,
      `Cost of gen-1 ${told}`,
    ]);
    const stopped = AbortSignal.abort();
    await logged.catalogue(endpoint).list(stopped);
    await logged.account(endpoint).key(stopped);
    assert.equal(lines.length, 4);
  });

  test('holds no words of prompt, answer or server, and never more than one line', async () => {
    const forged = 'x\n2027-01-01 [error] FORGED\u2028\u202e';
    const failure: Failure = { ...busy, provider: forged, errorType: forged, generationId: forged };
    await run([
      { type: 'text', text: 'the words of the answer' },
      { type: 'ended', ending: { outcome: 'failed', failure, durationMs: 1 } },
    ]);
    assert.equal(lines.length, 1);
    assert.doesNotMatch(lines[0] ?? '', /the words|[^\x20-\x7e]/);
  });

  test('has a line for each try of a request that a server refuses', async () => {
    const simulator = await startSimulator();
    // Its clock stands still: no answer is late because the machine is busy.
    const options = { stallLimits: patientLimits, clock: new FakeClock() };
    const chat = async () => createChatClient(connectTo(simulator.url), options);
    const client = await logRequests({ ...scripted([]), chat }, log).chat(endpoint);
    const abort = new AbortController();
    const events = client.stream(
      { ...request, parameters: { model: 'simulator/429', maxTokens: 50 } },
      abort.signal,
    );
    // The wait for the second try is as long as the server asks: it is left early.
    for await (const event of events) if (event.type === 'retrying') abort.abort();
    await simulator.dispose();
    assert.equal(lines.length, 1);
    assert.match(
      lines[0] ?? '',
      /^Request to simulator\/429: try 1 failed: rateLimited, HTTP 429, .*provider DeepInfra, after \d+ ms\. Try 2 follows in 1000 ms\.$/,
    );
  });
});
