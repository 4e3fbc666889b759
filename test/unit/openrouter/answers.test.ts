import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { ChatEvent } from '../../../src/core/chat/chatClient';
import { systemClock } from '../../../src/openrouter/call/clock';
import { createChatClient } from '../../../src/openrouter/chat';
import {
  collect,
  connectTo,
  endingOf,
  joinText,
  patientOptions,
  responseOf,
  sampleRequest,
} from '../../support/openrouter/chatCalls';
import { ScriptedServer } from '../../support/openrouter/scriptedServer';

const encode = (text: string) => new TextEncoder().encode(text);
const event = (chunk: unknown) => `data: ${JSON.stringify(chunk)}\n\n`;
const delta = (fields: unknown, finish: string | null = null) =>
  event({ id: 'gen-1', choices: [{ delta: fields, finish_reason: finish }] });

/** The events of an answer with this body. */
function answer(body: string, headers: Record<string, string> = {}): Promise<ChatEvent[]> {
  const connection = connectTo('http://127.0.0.1:9/api/v1', {
    fetch: async () => responseOf([encode(body)], headers),
  });
  return collect(createChatClient(connection, patientOptions));
}

suite('answers', () => {
  test('tell the generation and the provider as soon as the headers are there', async () => {
    const events = await answer(delta({ content: 'Hi' }, 'stop'), {
      'x-generation-id': 'gen-header',
      'x-provider-name': 'Azure',
    });
    assert.deepEqual(events[0], { type: 'accepted', generationId: 'gen-header', provider: 'Azure' });
  });

  test('tell who serves when it is known and when it changes, not in between', async () => {
    const from = (model: string) =>
      event({ id: 'gen-1', model, provider: 'P', choices: [{ delta: { content: '.' } }] });
    const events = await answer(from('a') + from('a') + from('b') + from('b'));
    assert.deepEqual(
      events.filter(({ type }) => type === 'served'),
      [
        { type: 'served', model: 'a', provider: 'P', generationId: 'gen-1' },
        { type: 'served', model: 'b', provider: 'P', generationId: 'gen-1' },
      ],
    );
  });

  test('tell texts that came together as one event, kinds apart and in their order', async () => {
    const events = await answer(
      delta({ reasoning: 'a' }) +
        delta({ reasoning: 'b' }) +
        delta({ content: 'c' }) +
        delta({ content: 'd' }) +
        delta({ content: 'e' }, 'stop') +
        delta({ content: 'f' }),
    );
    assert.deepEqual(
      events.flatMap(event => ('text' in event ? [`${event.type} ${event.text}`] : [])),
      ['reasoning ab', 'text cde', 'text f'],
    );
  });

  test('leave the rest of the process a turn while they come as fast as they are read', async () => {
    const piece = encode(delta({ content: 'word ' }).repeat(200));
    const pieces = Array.from({ length: 200 }, () => piece);
    const connection = connectTo('http://127.0.0.1:9/api/v1', { fetch: async () => responseOf(pieces) });
    let [isDone, turns] = [false, 0];
    const count = (): unknown => !isDone && ++turns && setImmediate(count);
    setImmediate(count);
    // Every look at the clock is 3 ms after the last one, however fast this machine reads.
    let nowMs = 0;
    const clock = {
      ...systemClock,
      monotonicMs: () => {
        nowMs += 3;
        return nowMs;
      },
    };
    const events = await collect(createChatClient(connection, { ...patientOptions, clock }));
    isDone = true;
    assert.equal(joinText(events, 'text').length, 200 * 200 * 'word '.length);
    assert.ok(turns > 40, `${turns} turns for others`);
  });

  test('show reasoning once, though it comes in two fields', async () => {
    const both = {
      reasoning: 'think',
      reasoning_details: [{ type: 'reasoning.text', text: 'think', index: 0 }],
    };
    const events = await answer(delta(both) + delta({ content: 'Hi' }, 'stop'));
    assert.equal(joinText(events, 'reasoning'), 'think');
  });

  test('read reasoning that comes in details only, and hide what is encrypted', async () => {
    const details = [
      { type: 'reasoning.summary', summary: 'short ' },
      { type: 'reasoning.text', text: 'long', signature: 'c2ln' },
      { type: 'reasoning.encrypted', data: 'c2VjcmV0' },
      { type: 'reasoning.invented' },
      null,
    ];
    const events = await answer(delta({ reasoning: null, reasoning_details: details }, 'stop'));
    assert.equal(joinText(events, 'reasoning'), 'short long');
    assert.doesNotMatch(JSON.stringify(events), /c2VjcmV0|c2ln/);
  });

  test('keep the text before an error and read the usage after it', async () => {
    const events = await answer(
      delta({ content: 'Half ' }) +
        event({
          error: { code: 502, message: 'gone' },
          choices: [{ delta: { content: 'an' }, finish_reason: 'error' }],
        }) +
        event({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 2, cost: 1e-7 } }) +
        'data: [DONE]\n\n',
    );
    assert.equal(joinText(events, 'text'), 'Half an');
    assert.deepEqual(events.at(-2), {
      type: 'usage',
      usage: { promptTokens: 5, completionTokens: 2, costUsd: '0.0000001' },
    });
    assert.equal(endingOf(events).outcome, 'failed');
    assert.equal(endingOf(events).failure?.kind, 'providerUnavailable');
    assert.equal(endingOf(events).failure?.generationId, 'gen-1');
  });

  test('fail for the first of several errors', async () => {
    const failing = (code: number) => event({ error: { code, message: `error ${code}` }, choices: [] });
    const ending = endingOf(await answer(failing(503) + failing(500)));
    assert.equal(ending.failure?.kind, 'overloaded');
    assert.equal(ending.failure?.detail, 'error 503');
  });

  test('go on after the finish reason, and finish once', async () => {
    const events = await answer(
      delta({ content: 'Hi' }, 'stop') +
        event({ choices: [{ delta: {}, finish_reason: 'stop' }], usage: { cost: 0.5 } }) +
        'data: [DONE]\n\n',
    );
    assert.equal(events.filter(({ type }) => type === 'finish').length, 1);
    assert.ok(events.some(({ type }) => type === 'usage'));
  });

  test('are truncated at the limit, even when reasoning ate all of it or nothing came', async () => {
    for (const fields of [{ content: 'Hal' }, { reasoning: 'hm' }, {}]) {
      const ending = endingOf(await answer(`${delta(fields, 'length')}data: [DONE]\n\n`));
      assert.equal(ending.outcome, 'truncated');
      assert.equal(ending.failure, undefined);
    }
  });

  test('without finish reason and without [DONE] are interrupted', async () => {
    const ending = endingOf(await answer(delta({ content: 'Hal' }), { 'x-generation-id': 'gen-9' }));
    assert.equal(ending.outcome, 'interrupted');
    assert.deepEqual(ending.failure, { kind: 'cutOff', generationId: 'gen-9' });
  });

  test('cut in the middle of an event are interrupted too, not foreign', async () => {
    const ending = endingOf(await answer(`${delta({ content: 'Hal' })}data: {"choices":[{"del`));
    assert.equal(ending.outcome, 'interrupted');
  });

  test('cut after keep-alives only are interrupted; not one byte is an empty answer', async () => {
    assert.equal(endingOf(await answer(': OPENROUTER PROCESSING\n\n')).failure?.kind, 'cutOff');
    assert.equal(endingOf(await answer('')).failure?.kind, 'emptyAnswer');
    assert.equal(endingOf(await answer('\n\n')).failure?.kind, 'emptyAnswer');
  });

  test('broken off after the finish reason are complete, before it interrupted', async () => {
    const broken = (text: string) => {
      let hasSent = false;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (hasSent) controller.error(new TypeError('terminated'));
          else controller.enqueue(encode(text));
          hasSent = true;
        },
      });
      const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } });
      return collect(createChatClient(connectTo('http://127.0.0.1:9/api/v1', { fetch }), patientOptions));
    };
    assert.equal(endingOf(await broken(delta({ content: 'All' }, 'stop'))).outcome, 'completed');
    assert.equal(endingOf(await broken(delta({ content: 'All' }, 'length'))).outcome, 'truncated');
    const cut = await broken(delta({ content: 'Hal' }));
    assert.equal(joinText(cut, 'text'), 'Hal');
    assert.equal(endingOf(cut).outcome, 'interrupted');
    assert.deepEqual(endingOf(cut).failure, { kind: 'cutOff', detail: 'terminated', generationId: 'gen-1' });
  });

  test('with broken events in between fail, but lose nothing else', async () => {
    const events = await answer(
      `${delta({ content: 'a' })}data: {oops\n\n${delta({ content: 'b' }, 'stop')}`,
    );
    assert.equal(joinText(events, 'text'), 'ab');
    assert.equal(endingOf(events).failure?.kind, 'notOpenRouter');
  });

  test('show a refusal as text', async () => {
    const events = await answer(delta({ content: null, refusal: 'No.' }, 'content_filter'));
    assert.equal(joinText(events, 'text'), 'No.');
    assert.equal(endingOf(events).outcome, 'completed');
  });

  test('tell an image that none is as missing, and each source once', async () => {
    const annotations = [
      { type: 'url_citation', url_citation: { url: 'https://a.example/', title: 'A' } },
      { type: 'url_citation', url_citation: { url: 'javascript:alert(1)' } },
      { type: 'file', file: { hash: 'x' } },
    ];
    const images = [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }];
    const events = await answer(delta({ annotations }) + delta({ annotations, images }, 'stop'));
    assert.deepEqual(
      events.filter(({ type }) => type === 'image' || type === 'citation'),
      [
        { type: 'citation', url: 'https://a.example/', title: 'A' },
        { type: 'image', image: { kind: 'missing', reason: 'unreadable' } },
      ],
    );
    assert.equal(endingOf(events).outcome, 'completed');
  });

  test('tell tool calls whole at the end, also when all of them have index 0', async () => {
    const call = (index: number, id: string | undefined, name: string | undefined, text: string | null) =>
      delta({ tool_calls: [{ index, id, function: { name, arguments: text } }] });
    const events = await answer(
      call(0, 'a', 'first', '{"x"') +
        call(0, undefined, undefined, ':1}') +
        call(0, 'b', 'second', null) +
        call(1, 'c', 'third', '') +
        call(0, 'b', '', '[]') +
        delta({}, 'tool_calls'),
    );
    assert.deepEqual(events.slice(-4, -1), [
      { type: 'toolCall', name: 'first', arguments: '{"x":1}' },
      { type: 'toolCall', name: 'second', arguments: '[]' },
      { type: 'toolCall', name: 'third', arguments: '{}' },
    ]);
    assert.equal(endingOf(events).outcome, 'completed');
  });

  test('may be one JSON body after white space, whatever its content type', async () => {
    const body = {
      id: 'gen-2',
      model: 'm',
      choices: [{ message: { content: 'Hi', reasoning: 'hm' }, finish_reason: 'stop' }],
      usage: { cost: 0.25, is_byok: true, cost_details: { upstream_inference_cost: 1e-10 } },
    };
    for (const type of ['application/json', 'text/event-stream', 'text/plain']) {
      const events = await answer(`\n     \n\n ${JSON.stringify(body)}`, { 'content-type': type });
      assert.equal(joinText(events, 'text'), 'Hi');
      assert.equal(joinText(events, 'reasoning'), 'hm');
      assert.deepEqual(
        events.find(({ type }) => type === 'usage'),
        {
          type: 'usage',
          usage: { costUsd: '0.25', isByok: true, upstreamUsd: '0.0000000001' },
        },
      );
      assert.equal(endingOf(events).outcome, 'completed');
    }
  });

  test('that are not OpenRouter’s are recognised', async () => {
    for (const body of [
      '<html>Sign in</html>',
      '{"detail":"ok"}',
      '{"choices',
      'Hello from a proxy',
      '[1]',
    ]) {
      const ending = endingOf(await answer(body, { 'content-type': 'text/html' }));
      assert.deepEqual(ending.failure, { kind: 'notOpenRouter', httpStatus: 200 }, body);
    }
  });

  test('bear chunks of every shape', async () => {
    const odd = [
      '{}',
      'null',
      '5',
      '{"choices":null}',
      '{"choices":[null]}',
      '{"choices":[{"delta":null,"finish_reason":7}]}',
      '{"choices":[{"delta":{"content":5,"reasoning":{},"tool_calls":[null],"images":7,"annotations":[null]}}]}',
      '{"usage":null,"error":null,"id":null,"model":4}',
      '{"choices":[{"delta":{"content":[{"type":"text","text":"part"},{}]},"finish_reason":"stop"}]}',
    ];
    const events = await answer(odd.map(data => `data: ${data}\n\n`).join(''));
    assert.equal(joinText(events, 'text'), 'part');
  });

  test('split inside a character are whole again', async () => {
    const bytes = encode(delta({ content: '€ 😀 é' }, 'stop'));
    const connection = connectTo('http://127.0.0.1:9/api/v1', {
      fetch: async () => responseOf([...bytes].map(byte => Uint8Array.of(byte))),
    });
    const events = await collect(createChatClient(connection, patientOptions));
    assert.equal(joinText(events, 'text'), '€ 😀 é');
  });

  test('of 100,000 chunks arrive whole, and are not held in memory', async () => {
    const total = 100_000;
    const chunk = encode(delta({ content: 'word '.repeat(20) }));
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent++ < total) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const connection = connectTo('http://127.0.0.1:9/api/v1', { fetch: async () => new Response(body) });
    const client = createChatClient(connection, patientOptions);
    let texts = 0;
    let mostHeap = 0;
    const heapBefore = process.memoryUsage().heapUsed;
    for await (const event of client.stream(sampleRequest, new AbortController().signal)) {
      if (event.type !== 'text') continue;
      if (++texts % 10_000 === 0) mostHeap = Math.max(mostHeap, process.memoryUsage().heapUsed);
    }
    assert.equal(texts, total);
    // The whole answer has 10 MB of text in 17 MB of stream; garbage in between is allowed for.
    assert.ok(mostHeap - heapBefore < 100e6, `${mostHeap - heapBefore} bytes more`);
  }).timeout(30_000);

  test('leave the connection alone for a moment after [DONE], so that it can be used again', async () => {
    const responses: ServerResponse[] = [];
    const server = await ScriptedServer.start(response => {
      responses.push(response);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`${delta({ content: 'Hi' }, 'stop')}data: [DONE]\n\n`);
    });
    const client = createChatClient(connectTo(server.baseUrl), patientOptions);
    await collect(client);
    // A second round trip: a connection that the first had closed would be known as closed by now.
    await collect(client);
    assert.deepEqual(
      responses.map(({ destroyed }) => destroyed),
      [false, false],
    );
    await server.stop();
  });

  test('end with [DONE], though the server holds the connection open', async () => {
    const server = await ScriptedServer.start(response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`${delta({ content: 'Hi' }, 'stop')}data: [DONE]\n\n`);
    });
    const events = await collect(createChatClient(connectTo(server.baseUrl), patientOptions));
    assert.equal(endingOf(events).outcome, 'completed');
    await server.stop();
  });
});
