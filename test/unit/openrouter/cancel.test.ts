import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ChatEvent } from '../../../src/core/chat/chatClient';
import { createChatClient } from '../../../src/openrouter/chat';
import {
  collect,
  connectTo,
  endingOf,
  joinText,
  patientOptions,
  sampleRequest,
} from '../../support/openrouter/chatCalls';
import { type Handler, ScriptedServer } from '../../support/openrouter/scriptedServer';

const text = 'data: {"id":"gen-1","choices":[{"delta":{"content":"word "}}]}\n\n';

suite('cancelling', () => {
  let server: ScriptedServer;
  /** The server's end of the first request, as soon as it has arrived. */
  let arrived: Promise<ServerResponse>;

  async function start(handler: Handler) {
    let tell: (response: ServerResponse) => void = () => {};
    arrived = new Promise(resolve => {
      tell = resolve;
    });
    server = await ScriptedServer.start((response, request) => {
      handler(response, request);
      tell(response);
    });
    return createChatClient(connectTo(server.baseUrl), patientOptions);
  }
  teardown(() => server.stop());

  async function isClosed(): Promise<boolean> {
    const response = await arrived;
    if (!response.destroyed) await once(response, 'close');
    return !response.writableFinished;
  }

  test('before the headers ends at once, and the server sees the connection close', async () => {
    const client = await start(() => {});
    const cancel = new AbortController();
    const collected = collect(client, sampleRequest, cancel.signal);
    await arrived;
    cancel.abort();
    const events = await collected;
    assert.deepEqual(
      events.map(event => event.type),
      ['ended'],
    );
    assert.equal(endingOf(events).outcome, 'cancelled');
    assert.ok(await isClosed());
  });

  test('before anything was sent sends nothing and cannot have cost anything', async () => {
    const client = await start(() => {});
    const ending = endingOf(await collect(client, sampleRequest, AbortSignal.abort()));
    assert.deepEqual(ending, { outcome: 'cancelled', nothingRan: true, durationMs: ending.durationMs });
    assert.equal(server.arrivals.length, 0);
  });

  test('within the answer keeps what came, sends nothing after the end, and closes the connection', async () => {
    const client = await start(response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const goOn = (): unknown => response.writable && response.write(text) && setImmediate(goOn);
      goOn();
    });
    const cancel = new AbortController();
    const events: ChatEvent[] = [];
    let seen = '';
    for await (const event of client.stream(sampleRequest, cancel.signal)) {
      events.push(event);
      if (joinText(events, 'text').length < 3 * 'word '.length || cancel.signal.aborted) continue;
      seen = joinText(events, 'text');
      cancel.abort();
    }
    assert.match(seen, /^(word ){3,}$/);
    assert.equal(joinText(events, 'text'), seen);
    assert.equal(endingOf(events).outcome, 'cancelled');
    assert.equal(endingOf(events).failure, undefined);
    assert.ok(await isClosed());
  });

  test('while the server is silent ends at once', async () => {
    const client = await start(response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text);
    });
    const cancel = new AbortController();
    const events: ChatEvent[] = [];
    for await (const event of client.stream(sampleRequest, cancel.signal)) {
      events.push(event);
      if (event.type === 'text') setImmediate(() => cancel.abort());
    }
    assert.equal(endingOf(events).outcome, 'cancelled');
    assert.ok(await isClosed());
  });

  test('while an error body trickles ends at once', async () => {
    const client = await start(response => {
      response.writeHead(502, { 'content-type': 'application/json' }).write('{"error":');
    });
    const cancel = new AbortController();
    const collected = collect(client, sampleRequest, cancel.signal);
    await arrived;
    setImmediate(() => cancel.abort());
    assert.equal(endingOf(await collected).outcome, 'cancelled');
    assert.ok(await isClosed());
  });

  test('by leaving the loop closes the connection too', async () => {
    const client = await start(response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text);
    });
    for await (const event of client.stream(sampleRequest, new AbortController().signal)) {
      if (event.type === 'text') break;
    }
    assert.ok(await isClosed());
  });

  test('before the start sends nothing', async () => {
    const client = await start(() => {});
    const events = await collect(client, sampleRequest, AbortSignal.abort());
    assert.equal(endingOf(events).outcome, 'cancelled');
    assert.equal(server.arrivals.length, 0);
  });

  test('leaves no listener behind on a signal that outlives the request', async () => {
    const client = await start(response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`${text}data: [DONE]\n\n`);
    });
    const signal = new CountingSignal();
    assert.equal(endingOf(await collect(client, sampleRequest, signal.signal)).outcome, 'completed');
    assert.equal(signal.listeners, 0);
  });
});

suite('cancelling a host that does not listen', () => {
  const deaf = (fetch: typeof globalThis.fetch) =>
    createChatClient(connectTo('http://127.0.0.1:9/api/v1', { fetch }), patientOptions);

  test('ends at once while its fetch has not answered', async () => {
    const cancel = new AbortController();
    const client = deaf(() => {
      setImmediate(() => cancel.abort());
      return new Promise(() => {});
    });
    assert.equal(endingOf(await collect(client, sampleRequest, cancel.signal)).outcome, 'cancelled');
  });

  test('ends at once while its body has not', async () => {
    const cancel = new AbortController();
    const client = deaf(async () => {
      setImmediate(() => setImmediate(() => cancel.abort()));
      return new Response(new ReadableStream({}), { headers: { 'content-type': 'text/event-stream' } });
    });
    assert.equal(endingOf(await collect(client, sampleRequest, cancel.signal)).outcome, 'cancelled');
  });
});

/** Counts who listens to the signal from outside of `fetch`. */
class CountingSignal {
  readonly signal = new AbortController().signal;
  listeners = 0;

  constructor() {
    const { signal } = this;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      this.listeners++;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      this.listeners--;
      remove(...args);
    };
  }
}
