import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { ChatEvent } from '../../../src/core/chat/chatClient';
import { AnswerBody } from '../../../src/openrouter/answer/answerBody';
import { ChunkReader } from '../../../src/openrouter/answer/chunks';
import { createChatClient } from '../../../src/openrouter/chat';
import { createAccountClient, createCatalogue } from '../../../src/openrouter/rest';
import { parseCatalogue } from '../../../src/openrouter/wire/catalogue';
import {
  collect,
  connectTo,
  endingOf,
  joinText,
  patientOptions,
  withTextsJoined,
} from '../../support/openrouter/chatCalls';
import { type Reference, referenceOf } from '../../support/openrouter/reference';
import { replay, ScriptedServer } from '../../support/openrouter/scriptedServer';
import { shapeOf } from '../../support/openrouter/shape';
import {
  type ExpectedAnswer,
  type ExpectedFailure,
  expectationsOfTwins,
  type Recording,
  recordings,
  trafficSources,
  twins,
} from '../../support/openrouter/traffic';

const context400 = {
  kind: 'contextTooLong',
  httpStatus: 400,
  detail: /maximum context length is 200000/,
} as const;
const upstream429 = {
  kind: 'rateLimited',
  httpStatus: 429,
  limit: 'provider',
  detail: /temporarily rate-limited upstream/,
} as const;

/** Every recorded failure, by name: a new recording of a failing kind must be entered here. */
const recordedFailures: Readonly<Record<string, ExpectedFailure>> = {
  'error-in-200--req-llm--google-gemini-2-5-flash-lite-object-basic-0': {
    kind: 'providerUnavailable',
    httpStatus: 502,
    provider: 'Google',
    detail: /^Malformed function call/,
  },
  'error-in-200--req-llm--mistralai-devstral-small-2505-tool-round-trip-2-0': {
    kind: 'providerUnavailable',
    httpStatus: 502,
    provider: 'DeepInfra',
    detail: /^ConnectionError: Assistant message must have content/,
  },
  'stream-error--req-llm--google-gemini-2-5-flash-lite-object-streaming-0': {
    kind: 'providerUnavailable',
    httpStatus: 502,
    provider: 'Google',
    detail: /^Malformed function call/,
  },
  'stream-error--req-llm--meta-llama-llama-3-3-70b-instruct-free-object-streaming-0': {
    kind: 'providerUnavailable',
    httpStatus: 502,
    provider: 'Venice',
    detail: /^Upstream error from Venice: EngineCore/,
  },
  // Ends well, with usage, and holds nothing at all.
  'stream-text--req-llm--minimax-minimax-m2-free-object-streaming-0': {
    kind: 'emptyAnswer',
    provider: 'Minimax',
    detail: /^$/,
  },
  'http-400--open-router-enhanced--error-handling-tool-calling-0': {
    kind: 'badRequest',
    httpStatus: 400,
    provider: 'OpenAI',
    detail: /^Invalid schema for function 'invalid_tool'/,
  },
  'http-400--open-router-enhanced--performance-structured-outputs-0': {
    kind: 'badRequest',
    httpStatus: 400,
    provider: 'Azure',
    detail: /^Invalid schema for response_format/,
  },
  'http-400--open-router-enhanced--streaming-tool-error-0': {
    kind: 'modelNotFound',
    httpStatus: 400,
    detail: /^invalid\/nonexistent-model is not a valid model ID$/,
  },
  'http-400--req-llm--google-gemma-3n-e4b-it-free-streaming-0': {
    kind: 'badRequest',
    httpStatus: 400,
    provider: 'Google AI Studio',
    detail: /^Developer instruction is not enabled/,
  },
  'http-400--req-llm--openai-gpt-5-image-tool-round-trip-1-0': {
    kind: 'badRequest',
    httpStatus: 400,
    provider: 'OpenAI',
    detail: /^Unsupported parameter: 'temperature'/,
  },
  'http-400--req-llm--x-ai-grok-3-beta-object-basic-0': {
    kind: 'badRequest',
    httpStatus: 400,
    provider: 'xAI',
    detail: /^Invalid request content: Required function/,
  },
  'http-400--ruby-llm--claude-3-5-haiku-handles-context-length-exceeded-errors-0': context400,
  'http-400--ruby-llm--claude-haiku-4-5-handles-context-length-exceeded-errors-0': context400,
  'http-400-zod--open-router-enhanced--responses-api-tool-choice-0': {
    kind: 'badRequest',
    httpStatus: 400,
    detail: /^tools\.0\.name: Invalid input: expected string, received undefined; tools\.0\.parameters: /,
  },
  'http-401--ruby-llm--penrouter-claude-haiku-4-5-raises-appropriate-auth-error-0': {
    kind: 'unauthorized',
    httpStatus: 401,
    detail: /^Missing Authentication header$/,
  },
  'http-403--req-llm--x-ai-grok-3-mini-beta-reasoning-basic-0': {
    kind: 'moderation',
    httpStatus: 403,
    provider: 'xAI',
    detail: /^Content violates usage guidelines/,
  },
  'http-404--pydantic-ai--test-openrouter-errors-raised-0': {
    kind: 'noEndpoint',
    httpStatus: 404,
    detail: /^No endpoints found for google\/gemini-2\.5-flash:free/,
  },
  'http-404--req-llm--minimax-minimax-01-multi-tool-0': {
    kind: 'noEndpoint',
    httpStatus: 404,
    detail: /support tool use/,
  },
  'http-404--req-llm--mistralai-mistral-7b-instruct-free-object-streaming-0': {
    kind: 'noEndpoint',
    httpStatus: 404,
    detail: /'tool_choice' value/,
  },
  'http-404--req-llm--rekaai-reka-flash-3-object-streaming-0': {
    kind: 'noEndpoint',
    httpStatus: 404,
    detail: /^No endpoints found for/,
  },
  'http-404--req-llm--x-ai-grok-4-fast-free-no-tool-0': {
    kind: 'noEndpoint',
    httpStatus: 404,
    detail: /^No endpoints found for/,
  },
  'http-429--fantasy--penroutercommon-multi-tool-streaming-kimi-k2-siliconflow-1': {
    ...upstream429,
    provider: 'SiliconFlow',
  },
  'http-429--fantasy--testopenroutercommon-simple-kimi-k2-wandb-0': { ...upstream429, provider: 'WandB' },
  'http-429--open-router-enhanced--error-handling-smart-completion-3': { ...upstream429, provider: 'Chutes' },
  'http-429--req-llm--google-gemini-2-0-flash-exp-free-object-streaming-0': {
    ...upstream429,
    provider: 'Google',
  },
  'http-429--req-llm--z-ai-glm-4-5-air-free-reasoning-basic-0': {
    kind: 'rateLimited',
    httpStatus: 429,
    limit: 'freePerMinute',
    detail: /^Rate limit exceeded: free-models-per-min/,
  },
};

