import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import { Asker } from '../../../src/app/ask/asker';
import { showOnOneLine } from '../../../src/core/base/hiddenCharacters';
import { Redactor } from '../../../src/core/base/redact';
import { emptyAnswer, reduceAnswer } from '../../../src/core/chat/answer';
import type { ChatEvent } from '../../../src/core/chat/chatClient';
import { endedCost } from '../../../src/core/chat/endedCost';
import type { Failure } from '../../../src/core/chat/failure';
import { describeCallFailure, describeFailure } from '../../../src/core/chat/failureText';
import { succeed } from '../../../src/core/chat/result';
import type { Routing } from '../../../src/core/chat/routing';
import { stageNotices } from '../../../src/core/chat/routingText';
import type { LedgerEntry } from '../../../src/core/ledger/ledger';
import { parsePico } from '../../../src/core/money/pico';
import { priceRange } from '../../../src/core/money/priceText';
import type { Usage } from '../../../src/core/money/usage';
import { AnswerBody } from '../../../src/openrouter/answer/answerBody';
import { ChunkReader } from '../../../src/openrouter/answer/chunks';
import { judge } from '../../../src/openrouter/answer/ending';
import { createChatClient } from '../../../src/openrouter/chat';
import { type FailureContext, refusalOf } from '../../../src/openrouter/failures';
import { retryDelayMs } from '../../../src/openrouter/request/retry';
import { parseGeneration, parseKeyInfo } from '../../../src/openrouter/wire/account';
import { parseCatalogue } from '../../../src/openrouter/wire/catalogue';
import { openLedger } from '../../../src/storage/openLedger';
import { cpuMs, fastestCpuMs } from '../../support/cpuTime';
import { FakeSettings } from '../../support/fakeSettings';
import {
  connectTo,
  patientOptions,
  responseOf,
  sampleRequest,
  testKey,
} from '../../support/openrouter/chatCalls';
import { makeSent, makeTurn } from '../../support/turns';
import { Random } from '../ledger/random';
import { TempLedgers } from '../ledger/tempLedgers';

/** How many bodies are tried of each kind: a thousand in every run, as many as asked for when somebody has the time. */
const runs = Number(process.env.ASK_OPENROUTER_FUZZ_RUNS ?? 1000);
/** To try one again that failed. */
const firstSeed = Number(process.env.ASK_OPENROUTER_FUZZ_SEED ?? 1);
const longestMs = 50;
const nowMs = Date.UTC(2027, 0, 1);
const newId = monotonicFactory();

const context: FailureContext = { redactor: new Redactor([testKey]), nowMs };

/** Makes bodies of servers that are wrong, broken or hostile; the same for the same seed. */
class Server {
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  chance(share: number): boolean {
    return this.random.chance(share);
  }

