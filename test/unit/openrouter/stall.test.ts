import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ChatEvent } from '../../../src/core/chat/chatClient';
import { StallWatch } from '../../../src/openrouter/call/stall';
import { createChatClient } from '../../../src/openrouter/chat';
import { createCatalogue } from '../../../src/openrouter/rest';
import { connectTo, endingOf, sampleRequest } from '../../support/openrouter/chatCalls';
import { FakeClock } from '../../support/openrouter/fakeClock';
import { ScriptedServer } from '../../support/openrouter/scriptedServer';

const limits = { noBytesMs: 60, noDataMs: 300 };

suite('stall limits', () => {
  let clock: FakeClock;
  let stalls: number;
  let watch: StallWatch;

  setup(() => {
    clock = new FakeClock();
    stalls = 0;
    watch = new StallWatch(limits, clock, () => stalls++);
  });

  function receive(hasData: boolean): void {
    watch.receive(hasData);
    watch.resume();
  }

  test('end a call that gets no bytes', () => {
    clock.advance(59);
    assert.equal(stalls, 0);
    clock.advance(1);
    assert.equal(stalls, 1);
  });

  test('let keep-alives hold the connection, but not for ever', () => {
    for (let elapsed = 0; elapsed < 250; elapsed += 50) {
      clock.advance(50);
      receive(false);
    }
    assert.equal(stalls, 0);
    clock.advance(49);
    assert.equal(stalls, 0);
    clock.advance(1);
    assert.equal(stalls, 1);
  });

  test('begin anew with every piece of data', () => {
    for (let count = 0; count < 100; count++) {
      clock.advance(59);
      receive(true);
    }
    assert.equal(stalls, 0);
  });

  test('do not count the time in which the reader is busy', () => {
    clock.advance(30);
    watch.receive(false);
    clock.advance(1000);
    watch.resume();
    clock.advance(59);
    assert.equal(stalls, 0);
    clock.advance(1);
    assert.equal(stalls, 1);
  });

  test('count keep-alives together across pauses of the reader', () => {
    for (let count = 0; count < 5; count++) {
      clock.advance(50);
      watch.receive(false);
      clock.advance(1000);
      watch.resume();
    }
    clock.advance(49);
    assert.equal(stalls, 0);
    clock.advance(1);
    assert.equal(stalls, 1);
  });

  test('hold no timer once stopped, and none per byte before', () => {
    for (let count = 0; count < 1000; count++) receive(true);
    assert.equal(clock.pending, 1);
    watch.stop();
    watch.resume();
    assert.equal(clock.pending, 0);
    clock.advance(10_000);
    assert.equal(stalls, 0);
  });
});

suite('stalled requests', () => {
  test('fail with what came so far, and their connection is closed', async () => {
    const clock = new FakeClock();
    const opened: ServerResponse[] = [];
    const server = await ScriptedServer.start(response => {
      opened.push(response);
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-generation-id': 'gen-7' });
      response.write('data: {"choices":[{"delta":{"content":"Half"}}]}\n\n');
    });
    const client = createChatClient(connectTo(server.baseUrl), { stallLimits: limits, clock });
    const events: ChatEvent[] = [];
    for await (const event of client.stream(sampleRequest, new AbortController().signal)) {
      events.push(event);
      if (event.type === 'text') setImmediate(() => clock.advance(60));
    }
    const { outcome, failure } = endingOf(events);
    assert.equal(outcome, 'failed');
    assert.deepEqual(failure, { kind: 'stalled', generationId: 'gen-7' });
    const response = opened[0];
    if (response && !response.destroyed) await once(response, 'close');
    await server.stop();
  });

  test('are complete all the same when only the end of the stream is missing', async () => {
    const clock = new FakeClock();
    const server = await ScriptedServer.start(response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"choices":[{"delta":{"content":"All"},"finish_reason":"stop"}]}\n\n');
    });
    const client = createChatClient(connectTo(server.baseUrl), { stallLimits: limits, clock });
    const events: ChatEvent[] = [];
    for await (const event of client.stream(sampleRequest, new AbortController().signal)) {
      events.push(event);
      if (event.type === 'finish') setImmediate(() => clock.advance(60));
    }
    assert.equal(endingOf(events).outcome, 'completed');
    await server.stop();
  });

  test('end calls of the account and the catalogue too', async () => {
    const server = await ScriptedServer.start(response => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(' ');
    });
    const catalogue = createCatalogue(connectTo(server.baseUrl), { noBytesMs: 20, noDataMs: 20 });
    const listed = await catalogue.list(new AbortController().signal);
    assert.deepEqual(listed, { ok: false, failure: { kind: 'stalled' } });
    await server.stop();
  });
});
