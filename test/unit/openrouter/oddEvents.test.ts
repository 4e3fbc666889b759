import assert from 'node:assert/strict';
import { Redactor } from '../../../src/core/base/redact';
import { emptyAnswer, reduceAnswer } from '../../../src/core/chat/answer';
import type { ChatEvent } from '../../../src/core/chat/chatClient';
import { endedCost } from '../../../src/core/chat/endedCost';
import { describeFailure } from '../../../src/core/chat/failureText';
import type { Usage } from '../../../src/core/money/usage';
import { AnswerBody, type AnswerBounds } from '../../../src/openrouter/answer/answerBody';
import { ChunkReader } from '../../../src/openrouter/answer/chunks';
import { createChatClient } from '../../../src/openrouter/chat';
import { parseJson } from '../../../src/openrouter/wire/json';
import { fastestCpuMs } from '../../support/cpuTime';
import {
  answeredWith,
  collect,
  connectTo,
  endingOf,
  joinText,
  patientOptions,
  responseOf,
  sampleRequest,
  testKey,
} from '../../support/openrouter/chatCalls';

const encode = (text: string) => new TextEncoder().encode(text);
const event = (chunk: unknown) => `data: ${JSON.stringify(chunk)}\n\n`;
const chunk = (delta: unknown, more: object = {}, finish: string | null = null) =>
  event({
    id: 'gen-1',
    model: 'acme/m1',
    provider: 'P',
    choices: [{ delta, finish_reason: finish }],
    ...more,
  });
const text = (content: string, more: object = {}) => chunk({ content }, more);
const stop = (more: object = {}) => chunk({ content: '' }, more, 'stop');
const done = 'data: [DONE]\n\n';
const bill = { prompt_tokens: 100, completion_tokens: 50, cost: 0.0123 };

const usageOf = (events: readonly ChatEvent[]): Usage | undefined =>
  events.findLast(each => each.type === 'usage')?.usage;

/** What the ledger would say of these events. */
const costOf = (events: readonly ChatEvent[]) =>
  endedCost(events.reduce(reduceAnswer, emptyAnswer), undefined, 0);

/** The events of a stream that is stopped when all of `body` was read. */
async function stoppedAfter(body: string): Promise<ChatEvent[]> {
  const abort = new AbortController();
  const stream = new ReadableStream<Uint8Array>({ start: controller => controller.enqueue(encode(body)) });
  const fetch = async () => new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
  const client = createChatClient(connectTo('http://127.0.0.1:9/api/v1', { fetch }), patientOptions);
  const events: ChatEvent[] = [];
  for await (const each of client.stream(sampleRequest, abort.signal)) {
    events.push(each);
    // What came in one piece is told in one turn.
    if (each.type === 'served') setImmediate(() => abort.abort());
  }
  return events;
}