const answeringKinds = new Set([
  'completion',
  'stream-text',
  'stream-reasoning',
  'stream-tools',
  'multimodal-input',
  'image-output',
  'annotations',
]);

const otherKinds = /^(models|generation|generation-404)$/;
const expectations = expectationsOfTwins();
const failures = new Map<string, ExpectedFailure>(Object.entries(recordedFailures));
for (const [name, expected] of Object.entries(expectations)) {
  if ('failure' in expected) failures.set(name, expected.failure);
}
/** Names of what was replayed, for the end of the whole run. */
const replayed = { twins: new Set<string>(), recordings: new Set<string>() };

for (const { name: source, traffic } of trafficSources) {
  suite(`traffic: ${source}`, () => {
    suiteTeardown(() => {
      mkdirSync('out', { recursive: true });
      const counts = { replayed: replayed.recordings.size, twins: replayed.twins.size };
      writeFileSync('out/replayed.json', `${JSON.stringify(counts)}\n`);
    });

    for (const recording of traffic.recordings) {
      const { name, kind } = recording;
      const replays = (what: string, check: (recording: Recording) => Promise<void> | void) =>
        test(`${what}: ${name}`, async () => {
          await check(recording);
          replayed[source].add(name);
        });
      if (failures.has(name)) replays('gives the failure', checkFailure);
      else if (answeringKinds.has(kind)) replays('gives the whole answer', checkAnswer);
      else if (kind === 'models') replays('reads the catalogue', checkModels);
      else replays('reads the generation', checkGeneration);
      if (/^data: /m.test(recording.response.body))
        replays('does not depend on where the network cuts', checkCuts);
    }

    test('reads every model of the whole catalogue with its prices as they were sent', () => {
      const body = JSON.parse(traffic.catalogue());
      const models = parseCatalogue(body);
      assert.equal(models?.length, body.data.length);
      for (const [index, model] of (models ?? []).entries()) {
        const sent = body.data[index];
        assert.equal(model.id, sent.id);
        assert.equal(model.pricing.prompt, sent.pricing.prompt);
        assert.equal(model.pricing.completion, sent.pricing.completion);
        assert.equal(model.pricing.inputCacheRead, sent.pricing.input_cache_read);
        assert.equal(model.pricing.overrides?.length, sent.pricing.overrides?.length);
        assert.ok(model.pricing.overrides?.every(override => !override.hasUnknownCondition) ?? true);
        const contexts = [sent.context_length, sent.top_provider.context_length].filter(Number);
        assert.equal(model.contextTokens, Math.min(...contexts));
      }
    });
  });
}