  upTo(count: number): number {
    return this.random.below(count);
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.upTo(values.length)];
    if (value === undefined) throw new Error('Nothing to pick from');
    return value;
  }

  /** Any JSON, in fields that mean something to a reader. */
  json(depth = 0): unknown {
    if (depth > 5 || this.chance(0.45)) return this.scalar();
    if (this.chance(0.25)) return this.times(3, () => this.json(depth + 1));
    return Object.fromEntries(this.times(5, () => [this.pick(fields), this.json(depth + 1)]));
  }

  scalar(): unknown {
    if (this.chance(0.3)) return this.text();
    return this.pick(oddScalars)();
  }

  text(): string {
    const text = this.pick(texts);
    if (this.chance(0.005)) return text.repeat(1 + this.upTo(5000));
    return this.chance(0.1) ? JSON.stringify(this.json(3)) : text;
  }

  usage(): unknown {
    if (this.chance(0.1)) return this.json(3);
    const count = () => (this.chance(0.7) ? this.upTo(2000) : this.pick(oddScalars)());
    const amount = () => (this.chance(0.7) ? this.upTo(1000) / 1e6 : this.pick(oddScalars)());
    return {
      prompt_tokens: count(),
      completion_tokens: count(),
      cost: amount(),
      is_byok: this.pick([true, false, null, 'yes']),
      cost_details: { upstream_inference_cost: amount() },
      prompt_tokens_details: { cached_tokens: count() },
    };
  }

  chunk(): unknown {
    if (this.chance(0.15)) return this.json(1);
    const choice = {
      delta: this.chance(0.2) ? this.json(2) : { content: this.text(), [this.pick(fields)]: this.scalar() },
      finish_reason: this.pick([null, null, null, 'stop', 'length', 'error', this.scalar()]),
    };
    return {
      id: this.chance(0.8) ? 'gen-1' : this.scalar(),
      model: this.chance(0.8) ? 'acme/m1' : this.scalar(),
      choices: this.chance(0.9) ? [choice] : this.json(2),
      ...(this.chance(0.3) ? { usage: this.usage() } : {}),
      ...(this.chance(0.1) ? this.metadata() : {}),
      ...(this.chance(0.08) ? { error: this.json(2) } : {}),
    };
  }

  refusal(): string {
    if (this.chance(0.2)) return this.body();
    return JSON.stringify(this.chance(0.3) ? { error: this.json(2), ...this.metadata() } : this.json());
  }

  metadata(): object {
    if (this.chance(0.2)) return { openrouter_metadata: this.json(1) };
    const text = () => (this.chance(0.6) ? this.text() : this.scalar());
    const list = (make: () => unknown) =>
      this.chance(0.1) ? this.json(2) : this.times(this.chance(0.05) ? 60 : 3, make);
    return {
      service_tier: text(),
      openrouter_metadata: {
        ...{ summary: text(), strategy: text(), region: text() },
        ...{ attempt: this.scalar(), generation_time: this.scalar() },
        attempts: list(() => ({ provider: text(), model: text(), status: this.scalar(), latency: 1.5 })),
        endpoints: {
          total: this.scalar(),
          available: list(() => ({ selected: true, quantization: text() })),
        },
        pipeline: list(() => ({ type: text(), name: text(), summary: text(), cost_usd: this.scalar() })),
      },
    };
  }

  /** The text of a stream, or of something else. */
  body(): string {
    if (this.chance(0.2)) return this.chance(0.8) ? JSON.stringify(this.json()) : this.text();
    const events = this.times(9, () => this.event());
    if (this.chance(0.6)) events.push('data: [DONE]\n\n');
    let body = events.join('');
    if (this.chance(0.15)) body = body.replaceAll('\n\n', '\n');
    if (this.chance(0.2)) body = body.replaceAll('\n', this.pick(['\r\n', '\r']));
    if (this.chance(0.15)) body = body.slice(0, this.upTo(body.length));
    return body;
  }

  /** `text` in pieces cut anywhere, within characters too, some bytes of it changed. */
  pieces(text: string): Uint8Array[] {
    const bytes = new TextEncoder().encode(text);
    if (this.chance(0.05) && bytes.length > 0) bytes[this.upTo(bytes.length)] = this.upTo(256);
    const pieces: Uint8Array[] = [];
    for (let start = 0; start < bytes.length; ) {
      const end = start + 1 + this.upTo(this.chance(0.3) ? 20 : 4000);
      pieces.push(bytes.slice(start, end));
      start = end;
    }
    return pieces;
  }

  private event(): string {
    if (this.chance(0.15)) return this.pick(oddEvents);
    const name = this.chance(0.05) ? `event: ${this.pick(['error', 'ping', 'message'])}\n` : '';
    return `${name}data: ${this.chance(0.05) ? this.text() : JSON.stringify(this.chunk())}\n\n`;
  }

  private times<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.upTo(most + 1) }, make);
  }
}