suite('odd events within an answer', () => {
  test('are skipped and counted: heartbeats, null, pings and what nobody knows', async () => {
    for (const [odd, count] of [
      ['data:\n\n', 1],
      ['data: \n\ndata\n\n', 2],
      ['data: null\n\ndata: "ping"\n\ndata: 5\n\ndata: true\n\ndata: []\n\n', 5],
      ['data: ping\n\ndata: keep-alive\n\n', 2],
      ['event: ping\ndata: {}\n\n', 1],
      ['data: {"type":"ping"}\n\n', 1],
      ['event: heartbeat\ndata: 2027-01-01T00:00:00Z\n\n', 1],
      ['data: {"status":"processing","queue":3}\n\n', 1],
      ['id: 7\nretry: 100\n\n', 0],
    ] as const) {
      const events = await answeredWith(
        text('A whole ') + odd + text('answer.') + stop({ usage: bill }) + done,
      );
      const ending = endingOf(events);
      assert.equal(ending.outcome, 'completed', odd);
      assert.equal(ending.skippedEvents, count || undefined, odd);
      assert.equal(joinText(events, 'text'), 'A whole answer.');
      assert.deepEqual(costOf(events), { state: 'billed', usd: '0.0123' });
    }
  });

  test('do not keep a model alive that sends nothing else', () => {
    const chunks = new ChunkReader(() => ({ nowMs: 0 }));
    const body = new AnswerBody(chunks, 'text/event-stream');
    assert.equal(body.push(encode('data:\n\ndata: null\n\n')).hasData, false);
    assert.equal(body.push(encode(text('Hi'))).hasData, true);
    assert.equal(body.push(encode('data: {"type":"ping"}\n\n')).hasData, false);
  });

  test('may miss the empty line between them, whatever ends their lines and wherever they are cut', async () => {
    const lines = (text('ab') + text('cd') + stop({ usage: bill }) + done).replaceAll('\n\n', '\n');
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const body = lines.replaceAll('\n', lineEnd);
      for (const size of [1, 2, 7, 64, body.length]) {
        const pieces = Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
          encode(body.slice(index * size, (index + 1) * size)),
        );
        const fetch = async () => responseOf(pieces);
        const events = await collect(
          createChatClient(connectTo('http://127.0.0.1:9/api/v1', { fetch }), patientOptions),
        );
        assert.equal(joinText(events, 'text'), 'abcd');
        assert.equal(endingOf(events).outcome, 'completed');
        assert.equal(usageOf(events)?.costUsd, '0.0123');
      }
    }
  });

  test('are shown at once although the empty line is missing', () => {
    const body = new AnswerBody(new ChunkReader(() => ({ nowMs: 0 })), 'text/event-stream');
    const line = text('ab').trimEnd();
    body.push(encode(`${line}\n`));
    assert.deepEqual(joinText([...body.push(encode(`${line}\n`)).events], 'text'), 'ab');
  });

  test('may be named and unnamed without empty lines', async () => {
    const body = `${text('ab').trimEnd()}\nevent: error\ndata: {"error":{"code":502,"message":"gone"}}\n\n`;
    const events = await answeredWith(body);
    assert.equal(joinText(events, 'text'), 'ab');
    assert.equal(endingOf(events).failure?.detail, 'gone');
    const ping = await answeredWith(`data: ping\n${text('ab')}${stop()}${done}`);
    assert.equal(joinText(ping, 'text'), 'ab');
    assert.equal(endingOf(ping).outcome, 'completed');
  });

  test('still may have JSON over several lines', async () => {
    const pretty = JSON.stringify(
      { choices: [{ delta: { content: 'Hi' }, finish_reason: 'stop' }] },
      null,
      1,
    );
    const body = pretty.replaceAll(/^/gm, 'data: ');
    assert.equal(joinText(await answeredWith(`${body}\n\n${done}`), 'text'), 'Hi');
  });
});