suite('twins of recorded traffic', () => {
  for (const recording of twins.traffic.recordings) {
    const expected = expectations[recording.name];
    if (expected && 'text' in expected) {
      test(`the yardstick reads what was written down: ${recording.name}`, () =>
        assert.deepEqual(inShort(referenceOf(recording.response.body)), expected));
    }
  }

  test('every twin has its expectation and every expectation its twin', () => {
    const named = twins.traffic.recordings.filter(({ kind }) => !otherKinds.test(kind));
    assert.deepEqual(named.map(({ name }) => name).sort(), Object.keys(expectations).sort());
  });

  test('every shape that was recorded has a twin', function () {
    if (!recordings) return this.skip();
    const shapes = new Set(twins.traffic.recordings.map(shapeOf));
    const alone = recordings.traffic.recordings.filter(recording => !shapes.has(shapeOf(recording)));
    assert.deepEqual(
      alone.map(({ name }) => name),
      [],
      'these need a twin: see test/fixtures/twins/README.md',
    );
    const [twin, recorded] = [twins, recordings].map(({ traffic }) => shapeOfCatalogue(traffic.catalogue()));
    assert.equal(twin, recorded);
  });

  test('what to expect is known of every recording, and every expectation has its recording', function () {
    if (!recordings) return this.skip();
    const { names, recordings: all } = recordings.traffic;
    assert.equal(all.length, 115);
    const unknown = all.filter(
      ({ name, kind }) => !answeringKinds.has(kind) && !failures.has(name) && !otherKinds.test(kind),
    );
    assert.deepEqual(unknown, []);
    assert.deepEqual(
      Object.keys(recordedFailures).filter(name => !names.includes(name)),
      [],
    );
  });
});

const shapeOfCatalogue = (body: string): string =>
  shapeOf({
    name: '',
    kind: 'models',
    request: { method: 'GET', path: '/models' },
    response: { status: 200, headers: {}, body },
  });

function inShort(reference: Reference): ExpectedAnswer {
  const { text, reasoning, toolCalls, citedUrls, imageCount, finishReason = '', usage, costText } = reference;
  return {
    text,
    ...(reasoning && { reasoning }),
    ...(toolCalls.length && { toolCalls }),
    ...(citedUrls.length && { citedUrls }),
    ...(imageCount && { imageCount }),
    finishReason,
    ...(usage && { tokens: [usage.prompt_tokens ?? 0, usage.completion_tokens ?? 0] }),
    ...(costText && { costUsd: costText }),
  };
}

async function withServer<T>(recording: Recording, use: (baseUrl: string) => Promise<T>): Promise<T> {
  const server = await ScriptedServer.start(replay(recording));
  try {
    return await use(server.baseUrl);
  } finally {
    await server.stop();
  }
}

const ask = (recording: Recording): Promise<ChatEvent[]> =>
  withServer(recording, baseUrl => collect(createChatClient(connectTo(baseUrl), patientOptions)));

async function checkAnswer(recording: Recording): Promise<void> {
  const events = await ask(recording);
  const expected = referenceOf(recording.response.body);
  assert.equal(joinText(events, 'text'), expected.text);
  assert.equal(joinText(events, 'reasoning'), expected.reasoning);
  assert.deepEqual(
    events.flatMap(event => (event.type === 'toolCall' ? [[event.name, event.arguments]] : [])),
    expected.toolCalls,
  );
  assert.deepEqual(
    events.flatMap(event => (event.type === 'citation' ? [event.url] : [])),
    expected.citedUrls,
  );
  assert.equal(events.filter(event => event.type === 'image').length, expected.imageCount);
  checkUsage(events, recording.response.body);
  const served = events.findLast(event => event.type === 'served');
  assert.deepEqual(served, { type: 'served', ...expected.served });
  const accepted = events.find(event => event.type === 'accepted');
  assert.equal(accepted?.generationId, recording.response.headers['x-generation-id']);
  const finish = events.findLast(event => event.type === 'finish');
  assert.equal(finish?.finishReason, expected.finishReason);
  const ending = endingOf(events);
  assert.equal(ending.outcome, expected.finishReason === 'length' ? 'truncated' : 'completed');
  assert.equal(ending.failure, undefined);
  const hasWords = expected.text !== '' || expected.reasoning !== '';
  assert.equal(ending.ttftMs !== undefined, hasWords);
}

