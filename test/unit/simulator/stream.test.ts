import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { ask, events, rawRequest, textOf, valueAt } from '../../support/simulator/client/rawClient';
import { type Simulator, startSimulator } from '../../support/simulator/index';

const key = 'sk-or-v1-test';

suite('simulator: streamed answers', () => {
  let simulator: Simulator;
  const post = (body: unknown) => rawRequest(`${simulator.url}/chat/completions`, { key, body });

  setup(async () => {
    simulator = await startSimulator();
  });
  teardown(() => simulator.dispose());

  test('comments, deltas, finish, usage and [DONE] come in this order', async () => {
    const { status, headers, text, complete } = await post(ask('openai/gpt-4o-mini'));
    assert.equal(status, 200);
    assert.ok(complete);
    assert.equal(headers['content-type'], 'text/event-stream');
    assert.equal(headers['x-provider-name'], 'OpenAI');
    assert.ok(text.startsWith(': OPENROUTER PROCESSING\n\n'));
    assert.ok(text.endsWith('\n\ndata: [DONE]\n\n'));
    const chunks = events(text);
    for (const chunk of chunks) {
      assert.equal(chunk.id, headers['x-generation-id']);
      assert.equal(chunk.object, 'chat.completion.chunk');
      assert.equal(chunk.model, 'openai/gpt-4o-mini');
      assert.equal(chunk.provider, 'OpenAI');
      assert.equal(valueAt(chunk, 'choices.0.delta.role'), 'assistant');
    }
    const [finish, usage] = chunks.slice(-2);
    assert.equal(valueAt(finish, 'choices.0.finish_reason'), 'stop');
    assert.equal(valueAt(finish, 'choices.0.native_finish_reason'), 'completed');
    assert.equal(finish?.usage, undefined);
    assert.equal(valueAt(usage, 'choices.0.finish_reason'), 'stop');
    assert.equal(valueAt(usage, 'usage.completion_tokens'), chunks.length - 2);
  });

  test('usage on the wire is what the bill has', async () => {
    const { text, headers } = await post(ask('anthropic/claude-sonnet-4.5'));
    const usage = events(text).at(-1)?.usage;
    const entry = simulator.bill.get(String(headers['x-generation-id']));
    assert.ok(entry);
    assert.equal(valueAt(usage, 'prompt_tokens'), entry.tokens.prompt);
    assert.equal(valueAt(usage, 'completion_tokens'), entry.tokens.completion);
    assert.equal(valueAt(usage, 'cost'), Number(entry.costUsd));
    assert.equal(valueAt(usage, 'cost_details.upstream_inference_cost'), Number(entry.costUsd));
    assert.equal(valueAt(usage, 'is_byok'), false);
    const { prompt, completion } = entry.tokens;
    assert.equal(entry.costPico, 3_000_000n * BigInt(prompt) + 15_000_000n * BigInt(completion));
  });

  test('a streamed answer and a whole one say the same', async () => {
    const body = ask('openai/gpt-4o-mini', 'Fix:\n```ts\nfunction add(a, b) {\n  return a - b;\n}\n```');
    const streamed = await post(body);
    const whole = await post({ ...body, stream: false });
    assert.equal(whole.headers['content-type'], 'application/json');
    const answer: unknown = JSON.parse(whole.text);
    assert.equal(valueAt(answer, 'object'), 'chat.completion');
    assert.equal(valueAt(answer, 'choices.0.message.content'), textOf(streamed.text));
    assert.equal(valueAt(answer, 'choices.0.finish_reason'), 'stop');
    assert.equal(valueAt(answer, 'id'), whole.headers['x-generation-id']);
    assert.deepEqual(valueAt(answer, 'usage'), events(streamed.text).at(-1)?.usage);
  });

  for (const name of ['max_tokens', 'max_completion_tokens']) {
    test(`${name} cuts the answer and says length`, async () => {
      const { text } = await post(ask('anthropic/claude-haiku-4.5', 'Explain', { [name]: 7 }));
      const chunks = events(text);
      assert.equal(valueAt(chunks.at(-1), 'usage.completion_tokens'), 7);
      assert.equal(valueAt(chunks.at(-2), 'choices.0.finish_reason'), 'length');
      assert.equal(valueAt(chunks.at(-2), 'choices.0.native_finish_reason'), 'max_tokens');
    });
  }

  test('reasoning counts towards the limit, so it can leave no answer', async () => {
    const { text } = await post(ask('deepseek/deepseek-r1', 'Explain', { max_tokens: 5 }));
    assert.equal(textOf(text), '');
    const chunks = events(text);
    assert.equal(valueAt(chunks.at(-1), 'usage.completion_tokens_details.reasoning_tokens'), 5);
    assert.equal(valueAt(chunks.at(-2), 'choices.0.finish_reason'), 'length');
  });

  test('reasoning comes as text and as details of the vendor’s kind', async () => {
    const cases = [
      ['deepseek/deepseek-r1', 'reasoning.text', 'unknown'],
      ['google/gemini-2.5-pro', 'reasoning.text', 'google-gemini-v1'],
      ['openai/gpt-5-mini', 'reasoning.summary', 'openai-responses-v1'],
    ] as const;
    for (const [model, type, format] of cases) {
      const { text } = await post(ask(model));
      const [first] = events(text);
      const thought = valueAt(first, 'choices.0.delta.reasoning');
      const detail = valueAt(first, 'choices.0.delta.reasoning_details.0');
      assert.equal(typeof thought, 'string');
      assert.equal(valueAt(detail, 'type'), type);
      assert.equal(valueAt(detail, 'format'), format);
      assert.equal(valueAt(detail, 'text') ?? valueAt(detail, 'summary'), thought);
    }
  });

  test('excluded reasoning is billed but not shown', async () => {
    const { text } = await post(ask('deepseek/deepseek-r1', 'Explain', { reasoning: { exclude: true } }));
    const chunks = events(text);
    assert.ok(chunks.every(chunk => !valueAt(chunk, 'choices.0.delta.reasoning')));
    assert.ok(Number(valueAt(chunks.at(-1), 'usage.completion_tokens_details.reasoning_tokens')) > 0);
  });

  test('more effort thinks more; mandatory thinking cannot be switched off', async () => {
    const thoughtsAt = async (effort: string): Promise<number> => {
      const { text } = await post(ask('openai/gpt-5-mini', 'Explain', { reasoning: { effort } }));
      return Number(valueAt(events(text).at(-1), 'usage.completion_tokens_details.reasoning_tokens'));
    };
    assert.ok((await thoughtsAt('low')) < (await thoughtsAt('high')));
    const refused = await post(ask('openai/gpt-5-mini', 'Explain', { reasoning: { effort: 'none' } }));
    assert.equal(refused.status, 400);
  });

  test('fallbacks answer when the model fails, and are named', async () => {
    const body = ask('simulator/502', 'Hi', {
      models: ['no/such-model', 'openai/gpt-4o-mini', 'openai/gpt-4.1'],
    });
    const { status, text } = await post(body);
    assert.equal(status, 200);
    assert.equal(events(text)[0]?.model, 'openai/gpt-4o-mini');
    assert.equal(simulator.bill.entries.length, 1);
  });

  test('routers, aliases and suffixes resolve to a real model', async () => {
    const cases = [
      ['openrouter/auto', 'anthropic/claude-4.5-haiku-20251001', 'anthropic/claude-haiku-4.5'],
      ['openrouter/free', undefined, 'meta-llama/llama-3.3-70b-instruct:free'],
      ['~anthropic/claude-sonnet-latest', undefined, 'anthropic/claude-sonnet-4.5'],
      ['openai/gpt-4o-mini:nitro', undefined, 'openai/gpt-4o-mini'],
      ['openai/gpt-5.1:floor', undefined, 'openai/gpt-5.1-20251113'],
      ['qwen/qwen3-coder:free', undefined, 'qwen/qwen3-coder-480b-a35b-07-25:free'],
    ] as const;
    for (const [asked, , served] of cases) {
      const { text } = await post(ask(asked));
      assert.equal(events(text)[0]?.model, served, asked);
    }
    assert.equal(
      simulator.bill.get(String(events((await post(ask('openrouter/free'))).text)[0]?.id))?.costUsd,
      '0',
    );
  });

  test('the last user message comes back from echo, whatever is in it', async () => {
    const message = 'שלום 👩‍👩‍👧‍👦 \u2028 "quoted" \\ \t\r\n漢字 e\u0301 \u0000 end';
    const { text } = await post(ask('simulator/echo', message));
    assert.equal(textOf(text), message);
  });

  test('long answers have exactly as many tokens as asked', async () => {
    const { text } = await post(ask('simulator/long-20000'));
    const chunks = events(text);
    assert.equal(valueAt(chunks.at(-1), 'usage.completion_tokens'), 20_000);
    assert.equal(chunks.filter(chunk => valueAt(chunk, 'choices.0.delta.content')).length, 20_000);
  });

  test('tool calls come in pieces that join to JSON', async () => {
    const { text } = await post(ask('simulator/tools'));
    const deltas = events(text).map(chunk => valueAt(chunk, 'choices.0.delta.tool_calls.0'));
    const first = deltas.filter(delta => valueAt(delta, 'index') === 0);
    assert.equal(valueAt(first[0], 'function.name'), 'read_file');
    assert.deepEqual(JSON.parse(first.map(delta => valueAt(delta, 'function.arguments')).join('')), {
      path: 'src/größe.ts',
      lines: [1, 2],
    });
    assert.equal(valueAt(events(text).at(-2), 'choices.0.finish_reason'), 'tool_calls');
  });

  test('a script says what the next answer is, once', async () => {
    simulator.next({ answer: { content: 'scripted' }, provider: 'Groq' });
    const scripted = await post(ask('openai/gpt-4o-mini'));
    assert.equal(textOf(scripted.text), 'scripted');
    assert.equal(scripted.headers['x-provider-name'], 'Groq');
    assert.notEqual(textOf((await post(ask('openai/gpt-4o-mini'))).text), 'scripted');
  });

  test('a held answer goes on when the promise resolves', async () => {
    let release = (): void => undefined;
    const until = new Promise<void>(resolve => {
      release = resolve;
    });
    simulator.next({ answer: { content: 'one two three' }, delivery: { hold: { afterTokens: 2, until } } });
    let seen = '';
    const answer = await rawRequest(`${simulator.url}/chat/completions`, {
      key,
      body: ask('openai/gpt-4o-mini'),
      leaveWhen: received => {
        seen ||= textOf(received.toString('utf8').replace(/\n\n[^\n]*$/, '\n\n')) === 'one two' ? 'two' : '';
        if (seen) release();
        return false;
      },
    });
    assert.equal(seen, 'two');
    assert.equal(textOf(answer.text), 'one two three');
  });

  test('a client that does not read holds the answer back', async () => {
    const body = JSON.stringify(ask('simulator/long-400000'));
    const socket = connect(simulator.port, '127.0.0.1');
    socket.pause();
    const [request] = await Promise.all([
      new Promise(resolve => {
        const subscription = simulator.onDidReceive(received => {
          subscription.dispose();
          resolve(received);
        });
      }),
      socket.write(
        `POST /api/v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      ),
    ]);
    assert.ok(request);
    const ended = new Promise<{ readonly aborted: boolean }>(resolve => {
      simulator.onDidEndStream(resolve);
    });
    // Other requests are served while it waits.
    await post(ask('openai/gpt-4o-mini', 'Hi', { stream: false }));
    socket.destroy();
    await ended;
    await simulator.idle();
    const entry = simulator.bill.entries.find(
      ({ requestedModel }) => requestedModel === 'simulator/long-400000',
    );
    assert.ok(entry?.cancelled);
    assert.ok(entry.tokens.completion < 400_000);
  });

  test('requests are recorded as they came', async () => {
    const body = ask('openai/gpt-4o-mini', 'Größe');
    await post(body);
    const [request] = simulator.requests;
    assert.equal(request?.method, 'POST');
    assert.equal(request?.path, '/api/v1/chat/completions');
    assert.deepEqual(request?.body, body);
    assert.equal(request?.headers.authorization, `Bearer ${key}`);
  });
});
