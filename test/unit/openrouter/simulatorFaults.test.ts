import assert from 'node:assert/strict';
import type { ChatEvent, Ending } from '../../../src/core/chat/chatClient';
import type { Failure, FailureKind } from '../../../src/core/chat/failure';
import { createChatClient } from '../../../src/openrouter/chat';
import { connectTo, endingOf, joinText, sampleRequest, testKey } from '../../support/openrouter/chatCalls';
import { endsInFailure } from '../../support/openrouter/failureTable';
import { FakeClock } from '../../support/openrouter/fakeClock';
import { faults, type Simulator, startSimulator } from '../../support/simulator';
import { countTokens } from '../../support/simulator/answers/tokens';

/** What a fault must end in. */
interface Expectation {
  readonly outcome: Ending['outcome'];
  readonly kind?: FailureKind;
  /** Requests that reach the server; 1. */
  readonly tries?: number;
  /** After so many tokens (-1: before any headers) the time runs until a limit; it says which. */
  readonly stall?: { readonly limit: 'noBytesMs' | 'noDataMs'; readonly afterTokens: number };
  readonly parameter?: string;
  /** The text when it is not that of an answer without any fault. */
  readonly text?: RegExp;
  readonly check?: (events: readonly ChatEvent[], failure: Failure | undefined) => void;
}

const fails = (kind: FailureKind, more: Partial<Expectation> = {}): Expectation => ({
  outcome: 'failed',
  kind,
  text: /^$/,
  ...more,
});
const thrice = { tries: 3 };
const whole: Expectation = { outcome: 'completed' };
const words = (text: RegExp, more: Partial<Expectation> = {}): Expectation => ({
  outcome: 'completed',
  text,
  ...more,
});
const someWords = /^\S.{5,80}$/s;
const usageOf = (events: readonly ChatEvent[]) => events.findLast(event => event.type === 'usage')?.usage;
const count = (events: readonly ChatEvent[], type: ChatEvent['type']) =>
  events.filter(event => event.type === type).length;