const fields =
  'error errors message msg detail details code status type object metadata raw data choices delta content usage cost id model provider reasoning reasoning_content reasoning_details thinking thinking_blocks tool_calls function arguments name index annotations url_citation url title images refusal text finish_reason previous_errors provider_name availability retry_after retry_after_seconds retryDelay headers success loc path pricing prompt completion request overrides min_prompt_tokens utc_start utc_days context_length top_provider max_completion_tokens expiration_date total_cost native_tokens_prompt limit toString __proto__ constructor length'.split(
    ' ',
  );
const oddScalars: readonly (() => unknown)[] = [
  ...[null, true, false, 0, -1, 1, 0.1, 1e-7, 1e300, -1e300, 2 ** 53, 429, 503, 1302, '', '0', '-1'],
  ...['1e20000000', '1e-9999999999', '9'.repeat(2000), `0.${'1'.repeat(3000)}`, 'NaN', '2025-01-01', 'free'],
].map(value => () => value);
const texts = [
  'Hello ',
  'two\nlines\r\n',
  '€ 😀 é \ud83d',
  '<think>',
  '</think>',
  '```js\n',
  `no ${testKey} here`,
  encodeURIComponent(testKey),
  'You can only afford 12. Go to https://openrouter.ai/settings/keys',
  'Rate limit reached, try again in 20s',
  'maximum context length is 5 tokens',
  '{"error":{"message":"inner"}}',
  'data: {"error":',
  '<html><title>502 Bad</title>',
  'violates the the the guidelines',
  'user_3D0IVsejFIV6kOYwkxFE9nKiq0g',
  '{{{{[[[["',
  '\u2028\u202e\u0000',
];
const oddEvents = [
  ': comment\n\n',
  ':\n',
  'data:\n\n',
  'data: null\n\n',
  'data: "ping"\n\n',
  'data: {oops\n\n',
  'data: {"a":\ndata: 1}\n\n',
  'event: error\ndata: gone\n\n',
  'event: error\n\n',
  'retry: x\nid: 1\n\n',
  '\n\n\n',
  'data: [DONE]\n\n',
  'nonsense\n',
];