function checkUsage(events: readonly ChatEvent[], body: string): void {
  const { usage: expected, costText, upstreamText } = referenceOf(body);
  const told = events.findLast(event => event.type === 'usage')?.usage;
  assert.equal(told?.promptTokens, expected?.prompt_tokens);
  assert.equal(told?.completionTokens, expected?.completion_tokens);
  assert.equal(told?.cachedTokens, expected?.prompt_tokens_details?.cached_tokens);
  assert.equal(told?.cacheWriteTokens, expected?.prompt_tokens_details?.cache_write_tokens);
  assert.equal(told?.reasoningTokens, expected?.completion_tokens_details?.reasoning_tokens);
  assert.equal(told?.isByok, expected?.is_byok);
  assert.equal(told?.costUsd, costText);
  assert.equal(told?.upstreamUsd, upstreamText);
}

async function checkFailure(recording: Recording): Promise<void> {
  const events = await ask(recording);
  const expected = failures.get(recording.name);
  const { outcome, failure } = endingOf(events);
  assert.equal(outcome, 'failed');
  assert.equal(failure?.kind, expected?.kind);
  assert.equal(failure?.httpStatus, expected?.httpStatus);
  assert.equal(failure?.provider, expected?.provider);
  assert.equal(failure?.limit, expected?.limit);
  const detail = failure?.detail ?? '';
  if (expected?.detail instanceof RegExp) assert.match(detail, expected.detail);
  else assert.ok(expected?.detail ? detail.startsWith(expected.detail) : detail === '', detail);
  assert.doesNotMatch(detail, /provider returned error/i);
  assert.equal(
    events.some(event => event.type === 'retrying'),
    false,
  );
  if (recording.response.status !== 200) return;
  // What came with the error, or after it, is not lost.
  const reference = referenceOf(recording.response.body);
  assert.equal(joinText(events, 'reasoning'), reference.reasoning);
  assert.deepEqual(
    events.flatMap(event => (event.type === 'toolCall' ? [[event.name, event.arguments]] : [])),
    reference.toolCalls,
  );
  checkUsage(events, recording.response.body);
}

async function checkModels(recording: Recording): Promise<void> {
  const listed = await withServer(recording, baseUrl =>
    createCatalogue(connectTo(baseUrl)).list(new AbortController().signal),
  );
  assert.ok(listed.ok);
  const sent = JSON.parse(recording.response.body).data as { id: string; pricing: { prompt: string } }[];
  assert.ok(sent.length > 1);
  assert.deepEqual(
    listed.value.map(model => [model.id, model.pricing.prompt]),
    sent.map(model => [model.id, model.pricing.prompt]),
  );
}

async function checkGeneration(recording: Recording): Promise<void> {
  const id = new URL(recording.request.path, 'http://x').searchParams.get('id') ?? '';
  const found = await withServer(recording, baseUrl =>
    createAccountClient(connectTo(baseUrl)).generation(id, new AbortController().signal),
  );
  assert.ok(found.ok);
  if (recording.kind === 'generation-404') {
    assert.equal(found.value, undefined);
    return;
  }
  const sent = JSON.parse(recording.response.body).data;
  assert.equal(found.value?.id, id);
  assert.equal(found.value?.model, sent.model);
  assert.equal(found.value?.provider, sent.provider_name);
  assert.equal(found.value?.cancelled, sent.cancelled);
  assert.equal(found.value?.usage.promptTokens, sent.native_tokens_prompt);
  assert.equal(found.value?.usage.completionTokens, sent.native_tokens_completion);
  assert.equal(found.value?.usage.reasoningTokens, sent.native_tokens_reasoning);
  assert.equal(Number(found.value?.usage.costUsd), sent.total_cost);
  assert.doesNotMatch(found.value?.usage.costUsd ?? 'e', /e/);
}

/** The same stream in one piece, byte by byte, with CRLF and with CR must give the same events. */
function checkCuts({ response: { body } }: Recording): void {
  const whole = readPieces([Buffer.from(body)]);
  assert.ok(whole.events.length > 0 || whole.failure);
  assert.deepEqual(readPieces([...Buffer.from(body)].map(byte => Uint8Array.of(byte))), whole);
  for (const lineEnd of ['\r\n', '\r']) {
    const bytes = Buffer.from(body.replaceAll('\n', lineEnd));
    assert.deepEqual(readPieces([bytes]), whole);
    assert.deepEqual(readPieces([...bytes].map(byte => Uint8Array.of(byte))), whole);
  }
}

function readPieces(pieces: readonly Uint8Array[]) {
  const chunks = new ChunkReader((provider, generationId) => ({ provider, generationId, nowMs: 0 }));
  const body = new AnswerBody(chunks, 'text/event-stream');
  const events = pieces.flatMap(piece => [...body.push(piece).events]);
  const all = withTextsJoined([...events, ...body.end(), ...chunks.end()]);
  return { events: all, failure: chunks.failure, done: body.done };
}