suite('usage within an answer', () => {
  test('before the end is not the bill: a request stopped or cut after it waits for its cost', async () => {
    const early = { usage: { prompt_tokens: 1000, completion_tokens: 0, cost: 0 } };
    const running = [0.0001, 0.0002].map(cost =>
      text('word ', { usage: { prompt_tokens: 100, completion_tokens: 1, cost } }),
    );
    for (const body of [
      text('', early) + text('expensive words '),
      text('expensive words ', early),
      running.join(''),
      running.join('') + text('more '),
      event({ choices: [], usage: { prompt_tokens: 1000, cost: 0 }, id: 'gen-1' }),
    ]) {
      const stopped = await stoppedAfter(body);
      assert.equal(endingOf(stopped).outcome, 'cancelled');
      assert.deepEqual(costOf(stopped), { state: 'pending' }, body);
      const cut = await answeredWith(body);
      assert.equal(endingOf(cut).outcome, 'interrupted');
      assert.deepEqual(costOf(cut), { state: 'pending' }, body);
      assert.equal(usageOf(cut), undefined);
    }
  });

  test('before an error is not the bill, with it or after it is', async () => {
    const running = text('word ', { usage: { prompt_tokens: 10, completion_tokens: 1, cost: 0.0001 } });
    const error = { error: { code: 502, message: 'gone' } };
    assert.deepEqual(costOf(await answeredWith(`${running}${event({ ...error, choices: [] })}${done}`)), {
      state: 'pending',
    });
    const billed = await answeredWith(running + event({ ...error, choices: [], usage: bill }));
    assert.equal(usageOf(billed)?.costUsd, '0.0123');
  });

  test('of zero on the way is not what a whole answer cost', async () => {
    const early = text('', { usage: { prompt_tokens: 1000, completion_tokens: 0, cost: 0 } });
    assert.deepEqual(costOf(await answeredWith(`${early}${text('words')}${stop()}${done}`)), {
      state: 'pending',
    });
    const free = { prompt_tokens: 10, completion_tokens: 2, cost: 0 };
    assert.equal(
      costOf(await answeredWith(early + text('words') + stop({ usage: free }) + done)).state,
      'free',
    );
    assert.equal(costOf(await answeredWith(text('words', { usage: free }) + done)).state, 'free');
  });

  test('is never made smaller or unknown by what comes later', async () => {
    const zeros = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    for (const later of [
      zeros,
      { ...zeros, cost: 0 },
      { cost: null },
      { prompt_tokens: 3 },
      {},
      { prompt_tokens: -1, completion_tokens: 1e300, cost: -5 },
      { cost: 1e9 },
      { is_byok: false, cost_details: { upstream_inference_cost: 0 } },
    ]) {
      const events = await answeredWith(
        text('An answer.') + stop({ usage: bill }) + event({ id: 'gen-1', choices: [], usage: later }) + done,
      );
      assert.deepEqual(costOf(events), { state: 'billed', usd: '0.0123' }, JSON.stringify(later));
      const usage = usageOf(events);
      assert.equal(usage?.promptTokens, 100);
      assert.equal(usage?.completionTokens, 50);
    }
  });

  test('is put together from its parts; the last bill that is one counts', async () => {
    const parts = [{ prompt_tokens: 9, cost: 0.001 }, { completion_tokens: 4 }, { cost: 0.002 }, { cost: 0 }];
    const events = await answeredWith(
      text('Hi') + stop() + parts.map(usage => event({ choices: [], usage })).join('') + done,
    );
    assert.deepEqual(usageOf(events), { promptTokens: 9, completionTokens: 4, costUsd: '0.002' });
    const split = await answeredWith(
      text('', { usage: { prompt_tokens: 7, prompt_tokens_details: { cached_tokens: 3 } } }) +
        text('Hi') +
        stop({ usage: { completion_tokens: 2, cost: 0.5 } }) +
        done,
    );
    assert.deepEqual(usageOf(split), {
      promptTokens: 7,
      completionTokens: 2,
      cachedTokens: 3,
      costUsd: '0.5',
    });
  });

  test('that is impossible is unknown, and no figure is made of it', async () => {
    for (const usage of [
      { prompt_tokens: -1, completion_tokens: -5 },
      { prompt_tokens: 1e300, completion_tokens: 1.5, cost: 'free' },
      { prompt_tokens: '12', completion_tokens: null, cost: '1e20000000' },
      { cost: 100_001 },
      { cost: -0.01 },
      { cost: Number.MAX_VALUE },
      { cost: `0.${'1'.repeat(5000)}` },
      { cost: { toString: null } },
    ]) {
      const events = await answeredWith(text('Hi') + stop({ usage }) + done);
      assert.equal(endingOf(events).outcome, 'completed');
      assert.deepEqual(usageOf(events), {}, JSON.stringify(usage));
      assert.deepEqual(costOf(events), { state: 'pending' });
    }
    const most = { prompt_tokens: 2 ** 40, completion_tokens: 0, cost: 100_000 };
    assert.deepEqual(usageOf(await answeredWith(stop({ usage: most }) + done)), {
      promptTokens: 2 ** 40,
      completionTokens: 0,
      costUsd: '100000',
    });
  });
});

suite('a bill of nothing beside one of the provider', () => {
  const none = { prompt_tokens: 100, completion_tokens: 50, cost: 0 };
  const upstream = { cost_details: { upstream_inference_cost: 0.02 } };

  for (const [usage, cost] of [
    [{ ...none, ...upstream }, { state: 'pending' }],
    [{ ...none, ...upstream, is_byok: null }, { state: 'pending' }],
    [{ ...none, ...upstream, is_byok: 'true' }, { state: 'pending' }],
    [{ ...none, cost_details: { upstream_inference_cost: '0.0000001' } }, { state: 'pending' }],
    [
      { ...none, ...upstream, is_byok: true },
      { state: 'billed', usd: '0.02' },
    ],
    [
      { ...none, ...upstream, is_byok: false },
      { state: 'free', usd: '0' },
    ],
  ] as const) {
    test(`is free only where OpenRouter says who pays: ${JSON.stringify(usage)}`, async () => {
      const events = await answeredWith(text('Hi') + stop({ usage }) + done);
      assert.deepEqual(costOf(events), cost);
    });
  }
});

