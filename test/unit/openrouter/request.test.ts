import assert from 'node:assert/strict';
import { describeParameters } from '../../../src/core/chat/requestParameters';
import { createChatClient } from '../../../src/openrouter/chat';
import { requestHeaders } from '../../../src/openrouter/connection';
import { createAccountClient, createCatalogue } from '../../../src/openrouter/rest';
import {
  collect,
  connectTo,
  endingOf,
  patientOptions,
  sampleRequest,
  testKey,
} from '../../support/openrouter/chatCalls';
import { type Arrival, reply, ScriptedServer, streamOf } from '../../support/openrouter/scriptedServer';

/** What `fetch` and HTTP themselves add. */
const ambient = new Set([
  'host',
  'connection',
  'content-length',
  'accept-encoding',
  'accept-language',
  'sec-fetch-mode',
  'user-agent',
]);

function headersOf({ rawHeaders }: Arrival): Record<string, string> {
  const pairs = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? ''] as const] : [],
  );
  return Object.fromEntries(pairs.filter(([name]) => !ambient.has(name)));
}

suite('what goes over the wire', () => {
  let server: ScriptedServer;
  setup(async () => {
    server = await ScriptedServer.start(streamOf('Hi'));
  });
  teardown(() => server.stop());

  const attribution = { referer: 'https://example.com/app', title: 'Ask OpenRouter' };
  const arrival = (): Arrival => {
    assert.equal(server.arrivals.length, 1);
    return server.arrivals[0] as Arrival;
  };

  test('is the request and nothing unasked', async () => {
    const request = { ...sampleRequest, sessionId: 'window-1' };
    await collect(createChatClient(connectTo(server.baseUrl), patientOptions), request);
    assert.equal(arrival().method, 'POST');
    assert.equal(arrival().url, '/api/v1/chat/completions');
    assert.deepEqual(JSON.parse(arrival().body), {
      model: 'vendor/model',
      messages: [{ role: 'user', content: 'Say hello' }],
      stream: true,
      max_tokens: 64,
      session_id: 'window-1',
      plugins: [{ id: 'context-compression', enabled: false }],
    });
  });

  test('says what prices it may be served at, when there is a bound', async () => {
    const maxPrice = { prompt: '0.15', completion: '0.6', request: '0' };
    const parameters = { ...sampleRequest.parameters, maxPrice };
    await collect(createChatClient(connectTo(server.baseUrl), patientOptions), {
      ...sampleRequest,
      parameters,
    });
    assert.deepEqual(JSON.parse(arrival().body).provider, { max_price: maxPrice });
    assert.match(
      describeParameters(parameters).join(),
      /to providers of at most \$0\.15 in and \$0\.6 out per million tokens/,
    );
  });

  test('has no session id unless there is one', async () => {
    await collect(createChatClient(connectTo(server.baseUrl), patientOptions));
    assert.equal('session_id' in JSON.parse(arrival().body), false);
  });

  test('carries these headers and no others', async () => {
    await collect(createChatClient(connectTo(server.baseUrl, { attribution }), patientOptions));
    assert.deepEqual(headersOf(arrival()), {
      accept: 'text/event-stream, application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${testKey}`,
      'x-openrouter-metadata': 'enabled',
      'x-openrouter-categories': 'ide-extension,programming-app',
      'http-referer': 'https://example.com/app',
      'x-title': 'Ask OpenRouter',
      'x-openrouter-title': 'Ask OpenRouter',
    });
    assert.doesNotMatch(arrival().rawHeaders.join('\n'), /stainless|openai/i);
  });

  test('does not heed what the environment tells the client library', async () => {
    const meddling = {
      OPENAI_BASE_URL: 'http://127.0.0.1:9/elsewhere',
      OPENAI_API_KEY: 'another-key',
      OPENAI_ADMIN_KEY: 'admin-key',
      OPENAI_ORG_ID: 'org-secret',
      OPENAI_PROJECT_ID: 'project-secret',
      OPENAI_CUSTOM_HEADERS: 'X-Meddling: yes',
      OPENAI_LOG: 'debug',
    };
    const logged: unknown[][] = [];
    const { debug, info } = console;
    console.debug = console.info = (...args: unknown[]) => logged.push(args);
    Object.assign(process.env, meddling);
    try {
      await collect(createChatClient(connectTo(server.baseUrl), patientOptions));
    } finally {
      for (const name of Object.keys(meddling)) delete process.env[name];
      Object.assign(console, { debug, info });
    }
    const names = ['accept', 'authorization', 'content-type', 'x-openrouter-metadata'];
    assert.deepEqual(Object.keys(headersOf(arrival())).sort(), names);
    assert.equal(headersOf(arrival()).authorization, `Bearer ${testKey}`);
    assert.deepEqual(logged, []);
  });

  test('is nothing at all without a key', async () => {
    const keyless = connectTo(server.baseUrl, { apiKey: undefined });
    const ending = endingOf(await collect(createChatClient(keyless, patientOptions)));
    assert.deepEqual(ending.failure, { kind: 'noKey' });
    const account = createAccountClient(keyless);
    const { signal } = new AbortController();
    assert.deepEqual(await account.key(signal), { ok: false, failure: { kind: 'noKey' } });
    assert.deepEqual(await account.generation('gen-1', signal), { ok: false, failure: { kind: 'noKey' } });
    assert.equal(server.arrivals.length, 0);
  });

  test('does not follow a redirect with the key and the prompt', async () => {
    const elsewhere = await ScriptedServer.start(streamOf('stolen'));
    await server.stop();
    server = await ScriptedServer.start(reply(307, { location: elsewhere.baseUrl }, ''));
    const ending = endingOf(await collect(createChatClient(connectTo(server.baseUrl), patientOptions)));
    assert.deepEqual(ending.failure, { kind: 'notOpenRouter', httpStatus: 307 });
    const listed = await createCatalogue(connectTo(server.baseUrl)).list(new AbortController().signal);
    assert.equal(listed.ok, false);
    assert.equal(elsewhere.arrivals.length, 0);
    await elsewhere.stop();
  });
});

suite('header values', () => {
  const titleFor = (title: string) =>
    requestHeaders(connectTo('http://x', { attribution: { title } }), false)['X-OpenRouter-Title'];

  test('lose what fetch would throw on, and keep the rest', () => {
    assert.equal(titleFor('Café ☕ “Ask”\r\nX-Evil: 1'), 'Cafe AskX-Evil: 1');
    assert.equal(titleFor('  Ask  '), 'Ask');
    assert.doesNotThrow(
      () => new Headers(requestHeaders(connectTo('http://x', { apiKey: 'sk-ключ' }), true)),
    );
  });

  test('are left out when nothing remains of them', () => {
    assert.equal(titleFor('日本語'), undefined);
    assert.equal(titleFor(''), undefined);
  });
});