const expectations: Readonly<Record<string, Expectation>> = {
  '400': fails('badRequest', {
    check: (_, failure) => {
      assert.equal(failure?.provider, 'OpenAI');
      assert.match(failure?.detail ?? '', /^Unsupported parameter/);
    },
  }),
  '400-context': fails('contextTooLong'),
  '400-model': fails('modelNotFound'),
  '400-validation': fails('badRequest', {
    check: (_, failure) => assert.match(failure?.detail ?? '', /^messages: Invalid input/),
  }),
  '401': fails('unauthorized'),
  '401-missing': fails('unauthorized'),
  '402': fails('outOfCredits'),
  '402-afford': fails('answerTooExpensive', {
    check: (_, failure) => assert.equal(failure?.affordableTokens, 250),
  }),
  '402-in-flight': fails('inFlightBudget', thrice),
  '402-key-limit': fails('keyLimit'),
  '403': fails('forbidden'),
  '403-moderation': fails('moderation', {
    check: (_, failure) => assert.doesNotMatch(JSON.stringify(failure), /the flagged part of the input/),
  }),
  '403-key-limit': fails('keyLimit'),
  '403-guardrail': fails('forbidden'),
  '403-budget': fails('keyLimit', { check: (_, failure) => assert.equal(failure?.limit, 'guardrail') }),
  '404': fails('noEndpoint'),
  '404-suggests': fails('noEndpoint', {
    check: (_, failure) =>
      assert.deepEqual(failure?.fallbackModels, ['openai/gpt-4o-mini', 'mistralai/codestral-2508']),
  }),
  '404-data-policy': fails('dataPolicy'),
  '404-tools': fails('noEndpoint'),
  '408': fails('timeout', thrice),
  '412': fails('unprocessable'),
  '413': fails('payloadTooLarge'),
  '422': fails('unprocessable'),
  '429': fails('rateLimited', {
    ...thrice,
    check: (events, failure) => {
      assert.equal(failure?.retryAfterMs, 1000);
      assert.deepEqual([failure?.limit, failure?.provider], ['provider', 'DeepInfra']);
      assert.ok(events.every(event => event.type !== 'retrying' || event.delayMs === 1000));
    },
  }),
  '429-no-retry-after': fails('rateLimited'),
  '429-account': fails('rateLimited', {
    ...thrice,
    check: (_, failure) => assert.equal(failure?.limit, 'account'),
  }),
  '429-free-minute': fails('rateLimited', {
    ...thrice,
    check: (_, failure) => assert.equal(failure?.limit, 'freePerMinute'),
  }),
  '429-free-day': fails('freeDailyLimit', {
    check: (_, failure) => assert.ok((failure?.retryAfterMs ?? 0) > 60_000),
  }),
  '500': fails('serverError', { tries: 2 }),
  '502': fails('providerUnavailable', thrice),
  '503': fails('overloaded', thrice),
  '504': fails('timeout', thrice),
  '524': fails('timeout', thrice),
  '529': fails('overloaded', thrice),
  html: fails('notOpenRouter'),
  'html-502': fails('notOpenRouter', thrice),
  'bad-json': fails('notOpenRouter'),
  'empty-body': fails('emptyAnswer'),
  'error-in-200': fails('providerUnavailable', {
    check: (_, failure) => assert.equal(failure?.detail, 'down'),
  }),
  'zero-code': fails('emptyAnswer'),
  reset: fails('network'),
  'stall-headers': fails('stalled', { stall: { limit: 'noBytesMs', afterTokens: -1 } }),
  fallback: whole,
  'error-first': fails('providerUnavailable', {
    check: (_, failure) => {
      assert.equal(failure?.errorType, 'provider_unavailable');
      assert.match(failure?.generationId ?? '', /^gen-/);
    },
  }),
  'error-first-bare': fails('providerUnavailable'),
  'error-mid': fails('providerUnavailable', { text: someWords }),
  'error-mid-string': fails('serverError', { text: someWords }),
  cut: { outcome: 'interrupted', kind: 'cutOff', text: someWords },
  // Without a pause between them the reset overtakes the words.
  'cut-socket': { outcome: 'interrupted', kind: 'cutOff', text: /^\S/, parameter: '5+slow:100' },
  'no-done': whole,
  'no-finish': whole,
  stall: fails('stalled', { text: someWords, stall: { limit: 'noBytesMs', afterTokens: 5 } }),
  'stall-comments': fails('stalled', {
    text: someWords,
    parameter: '5,20',
    stall: { limit: 'noDataMs', afterTokens: 5 },
  }),
  'stall-first-byte': fails('stalled', { stall: { limit: 'noBytesMs', afterTokens: 0 } }),
  'stall-first-token': fails('stalled', { parameter: '20', stall: { limit: 'noDataMs', afterTokens: 0 } }),
  slow: { ...whole, parameter: '2000' },
  bytes: whole,
  slices: whole,
  'utf8-split': whole,
  'one-packet': whole,
  crlf: whole,
  'no-space': whole,
  'no-comments': whole,
  'bare-comments': whole,
  'many-comments': whole,
  'usage-repeated': { ...whole, check: events => assert.equal(count(events, 'finish'), 1) },
  'usage-null-finish': whole,
  'usage-no-choices': whole,
  'usage-no-cost': {
    ...whole,
    check: events => {
      assert.equal(usageOf(events)?.costUsd, undefined);
      assert.ok(usageOf(events)?.promptTokens);
    },
  },
  'no-usage': { ...whole, check: events => assert.equal(usageOf(events), undefined) },
  'debug-chunk': whole,
  padded: whole,
  echo: words(/^Say hello$/),
  markdown: words(/<script>window\.hacked = true<\/script>/),
  unicode: words(/👩‍👩‍👧‍👦.*𠜎/s),
  code: words(/value199/),
  long: words(/^## Section 1/, { parameter: '900' }),
  reasoning: {
    ...whole,
    check: events => assert.match(joinText(events, 'reasoning'), /^First I look at what is asked/),
  },
  tools: words(/^$/, {
    check: events =>
      assert.deepEqual(
        events.filter(event => event.type === 'toolCall'),
        [
          { type: 'toolCall', name: 'read_file', arguments: '{"path":"src/größe.ts","lines":[1,2]}' },
          { type: 'toolCall', name: 'list_files', arguments: '{}' },
        ],
      ),
  }),
  'null-content': whole,
  empty: fails('emptyAnswer'),
  refusal: words(/^I cannot help with that\.$/),
  'content-filter': words(/^The first half of$/),
  'finish-error': { outcome: 'failed', kind: 'providerUnavailable' },
  'finish-new': {
    ...whole,
    check: events => assert.equal(events.findLast(event => event.type === 'finish')?.finishReason, 'paused'),
  },
  image: { ...whole, check: events => assert.equal(count(events, 'image'), 1) },
  citations: {
    ...whole,
    check: events =>
      assert.deepEqual(
        events.filter(event => event.type === 'citation'),
        [
          { type: 'citation', url: 'https://example.com/source', title: 'A source' },
          { type: 'citation', url: 'https://example.com/untitled' },
        ],
      ),
  },
  'web-search': whole,
  'file-parser': whole,
  guardrail: whole,
  healed: words(/^\{"healed":true\}$/),
  cached: { ...whole, check: events => assert.ok((usageOf(events)?.cachedTokens ?? 0) > 0) },
  byok: {
    ...whole,
    check: events => {
      assert.equal(usageOf(events)?.isByok, true);
      assert.match(usageOf(events)?.upstreamUsd ?? '', /^\d+(\.\d+)?$/);
    },
  },
};

const limits = {
  noBytesMs: { noBytesMs: 1000, noDataMs: 1_000_000_000 },
  noDataMs: { noBytesMs: 1_000_000_000, noDataMs: 1000 },
};

suite('every fault of the simulator', () => {
  const clock = new FakeClock();
  let simulator: Simulator;
  let plainText: string;

  suiteSetup(async () => {
    simulator = await startSimulator({ now: () => clock.epochMs() });
    plainText = joinText(await run('one-packet', whole), 'text');
    assert.ok(plainText.length > 50);
  });
  suiteTeardown(() => simulator.dispose());

  test('has an expectation, and every expectation its fault', () => {
    assert.deepEqual(Object.keys(expectations).sort(), faults.map(({ name }) => name).sort());
  });

  test('ends in a failure where the table of failures has it', () => {
    for (const fault of faults)
      assert.equal(endsInFailure(fault), expectations[fault.name]?.kind !== undefined, fault.name);
  });

  for (const { name } of faults) {
    const expected = expectations[name];
    if (!expected) continue;
    test(`${name} → ${expected.kind ?? expected.outcome}`, async () => {
      const requestsBefore = simulator.requests.length;
      const events = await run(name, expected);
      const { outcome, failure } = endingOf(events);
      assert.equal(outcome, expected.outcome);
      assert.equal(failure?.kind, expected.kind);
      assert.equal(simulator.requests.length - requestsBefore, expected.tries ?? 1);
      assert.equal(count(events, 'retrying'), (expected.tries ?? 1) - 1);
      if (expected.text) assert.match(joinText(events, 'text'), expected.text);
      else assert.equal(joinText(events, 'text'), plainText);
      expected.check?.(events, failure);
      assert.ok(!JSON.stringify(events).includes(testKey));
      if (outcome === 'completed') checkBill(events);
    });
  }

  async function run(name: string, expected: Expectation): Promise<ChatEvent[]> {
    const model = `simulator/${name}${expected.parameter ? `:${expected.parameter}` : ''}`;
    const { stall } = expected;
    const stallLimits = limits[stall?.limit ?? 'noBytesMs'];
    const client = createChatClient(connectTo(simulator.url), { stallLimits, clock, random: () => 0.5 });
    const letTimeRun = () => setImmediate(() => clock.advance(1000));
    const arrival = stall?.afterTokens === -1 ? simulator.onDidReceive(letTimeRun) : undefined;
    const events: ChatEvent[] = [];
    const request = { ...sampleRequest, parameters: { model, maxTokens: 20_000 } };
    for await (const event of client.stream(request, new AbortController().signal)) {
      events.push(event);
      if (event.type === 'retrying') void clock.nextTimer().then(() => clock.advance(event.delayMs));
      if (stall && event.type === (stall.afterTokens > 0 ? 'text' : 'accepted')) {
        if (countTokens(joinText(events, 'text')) === stall.afterTokens) letTimeRun();
      }
    }
    arrival?.dispose();
    return events;
  }

  /** Tokens and cost are to the digit what the server put on its bill. */
  function checkBill(events: readonly ChatEvent[]): void {
    const accepted = events.find(event => event.type === 'accepted');
    const billed = simulator.bill.get(accepted?.generationId ?? '');
    assert.ok(billed);
    const usage = usageOf(events);
    if (usage?.costUsd === undefined) return;
    assert.equal(usage.costUsd, billed.costUsd);
    assert.equal(usage.promptTokens, billed.tokens.prompt);
    assert.equal(usage.completionTokens, billed.tokens.completion);
    if (usage.isByok) assert.equal(usage.upstreamUsd, billed.upstreamUsd);
  }
});