suite('thinking', () => {
  test('is shown as reasoning in whatever field or part it comes', async () => {
    for (const delta of [
      { reasoning: 'hm' },
      { reasoning_content: 'hm' },
      { reasoning_text: 'hm' },
      { thinking: 'hm' },
      { thinking: { content: 'hm' } },
      { reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] },
      { thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: 'c2ln' }] },
      { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] },
      { content: [{ type: 'reasoning', text: 'hm' }] },
      { content: [{ text: 'hm', thought: true }] },
      { reasoning: null, reasoning_content: 'hm', content: '' },
      { reasoning: 'hm', reasoning_content: 'hm' },
    ]) {
      const events = await answeredWith(chunk(delta) + text('answer') + stop({ usage: bill }) + done);
      assert.equal(joinText(events, 'reasoning'), 'hm', JSON.stringify(delta));
      assert.equal(joinText(events, 'text'), 'answer');
      assert.notEqual(endingOf(events).ttftMs, undefined);
    }
  });

  test('and answer may be parts of one content', async () => {
    const content = [
      { type: 'thinking', thinking: 'hm' },
      { type: 'text', text: 'answer' },
    ];
    const events = await answeredWith(chunk({ content }, {}, 'stop') + done);
    assert.equal(joinText(events, 'reasoning'), 'hm');
    assert.equal(joinText(events, 'text'), 'answer');
  });

  test('between marks at the start of the text is taken out of it, wherever it is cut', async () => {
    for (const [open, close] of [
      ['<think>', '</think>'],
      ['<thinking>', '</thinking>'],
      ['[THINK]', '[/THINK]'],
      ['◁think▷', '◁/think▷'],
    ]) {
      const whole = `\n${open}a < b, </thin not yet${close}\n\nThe <think>answer</think>.`;
      for (let cut = 0; cut <= whole.length; cut++) {
        const events = await answeredWith(
          text(whole.slice(0, cut)) + text(whole.slice(cut)) + stop({ usage: bill }) + done,
        );
        assert.equal(joinText(events, 'reasoning'), 'a < b, </thin not yet', `${open} cut at ${cut}`);
        assert.equal(joinText(events, 'text'), 'The <think>answer</think>.');
      }
    }
  });

  test('that never ends is all there was; a mark that is none stays text', async () => {
    const endless = await answeredWith(text('<think>and on') + chunk({}, {}, 'length') + done);
    assert.equal(joinText(endless, 'reasoning'), 'and on');
    assert.equal(endingOf(endless).outcome, 'truncated');
    for (const content of [
      '<thin',
      '<',
      '<thinker>',
      '  <b>',
      'The mark <think> begins it.',
      '```\n<think>',
    ]) {
      const events = await answeredWith(text(content) + stop() + done);
      assert.equal(joinText(events, 'text'), content);
      assert.equal(joinText(events, 'reasoning'), '');
    }
  });
});