/** Runs `use` with as many servers as were asked for, each in bounded time and never throwing. */
function withServers(use: (server: Server) => void): void {
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    try {
      const startMs = cpuMs();
      use(new Server(seed));
      const firstMs = cpuMs() - startMs;
      const tookMs = firstMs <= longestMs ? firstMs : fastestCpuMs(() => use(new Server(seed)));
      assert.ok(tookMs <= longestMs, `it took ${tookMs} ms`);
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
}

function checkFailure(failure: Failure): void {
  const { detail = '', retryAfterMs = 0, affordableTokens = 16, httpStatus = 400 } = failure;
  assert.ok(detail.length <= 500);
  assert.doesNotMatch(detail, /[\n\r\u2028]/);
  assert.ok(retryAfterMs >= 0 && retryAfterMs < 1e11);
  assert.ok(Number.isInteger(affordableTokens) && affordableTokens >= 16);
  assert.ok(Number.isInteger(httpStatus));
  assert.ok(!JSON.stringify(failure).includes(testKey.slice(3)), 'the key is in the failure');
  assert.match(describeFailure(failure, 'acme/m1').sentence, /[.”"]$/);
  assert.ok(describeCallFailure(failure, 'the list').length > 10);
}

/** Every figure is one that the server sent, and possible. */
function checkUsage(usage: Usage, sent: string): void {
  for (const tokens of [usage.promptTokens, usage.completionTokens, usage.cachedTokens]) {
    if (tokens === undefined) continue;
    assert.ok(Number.isInteger(tokens) && tokens >= 0 && tokens <= 2 ** 40);
    assert.ok(sent.includes(String(tokens)), `${tokens} tokens were never sent`);
  }
  for (const usd of [usage.costUsd, usage.upstreamUsd]) {
    if (usd === undefined) continue;
    assert.ok(Number(usd) >= 0 && Number(usd) <= 100_000);
    assert.notEqual(parsePico(usd), undefined);
    assert.ok(sent.includes(usd) || sent.includes(String(Number(usd))), `${usd} was never sent`);
  }
}

/** Small, without a hidden character, and with figures that can be. */
function checkRouting(routing: Routing): void {
  const { summary = '', region = '', attempts = [], stages = [], generationMs = 0, attempt = 1 } = routing;
  assert.ok(JSON.stringify(routing).length < 60_000);
  JSON.stringify(routing, (_, value: unknown) => {
    if (typeof value === 'string') assert.equal(showOnOneLine(value), value);
    return value;
  });
  assert.ok(summary.length <= 500 && region.length <= 200);
  assert.ok(attempts.length <= 20 && stages.length <= 20);
  assert.ok(Number.isInteger(generationMs) && generationMs >= 0 && Number.isInteger(attempt) && attempt > 0);
  for (const { status = 200 } of attempts) assert.ok(status >= 100 && status < 600);
  for (const { costUsd = '0' } of stages) assert.ok((parsePico(costUsd) ?? -1n) >= 0n);
  for (const { sentence } of stageNotices(routing)) assert.match(sentence, /\.$/);
}

function checkEvents(events: readonly ChatEvent[], sent: string): void {
  for (const event of events) {
    if (event.type === 'usage') checkUsage(event.usage, sent);
    if (event.type === 'routing') checkRouting(event.routing);
  }
  const names = events.filter(({ type }) => type !== 'text' && type !== 'reasoning');
  assert.ok(!JSON.stringify(names).includes(testKey), 'the key is in an event');
  const answer = events.reduce(reduceAnswer, emptyAnswer);
  const cost = endedCost(answer, { prompt: '0.000001', completion: '0.000002' }, nowMs);
  if (cost.usd !== undefined) assert.ok((parsePico(cost.usd) ?? -1n) >= 0n);
  if (cost.state === 'free') assert.equal(answer.usage?.costUsd ?? '0', '0');
}

function checkRow(row: LedgerEntry | undefined, seed: string): void {
  assert.ok(row, `${seed}: its row is lost`);
  assert.notEqual(row.outcome, 'started', seed);
  const { costPico, costState } = row;
  assert.ok(costPico === undefined || (costPico >= 0n && costPico <= 100_000n * 10n ** 12n), seed);
  assert.equal(costPico !== undefined, ['billed', 'estimated', 'free'].includes(costState), seed);
}

suite('random servers', () => {
  test(`give answers that are read without a throw, a freeze or a wrong figure (${runs} of them)`, () => {
    withServers(server => {
      const pieces = server.pieces(server.body());
      const sent = Buffer.concat(pieces).toString();
      const chunks = new ChunkReader((provider, generationId) => ({ ...context, provider, generationId }));
      const body = new AnswerBody(chunks, server.pick(['text/event-stream', 'application/json', '']));
      const events: ChatEvent[] = [];
      for (const piece of pieces) {
        if (body.done || body.isForeign) break;
        events.push(...body.push(piece).events);
      }
      const isCut = server.chance(0.2);
      if (!isCut) events.push(...body.end());
      if (!isCut || chunks.finishReason !== undefined) events.push(...chunks.end(body.done));
      const { outcome, failure } = judge(chunks, body);
      if (failure) checkFailure(failure);
      checkEvents(events, sent);
      const hasEnd = body.done || chunks.finishReason !== undefined || chunks.failure !== undefined;
      if (!hasEnd) {
        assert.notEqual(outcome, 'completed');
        assert.ok(!events.some(({ type }) => type === 'usage'), 'usage before the end');
      }
    });
  }).timeout(600_000);

  test('give refusals that are understood', () => {
    withServers(server => {
      const status = server.pick([
        200, 301, 400, 401, 402, 403, 404, 405, 413, 422, 429, 451, 500, 502, 503, 524,
      ]);
      const headers = new Headers();
      if (server.chance(0.4))
        headers.set('retry-after', server.pick(['2', '-1', '0', '2026-01-01', '1e9', 'soon']));
      if (server.chance(0.2))
        headers.set('x-ratelimit-reset', server.pick(['0', '1e300', '1798761700000', 'x']));
      const refusal = refusalOf(
        { status, headers, body: server.refusal() },
        { ...context, isOwnHost: server.chance(0.5) },
      );
      checkFailure(refusal.failure);
      if (refusal.routing) checkRouting(refusal.routing);
      const delayMs = retryDelayMs(refusal, 1, () => 0) ?? 1000;
      assert.ok(delayMs >= 250 && delayMs <= 60_000, `a wait of ${delayMs} ms`);
    });
  }).timeout(600_000);

  test('give catalogues, keys and costs of which nothing impossible is kept', () => {
    withServers(server => {
      const entry = () => ({ id: server.pick(['a/b', 'c/d', '']), ...toObject(server.json()) });
      const models = parseCatalogue({ data: [entry(), server.json(), entry()] }) ?? [];
      assert.equal(new Set(models.map(({ id }) => id)).size, models.length);
      for (const { contextTokens = 1, maxCompletionTokens = 1, pricing } of models) {
        assert.ok(contextTokens > 0 && maxCompletionTokens > 0);
        const range = priceRange(pricing, 1000, 1000, nowMs);
        if (range) assert.ok(range.minPico >= 0n && range.maxPico >= 0n);
      }
      const data = {
        id: 'gen-1',
        total_cost: server.scalar(),
        data_region: server.text(),
        ...toObject(server.json()),
      };
      const generation = parseGeneration({ data });
      if (generation) checkUsage(generation.usage, JSON.stringify(data));
      if (generation?.routing) checkRouting(generation.routing);
      parseGeneration(server.json());
      parseKeyInfo(server.json());
    });
  }).timeout(600_000);

  test('leave each request with exactly one end and one written row', async () => {
    const ledgers = new TempLedgers();
    const { ledger, onDidFault } = openLedger(ledgers.folder, { windowId: 'fuzz' });
    const faults: string[] = [];
    onDidFault(({ kind }) => faults.push(kind));
    const ids: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + runs / 10; seed++) {
      const server = new Server(seed);
      const status = server.pick([200, 200, 200, 400, 402, 429, 502]);
      const pieces = server.pieces(server.body());
      const fetch = async () => new Response(responseOf(pieces).body, { status });
      const client = createChatClient(connectTo('http://127.0.0.1:9/api/v1', { fetch }), {
        ...patientOptions,
        clock: hurried,
      });
      const turn = makeTurn({ id: newId(), startedAtMs: nowMs, sent: makeSent() });
      ids.push(turn.id);
      const asker = new Asker(
        { chat: async () => succeed({ origin: 'http://127.0.0.1:9', client }) },
        ledger,
        new FakeSettings(),
        { findPricing: async () => ({ prompt: '0.000001', completion: '0.000002' }) },
      );
      const request = { turn, messages: sampleRequest.messages, sessionId: 'c', origin: 'panel' } as const;
      const types: string[] = [];
      for await (const { event } of asker.ask(request, new AbortController().signal)) types.push(event.type);
      assert.equal(types.indexOf('ended'), types.length - 1, `seed ${seed}`);
    }
    ledger.dispose();
    const { store } = ledgers.open();
    for (const [index, id] of ids.entries()) checkRow(await store.get(id), `seed ${firstSeed + index}`);
    assert.deepEqual(faults, []);
    ledgers.dispose();
  }).timeout(600_000);
});

function toObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** Lets every wait between tries pass at once. */
const hurried = {
  monotonicMs: () => performance.now(),
  epochMs: () => nowMs,
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs >= 60_000 ? delayMs : 0);
    return () => clearTimeout(timer);
  },
  turn: () => new Promise<void>(resolve => setImmediate(resolve)),
};
