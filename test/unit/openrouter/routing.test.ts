import assert from 'node:assert/strict';
import { type Answer, emptyAnswer, reduceAnswer } from '../../../src/core/chat/answer';
import type { ChatEvent } from '../../../src/core/chat/chatClient';
import { createChatClient } from '../../../src/openrouter/chat';
import { createAccountClient } from '../../../src/openrouter/rest';
import { parseGeneration } from '../../../src/openrouter/wire/account';
import {
  answeredWith,
  collect,
  connectTo,
  endingOf,
  patientOptions,
  sampleRequest,
  testKey,
} from '../../support/openrouter/chatCalls';
import { FakeClock } from '../../support/openrouter/fakeClock';
import { reply, ScriptedServer } from '../../support/openrouter/scriptedServer';
import { trafficSources } from '../../support/openrouter/traffic';
import { type Simulator, startSimulator } from '../../support/simulator';

const answerOf = (events: readonly ChatEvent[]): Answer => events.reduce(reduceAnswer, emptyAnswer);
const event = (chunk: unknown): string => `data: ${JSON.stringify(chunk)}\n\n`;
const chunk = (more: object) => ({ id: 'gen-1', choices: [{ delta: { content: 'Hi' } }], ...more });
const last = { id: 'gen-1', choices: [{ delta: {}, finish_reason: 'stop' }] };

const metadata = {
  requested: 'acme/m1',
  strategy: 'fallback',
  region: 'europe',
  summary: 'Beta answered.',
  attempt: 2,
  is_byok: false,
  attempts: [
    { model: 'acme/m1', provider: 'Alpha', status: 502 },
    { model: 'acme/m1', provider: 'Beta', status: 200, latency: 120.4 },
  ],
  endpoints: {
    total: 3,
    available: [
      { provider: 'Alpha', selected: false, quantization: 'int4' },
      { provider: 'Beta', selected: true, quantization: 'fp8' },
    ],
  },
  generation_time: 1234.5,
  pipeline: [
    { type: 'plugin', name: 'file-parser', summary: 'Two pages.', cost_usd: 0.004 },
    { type: 'guardrail', name: 'pii', guardrail_id: 'grd_1', guardrail_scope: 'workspace' },
  ],
};
const read = {
  summary: 'Beta answered.',
  strategy: 'fallback',
  region: 'europe',
  serviceTier: 'flex',
  attempt: 2,
  attempts: [
    { provider: 'Alpha', model: 'acme/m1', status: 502 },
    { provider: 'Beta', model: 'acme/m1', status: 200, latencyMs: 120 },
  ],
  endpoints: 3,
  quantization: 'fp8',
  generationMs: 1235,
  stages: [
    { type: 'plugin', name: 'file-parser', summary: 'Two pages.', costUsd: '0.004' },
    { type: 'guardrail', name: 'pii', guardrailId: 'grd_1', guardrailScope: 'workspace' },
  ],
};
const told = { openrouter_metadata: metadata, service_tier: 'flex' };