suite('a hostile event', () => {
  const million = 1_000_000;

  for (const data of [
    '['.repeat(million) + ']'.repeat(million),
    `{"message":${'['.repeat(million)}${']'.repeat(million)}}`,
    `{"choices":[{"delta":{"content":${'['.repeat(million)}${']'.repeat(million)}}}]}`,
    `{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":${'['.repeat(million)}${']'.repeat(million)}}}]}}]}`,
    `{"choices":[{"delta":{"reasoning":${'{"text":'.repeat(100_000)}1${'}'.repeat(100_000)}}}]}`,
    `{"error":${'{"error":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
    JSON.stringify({ message: '{'.repeat(million) }),
    JSON.stringify({ detail: ' '.repeat(million) }),
    JSON.stringify({ detail: '<title'.repeat(million / 6) }),
    JSON.stringify({ id: 'x'.repeat(million), model: 'sk-or-'.repeat(million / 6), choices: [] }),
    `[${'"error",'.repeat(million / 8)}1]`,
    'x'.repeat(million),
  ]) {
    const shown = data.slice(0, 60).replace(/(.)\1{9,}/, '$1$1$1');
    test(`takes no longer than its length asks for, and never throws: ${shown}`, async () => {
      const body = `data: ${data}\n\n${text('Hi')}${stop()}${done}`;
      // What JSON itself takes is not ours.
      const jsonMs = fastestCpuMs(() => parseJson(data));
      const chunks = new ChunkReader(() => ({ nowMs: 0 }));
      const tookMs = fastestCpuMs(() => {
        const reader = new AnswerBody(chunks, 'text/event-stream');
        reader.push(encode(body));
        reader.end();
      });
      assert.ok(tookMs < 50 + 3 * jsonMs, `${tookMs} ms beside ${jsonMs} ms`);
      const { outcome } = endingOf(await answeredWith(body));
      assert.ok(outcome === 'completed' || outcome === 'failed');
    }).timeout(60_000);
  }
});

suite('an answer without end', () => {
  const bounds: AnswerBounds = { event: 2, body: 6, text: 1 };

  function readBounded(pieces: Iterable<string>) {
    const chunks = new ChunkReader(() => ({ nowMs: 0 }));
    const body = new AnswerBody(chunks, 'text/event-stream', bounds);
    let length = 0;
    for (const piece of pieces) {
      if (body.isForeign) break;
      body.push(encode(piece));
      length += piece.length;
    }
    body.end();
    return { failure: chunks.failure, length };
  }

  function* endless(piece: string, start = ''): Generator<string> {
    yield start;
    for (let length = 0; length < 100 * 2 ** 20; length += piece.length) yield piece;
  }

  function* sources(): Generator<string> {
    for (let index = 0; index < 100_000; index++) {
      yield chunk({ annotations: [{ url_citation: { url: `https://a.example/${index}` } }] });
    }
  }

  test('is cut at a bound, and says at which', () => {
    const x = 'x'.repeat(65_536);
    for (const [what, pieces, megabytes] of [
      ['an event', endless(x, 'data: {"choices":[{"delta":{"content":"'), bounds.event],
      ['lines of one event', endless(`data: ${x}\n`), bounds.event],
      ['a JSON body', endless(x, '{"choices":"'), bounds.event],
      ['text', endless(text(x)), bounds.text],
      ['thinking', endless(chunk({ reasoning: x })), bounds.text],
      ['tool calls', endless(chunk({ tool_calls: [{ index: 0, function: { arguments: x } }] })), bounds.text],
      ['sources', sources(), bounds.text],
      ['comments', endless(`: ${x}\n\n`), bounds.body],
      ['nothing but frames', endless(event({ id: 'gen-1', choices: [], x })), bounds.body],
    ] as const) {
      const { failure, length } = readBounded(pieces);
      assert.equal(failure?.kind, 'answerTooLarge', what);
      assert.equal(failure?.detail, `${megabytes} MB`, what);
      assert.ok(length < (bounds.body + 1) * 2 ** 20, `${what}: ${length}`);
      assert.match(describeFailure(failure, 'acme/m1').sentence, /was cut at \d MB/);
    }
  }).timeout(30_000);

  test('keeps its text and waits for its cost', async () => {
    const x = 'x'.repeat(2 ** 20);
    let sent = 0;
    const fetch = async () =>
      new Response(
        new ReadableStream<Uint8Array>({
          pull: controller => controller.enqueue(encode(sent++ === 0 ? text('Hello ') : text(x))),
        }),
        { headers: { 'content-type': 'text/event-stream' } },
      );
    const events = await collect(
      createChatClient(connectTo('http://127.0.0.1:9/api/v1', { fetch }), patientOptions),
    );
    assert.match(joinText(events, 'text'), /^Hello x/);
    assert.equal(endingOf(events).failure?.detail, '16 MB');
    assert.deepEqual(costOf(events), { state: 'pending' });
  }).timeout(30_000);
});

suite('a server that echoes the key', () => {
  test('gets it into no event', async () => {
    const leaky = `x ${testKey} y`;
    const body =
      event({
        id: leaky,
        model: leaky,
        provider: leaky,
        choices: [
          {
            delta: {
              content: 'Hi',
              annotations: [{ url_citation: { url: `https://a.example/?k=${testKey}`, title: leaky } }],
            },
            finish_reason: leaky,
            native_finish_reason: leaky,
          },
        ],
      }) + done;
    const events = await answeredWith(body, { 'x-generation-id': leaky, 'x-provider-name': leaky });
    assert.equal(joinText(events, 'text'), 'Hi');
    assert.ok(!JSON.stringify(events).includes(testKey));
    assert.ok(JSON.stringify(events).includes('sk-or-…'));
    const gateway = new Redactor(['acme/gw+7f3e']);
    const chunks = new ChunkReader(() => ({ redactor: gateway, nowMs: 0 }));
    const told = chunks.read({
      id: 'acme%2Fgw%2B7f3e',
      model: 'acme/gw+7f3e',
      choices: [{ finish_reason: 'acme/gw+7f3e' }],
    });
    assert.doesNotMatch(JSON.stringify(told), /gw/);
  });
});
