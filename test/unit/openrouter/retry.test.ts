import assert from 'node:assert/strict';
import type { ChatEvent } from '../../../src/core/chat/chatClient';
import { createChatClient } from '../../../src/openrouter/chat';
import { retryDelayMs } from '../../../src/openrouter/request/retry';
import {
  collect,
  connectTo,
  endingOf,
  patientLimits,
  sampleRequest,
} from '../../support/openrouter/chatCalls';
import { FakeClock } from '../../support/openrouter/fakeClock';
import { type Handler, reply, ScriptedServer, streamOf } from '../../support/openrouter/scriptedServer';

const json = { 'content-type': 'application/json' };
const error = (status: number, headers: Record<string, string> = {}, more = {}) =>
  reply(status, { ...json, ...headers }, { error: { code: status, message: 'no', ...more } });

suite('retries before the first byte', () => {
  let server: ScriptedServer;
  let clock: FakeClock;

  async function start(...handlers: Handler[]) {
    server = await ScriptedServer.start(...handlers);
    clock = new FakeClock();
    const options = { stallLimits: patientLimits, clock, random: () => 0 };
    return createChatClient(connectTo(server.baseUrl), options);
  }
  teardown(() => server.stop());

  test('wait as long as Retry-After says, say so, and not a moment less', async () => {
    const client = await start(error(429, { 'retry-after': '7' }), streamOf('Hello'));
    const stream = client.stream(sampleRequest, new AbortController().signal)[Symbol.asyncIterator]();
    const first = await stream.next();
    assert.deepEqual(first.value, {
      type: 'retrying',
      attempt: 2,
      delayMs: 7000,
      atMs: clock.epochMs(),
      failure: {
        kind: 'rateLimited',
        httpStatus: 429,
        detail: 'no',
        retryAfterMs: 7000,
        retryAtMs: clock.epochMs() + 7000,
      },
    });
    const second = stream.next();
    clock.advance(6999);
    await new Promise(setImmediate);
    assert.equal(server.arrivals.length, 1);
    clock.advance(1);
    assert.equal((await second).value.type, 'accepted');
    assert.equal(server.arrivals.length, 2);
    assert.equal(server.arrivals[0]?.body, server.arrivals[1]?.body);
    await stream.return?.();
  });

  test('take Retry-After as a date too', async () => {
    const client = await start(
      error(503, { 'retry-after': 'Fri, 01 Jan 2027 00:00:12 GMT' }),
      streamOf('Hi'),
    );
    const events = await hurry(client.stream(sampleRequest, new AbortController().signal));
    assert.equal(delays(events)[0], 12_000);
    const { outcome, durationMs } = endingOf(events);
    assert.equal(outcome, 'completed');
    assert.equal(durationMs, 12_000);
  });

  test('are no part of the time to the first text', async () => {
    const client = await start(error(429, { 'retry-after': '7' }), streamOf('Hello'));
    const { ttftMs, retriedMs, durationMs } = endingOf(
      await hurry(client.stream(sampleRequest, new AbortController().signal)),
    );
    assert.deepEqual({ ttftMs, retriedMs, durationMs }, { ttftMs: 0, retriedMs: 7000, durationMs: 7000 });
  });

  test('find the wait in the metadata of the error', async () => {
    const inFlight = {
      metadata: { reason: 'in_flight_budget_exhausted', retry_after_seconds: 3 },
    };
    const client = await start(error(402, {}, inFlight), streamOf('Hi'));
    assert.deepEqual(delays(await hurry(client.stream(sampleRequest, new AbortController().signal))), [3000]);
  });

  test('double the pause when the server does not say, and give up after the third try', async () => {
    const client = await start(error(502));
    const events = await hurry(client.stream(sampleRequest, new AbortController().signal));
    assert.deepEqual(delays(events), [500, 1000]);
    assert.equal(server.arrivals.length, 3);
    assert.equal(endingOf(events).failure?.kind, 'providerUnavailable');
  });

  test('happen once only for a failure of the server itself', async () => {
    const client = await start(error(500));
    await hurry(client.stream(sampleRequest, new AbortController().signal));
    assert.equal(server.arrivals.length, 2);
  });

  test('stop at once when the user cancels during the wait', async () => {
    const client = await start(error(503, { 'retry-after': '50' }));
    const cancel = new AbortController();
    const events: ChatEvent[] = [];
    for await (const event of client.stream(sampleRequest, cancel.signal)) {
      events.push(event);
      if (event.type === 'retrying') void clock.nextTimer().then(() => cancel.abort());
    }
    assert.deepEqual(endingOf(events), { outcome: 'cancelled', durationMs: 0 });
    assert.equal(server.arrivals.length, 1);
    assert.equal(clock.pending, 0);
  });

  test('that were all refused and then stopped between two cannot have cost anything', async () => {
    const stopInWait = async (...handlers: Handler[]) => {
      const client = await start(...handlers);
      const cancel = new AbortController();
      const events: ChatEvent[] = [];
      for await (const event of client.stream(sampleRequest, cancel.signal)) {
        events.push(event);
        if (event.type !== 'retrying') continue;
        const isLast = event.attempt > handlers.length;
        void clock.nextTimer().then(() => (isLast ? cancel.abort() : clock.advance(event.delayMs)));
      }
      await server.stop();
      return endingOf(events).nothingRan;
    };
    const limited = error(429, { 'retry-after': '5' });
    assert.equal(await stopInWait(limited), true);
    assert.equal(await stopInWait(limited, limited), true);
    assert.equal(await stopInWait(error(502), limited), undefined);
    assert.equal(await stopInWait(error(429, { 'retry-after': '5', 'x-generation-id': 'gen-1' })), undefined);
  });

  test('that may have run leave the cost open, whatever the last one says', async () => {
    const refused = await start(error(429, { 'retry-after': '5' }), error(400));
    const live = new AbortController().signal;
    assert.equal(endingOf(await hurry(refused.stream(sampleRequest, live))).nothingRan, undefined);
    await server.stop();
    const open = await start(error(502), error(400));
    assert.equal(endingOf(await hurry(open.stream(sampleRequest, live))).nothingRan, false);
  });

  test('leave a wait of more than a minute to the user', async () => {
    const client = await start(error(429, { 'retry-after': '61' }));
    const ending = endingOf(await collect(client));
    assert.equal(ending.failure?.retryAfterMs, 61_000);
    assert.equal(server.arrivals.length, 1);
  });

  test('obey a server that calls trying again useless', async () => {
    const client = await start(error(503, {}, { availability: { code: 'no_endpoints', retryable: false } }));
    await collect(client);
    assert.equal(server.arrivals.length, 1);
  });

  test('never repeat after the first byte, however transient the error', async () => {
    const failing = { error: { code: 503, message: 'overloaded' }, choices: [] };
    const client = await start(
      reply(
        200,
        { 'content-type': 'text/event-stream', 'retry-after': '1' },
        `data: ${JSON.stringify(failing)}\n\n`,
      ),
    );
    const events = await collect(client);
    assert.equal(endingOf(events).failure?.kind, 'overloaded');
    assert.equal(server.arrivals.length, 1);
  });

  for (const status of [400, 401, 402, 403, 404, 405, 409, 412, 413, 418, 422, 429, 501]) {
    test(`never repeat a ${status} that does not ask for it`, async () => {
      const client = await start(error(status));
      assert.equal(endingOf(await collect(client)).outcome, 'failed');
      assert.equal(server.arrivals.length, 1);
    });
  }

  /** Collects, letting each wait pass as soon as it begins. */
  async function hurry(stream: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
    const events: ChatEvent[] = [];
    for await (const event of stream) {
      events.push(event);
      if (event.type === 'retrying') void clock.nextTimer().then(() => clock.advance(event.delayMs));
    }
    return events;
  }
});

const delays = (events: readonly ChatEvent[]): number[] =>
  events.flatMap(event => (event.type === 'retrying' ? event.delayMs : []));

suite('the wait before a retry', () => {
  test('is spread by chance, within bounds', () => {
    const refusal = { failure: { kind: 'overloaded' } } as const;
    assert.equal(
      retryDelayMs(refusal, 1, () => 0),
      500,
    );
    assert.equal(
      retryDelayMs(refusal, 1, () => 0.999_999),
      1000,
    );
    assert.equal(
      retryDelayMs(refusal, 2, () => 0.5),
      1500,
    );
    assert.equal(
      retryDelayMs(refusal, 3, () => 0.5),
      undefined,
    );
  });
});