suite('what OpenRouter tells of the routing', () => {
  test('is read from the last chunk, from a chunk of its own and from a whole answer', async () => {
    const bodies = [
      `${event(chunk({})) + event({ ...last, ...told })}data: [DONE]\n\n`,
      `${event(chunk({})) + event(last) + event({ id: 'gen-1', ...told })}data: [DONE]\n\n`,
      JSON.stringify({ choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }], ...told }),
    ];
    for (const body of bodies) {
      const events = await answeredWith(body);
      assert.deepEqual(answerOf(events).routing, read);
      assert.equal(answerOf(events).status, 'completed');
      assert.equal(endingOf(events).skippedEvents, undefined);
    }
  });

  test('is told once, however often it is repeated', async () => {
    const events = await answeredWith(
      event(chunk({ service_tier: 'flex' })).repeat(3) + event({ ...last, ...told }).repeat(2),
    );
    assert.equal(events.filter(({ type }) => type === 'routing').length, 2);
  });

  test('is read from every kind of error', async () => {
    const error = { error: { code: 502, message: 'Upstream failed' }, ...told };
    const bodies = [
      event(chunk({})) + event(error),
      `${event(chunk({}))}event: error\n${event(error)}`,
      JSON.stringify(error),
      JSON.stringify({ success: false, message: 'It failed', ...told }),
    ];
    for (const body of bodies) {
      const answer = answerOf(await answeredWith(body));
      assert.deepEqual([answer.status, answer.routing], ['failed', read]);
    }
    const server = await ScriptedServer.start(
      reply(
        404,
        {},
        JSON.stringify({ ...error, error: { code: 404, message: 'No endpoints found for this model' } }),
      ),
    );
    const events = await collect(createChatClient(connectTo(server.baseUrl), patientOptions));
    await server.stop();
    assert.deepEqual([answerOf(events).status, answerOf(events).routing], ['failed', read]);
  });

  test('may be anything: what cannot be read is left out', async () => {
    const odd = {
      ...{ summary: 5, strategy: null, region: [], attempt: 0, generation_time: -1, endpoints: 'none' },
      attempts: [null, 'x', {}, { provider: 7, status: 'ok' }, { provider: 'Beta', status: 9e9 }],
      pipeline: [{ summary: 'no type' }, { type: 'plugin', cost_usd: 'free', guardrail_id: {} }],
    };
    const answer = answerOf(await answeredWith(event(chunk({ openrouter_metadata: odd })) + event(last)));
    assert.deepEqual(answer.routing, { attempts: [{ provider: 'Beta' }], stages: [{ type: 'plugin' }] });
    for (const value of [null, 'x', 7, [], {}, [1], { summary: '' }]) {
      const body = event(chunk({ openrouter_metadata: value, service_tier: value })) + event(last);
      const { routing } = answerOf(await answeredWith(body));
      assert.deepEqual(routing, value === 'x' ? { serviceTier: 'x' } : undefined);
    }
  });

  test('is kept short, on one line, without the key and with nothing hidden', async () => {
    const many = Array.from({ length: 1000 }, () => ({
      type: 'plugin',
      provider: 'P',
      name: 'n'.repeat(999),
    }));
    const hostile = {
      summary: `Line\nbreak \u202eevil [link](https://a.b) ${testKey}${'x'.repeat(100_000)}`,
      attempts: many,
      pipeline: many,
      endpoints: { total: 5000, available: many },
    };
    const { routing } = answerOf(await answeredWith(event({ ...last, openrouter_metadata: hostile })));
    assert.ok(routing?.summary && routing.summary.length <= 500);
    assert.match(routing.summary, /^Line break ⟨U\+202E⟩evil \[link\] \(https:\/\/a\.b\) sk-or-… ?x/);
    assert.equal(routing.attempts?.length, 20);
    assert.equal(routing.stages?.length, 20);
    assert.equal(routing.stages?.[0]?.name?.length, 200);
  });

  for (const { name: source, traffic } of trafficSources) {
    test(`is read of recorded answers as far as they tell it (${source})`, async () => {
      const answers = traffic.recordings.filter(({ kind, response }) => {
        return response.status === 200 && !/^(models|generation)/.test(kind);
      });
      assert.ok(answers.length > 3);
      for (const { name, response } of answers) {
        const { routing } = answerOf(await answeredWith(response.body));
        const tier = /"service_tier":\s*"(\w+)"/.exec(response.body)?.[1];
        assert.deepEqual(routing, tier === undefined ? undefined : { serviceTier: tier }, name);
      }
    });

    test(`is read of recorded generations (${source})`, () => {
      const generations = traffic.recordings.filter(({ kind }) => kind === 'generation');
      assert.ok(generations.length > 0);
      for (const { name, response } of generations) {
        const body: unknown = JSON.parse(response.body);
        const { data } = body as { readonly data: Readonly<Record<string, unknown>> };
        const routing = parseGeneration(body)?.routing;
        assert.equal(routing?.generationMs, data.generation_time ?? undefined, name);
        const asked = Array.isArray(data.provider_responses) ? data.provider_responses.length : undefined;
        assert.equal(routing?.attempts?.length, asked || undefined, name);
      }
    });
  }
});

suite('routing, as the simulator does it', () => {
  let simulator: Simulator;
  suiteSetup(async () => {
    simulator = await startSimulator({ generationDelayMs: 0 });
  });
  suiteTeardown(() => simulator.dispose());

  const ask = (model: string) => {
    const clock = new FakeClock();
    const client = createChatClient(connectTo(simulator.url), { ...patientOptions, clock, random: () => 0 });
    const parameters = { model, maxTokens: 60 };
    return collect(client, { ...sampleRequest, parameters });
  };

  test('an answer proves who served it', async () => {
    simulator.next('fallback');
    const { routing, provider } = answerOf(await ask('meta-llama/llama-3.3-70b-instruct'));
    assert.equal(routing?.strategy, 'direct');
    assert.equal(routing.region, 'global');
    assert.equal(routing.attempt, 2);
    assert.deepEqual(
      routing.attempts?.map(({ status }) => status),
      [502, 200],
    );
    assert.equal(routing.attempts?.at(-1)?.provider, provider);
    assert.match(routing.summary ?? '', /attempt 2 of/);
    assert.ok((routing.generationMs ?? -1) >= 0);
  });

  test('what was done on the way is told, with its fee', async () => {
    const { routing } = answerOf(await ask('simulator/guardrail+healed+file-parser:2'));
    assert.deepEqual(
      routing?.stages?.map(({ type, costUsd, guardrailId }) => [type, costUsd, guardrailId]),
      [
        ['guardrail', undefined, 'grd_simulator'],
        ['response_healing', undefined, undefined],
        ['plugin', '0.004', undefined],
      ],
    );
  });

  test('a failed request tells it, too, before and within the answer', async () => {
    const refused = answerOf(await ask('simulator/403-guardrail'));
    assert.equal(refused.status, 'failed');
    assert.match(refused.routing?.summary ?? '', /./);
    const late = answerOf(await ask('simulator/error-mid'));
    assert.equal(late.status, 'failed');
    assert.equal(late.routing?.endpoints, 2);
  });

  test('a prompt that is too long is refused, never shortened', async () => {
    const client = createChatClient(connectTo(simulator.url), patientOptions);
    const events = await collect(client, {
      parameters: { model: 'liquid/lfm2-8b', maxTokens: 20 },
      messages: [{ role: 'user', content: 'word '.repeat(9000) }],
    });
    assert.equal(endingOf(events).failure?.kind, 'contextTooLong');
  });

  test('the record of a request knows it, too', async () => {
    simulator.next('fallback');
    const { generationId = '' } = answerOf(await ask('meta-llama/llama-3.3-70b-instruct'));
    const account = createAccountClient(connectTo(simulator.url));
    const found = await account.generation(generationId, new AbortController().signal);
    assert.ok(found.ok && found.value?.routing);
    const { region, attempt, attempts } = found.value.routing;
    assert.deepEqual([region, attempt, attempts?.length], ['global', 2, 2]);
  });
});
