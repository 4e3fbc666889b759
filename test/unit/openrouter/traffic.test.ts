import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatEvent } from '../../../src/core/chat/chatClient';
import type { FailureKind, ReachedLimit } from '../../../src/core/chat/failure';
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
import { referenceOf } from '../../support/openrouter/reference';
import { replay, ScriptedServer } from '../../support/openrouter/scriptedServer';
import { type Recording, readRecordings } from '../../support/openrouter/traffic';
import { findTraffic } from '../../support/simulator';

interface ExpectedFailure {
  readonly kind: FailureKind;
  readonly httpStatus?: number;
  readonly provider?: string;
  readonly limit?: ReachedLimit;
  /** A part of what the user is told. */
  readonly detail?: RegExp;
}

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
const failures: Readonly<Record<string, ExpectedFailure>> = {
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
  'http-404--req-llm--rekaai-reka-flash-3-object-streaming-0': { kind: 'noEndpoint', httpStatus: 404 },
  'http-404--req-llm--x-ai-grok-4-fast-free-no-tool-0': { kind: 'noEndpoint', httpStatus: 404 },
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

suite('recorded traffic', () => {
  const dir = findTraffic();
  if (!dir) {
    test('(skipped: the folder with recorded traffic is not on this machine)', function () {
      this.skip();
    });
    return;
  }
  const recordings = readRecordings(dir);

  test('knows what to expect of every recording, and every expectation has its recording', () => {
    const others = /^(models|generation|generation-404)$/;
    const unclassified = recordings.filter(
      ({ name, kind }) => !answeringKinds.has(kind) && !(name in failures) && !others.test(kind),
    );
    assert.deepEqual(unclassified, []);
    const names = new Set(recordings.map(({ name }) => name));
    assert.deepEqual(
      Object.keys(failures).filter(name => !names.has(name)),
      [],
    );
    assert.equal(recordings.length, 115);
  });

  for (const recording of recordings) {
    const { name, kind } = recording;
    if (failures[name]) test(`gives the failure: ${name}`, () => checkFailure(recording));
    else if (answeringKinds.has(kind)) test(`gives the whole answer: ${name}`, () => checkAnswer(recording));
    else if (kind === 'models') test(`reads the catalogue: ${name}`, () => checkModels(recording));
    else test(`reads the generation: ${name}`, () => checkGeneration(recording));
    if (/^data: /m.test(recording.response.body)) {
      test(`does not depend on where the network cuts: ${name}`, () => checkCuts(recording.response.body));
    }
  }

  test('reads every model of the whole catalogue with its prices as they were sent', () => {
    const body = JSON.parse(readFileSync(join(dir, 'models-catalogue.json'), 'utf8'));
    const models = parseCatalogue(body);
    assert.equal(models?.length, 345);
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
  const expected = failures[recording.name];
  const { outcome, failure } = endingOf(events);
  assert.equal(outcome, 'failed');
  assert.equal(failure?.kind, expected?.kind);
  assert.equal(failure?.httpStatus, expected?.httpStatus);
  assert.equal(failure?.provider, expected?.provider);
  assert.equal(failure?.limit, expected?.limit);
  assert.match(failure?.detail ?? '', expected?.detail ?? /./);
  assert.doesNotMatch(failure?.detail ?? '', /provider returned error/i);
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
  assert.ok(sent.length > 100);
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
function checkCuts(body: string): void {
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
