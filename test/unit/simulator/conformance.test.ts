import assert from 'node:assert/strict';
import { OpenRouter } from '@openrouter/sdk';
import * as errors from '@openrouter/sdk/models/errors';
import OpenAI from 'openai';
import { rawRequest } from '../../support/simulator/client/rawClient';
import { faults, keyBehaviours, type Simulator, startSimulator } from '../../support/simulator/index';

const key = 'sk-or-v1-test';
const messages = [{ role: 'user' as const, content: 'Explain: const größe = 1;' }];
const forms = ['streamed', 'whole'] as const;
type Form = (typeof forms)[number];

/** What came of a call: the text of an answer, or how it failed. */
type Outcome =
  | { readonly type: 'read'; readonly text: string; readonly costUsd?: number | null }
  | { readonly type: 'error'; readonly status: number | undefined }
  | { readonly type: 'broken' | 'unreadable' };

/** Real or at least possible answers that are outside the published contract, with what is wrong about them. */
const outsideContract: Readonly<Record<string, { readonly why: string; readonly only?: Form }>> = {
  '400-validation': { why: 'an error without a code' },
  '404-suggests': { why: 'an error without a code' },
  html: { why: 'no JSON at all' },
  'bad-json': { why: 'half a JSON' },
  'empty-body': { why: 'nothing' },
  'error-in-200': { why: 'an error with status 200' },
  'zero-code': { why: 'an error with status 200' },
  'error-first': { why: 'an error with status 200', only: 'whole' },
  'error-first-bare': { why: 'an error without choices' },
  'error-mid-string': { why: 'a code that is a string', only: 'streamed' },
  cut: { why: 'half a JSON', only: 'whole' },
};
/** What `openai` cannot read; it tolerates the rest. */
const unreadableForOpenAi: Readonly<Record<string, Form>> = {
  'bad-json': 'whole',
  'empty-body': 'whole',
  cut: 'whole',
};
const breaksConnection = new Set(['reset', 'cut-socket']);
const isStall = (name: string): boolean => name.startsWith('stall');

suite('simulator: read by the official clients', () => {
  let simulator: Simulator;
  let nowMs: number;

  suiteSetup(async () => {
    nowMs = Date.UTC(2026, 6, 15, 12);
    simulator = await startSimulator({
      now: () => nowMs,
      generationDelayMs: 0,
      keys: { 'sk-or-v1-team': { models: ['openai/gpt-4o-mini'], presets: ['reviews'] } },
    });
  });
  suiteTeardown(() => simulator.dispose());

  const connect = (apiKey = key): OpenRouter =>
    new OpenRouter({ apiKey, serverURL: simulator.url, retryConfig: { strategy: 'none' } });
  const connectOpenAi = (): OpenAI => new OpenAI({ baseURL: simulator.url, apiKey: key, maxRetries: 0 });

  async function askSdk(model: string, form: Form, signal?: AbortSignal): Promise<Outcome> {
    const chatRequest = { model, messages, maxTokens: 60, stream: form === 'streamed' };
    try {
      const answer = await connect().chat.send(
        { chatRequest, xOpenRouterMetadata: 'enabled' },
        { ...(signal && { fetchOptions: { signal } }) },
      );
      if ('choices' in answer) {
        assert.ok(answer.openrouterMetadata);
        const { content } = answer.choices[0]?.message ?? {};
        return { type: 'read', text: String(content ?? ''), costUsd: answer.usage?.cost };
      }
      let text = '';
      let costUsd: number | null | undefined;
      for await (const chunk of answer) {
        text += chunk.choices[0]?.delta.content ?? '';
        if (!chunk.usage) continue;
        assert.ok(chunk.openrouterMetadata);
        costUsd = chunk.usage.cost;
      }
      return { type: 'read', text, costUsd };
    } catch (error) {
      if (error instanceof errors.ConnectionError || /\b(terminated|aborted)/.test(String(error))) {
        return { type: 'broken' };
      }
      const isError = error instanceof errors.OpenRouterError && error.statusCode >= 400;
      if (!isError || error instanceof errors.ResponseValidationError) return { type: 'unreadable' };
      return { type: 'error', status: error.statusCode };
    }
  }

  async function askOpenAi(model: string, form: Form): Promise<Outcome> {
    const request = { model, messages, max_tokens: 60 };
    try {
      if (form === 'whole') {
        const answer = await connectOpenAi().chat.completions.create(request);
        return { type: 'read', text: answer.choices?.[0]?.message.content ?? '' };
      }
      let text = '';
      const stream = await connectOpenAi().chat.completions.create({ ...request, stream: true });
      for await (const chunk of stream) text += chunk.choices?.[0]?.delta.content ?? '';
      return { type: 'read', text };
    } catch (error) {
      if (error instanceof OpenAI.APIConnectionError || /\bterminated/.test(String(error)))
        return { type: 'broken' };
      if (error instanceof OpenAI.APIError) return { type: 'error', status: error.status };
      return { type: 'unreadable' };
    }
  }

  const rawStatus = async (model: string): Promise<number> => {
    const body = { model, messages, max_tokens: 60 };
    return (await rawRequest(`${simulator.url}/chat/completions`, { key, body })).status;
  };

  for (const fault of faults.filter(({ name }) => !isStall(name))) {
    for (const form of forms) {
      test(`${fault.name}, ${form}`, async () => {
        const { name } = fault;
        const model = `simulator/${name}${name === 'slow' ? ':2000' : ''}`;
        const status = name === 'reset' ? 0 : await rawStatus(model);
        const bySdk = await askSdk(model, form);
        const byOpenAi = await askOpenAi(model, form);
        const outside = outsideContract[name];
        if (breaksConnection.has(name)) {
          assert.deepEqual([bySdk, byOpenAi], [{ type: 'broken' }, { type: 'broken' }]);
          return;
        }
        if (outside && (outside.only ?? form) === form)
          assert.deepEqual(bySdk, { type: 'unreadable' }, outside.why);
        else if (status >= 400) assert.deepEqual(bySdk, { type: 'error', status });
        else assert.equal(bySdk.type, 'read');
        if (unreadableForOpenAi[name] === form) assert.deepEqual(byOpenAi, { type: 'unreadable' });
        else if (status >= 400) assert.deepEqual(byOpenAi, { type: 'error', status });
        else if (form === 'streamed' && name.startsWith('error-') && name !== 'error-in-200') {
          assert.deepEqual(byOpenAi, { type: 'error', status: undefined });
        } else assert.equal(byOpenAi.type, 'read');
        if (bySdk.type !== 'read' || byOpenAi.type !== 'read') return;
        assert.equal(bySdk.text, byOpenAi.text);
        const entry = simulator.bill.entries.at(-2);
        if (bySdk.costUsd !== undefined) assert.equal(bySdk.costUsd, Number(entry?.costUsd));
      });
    }
  }

  for (const { name } of faults.filter(fault => isStall(fault.name))) {
    for (const form of forms) {
      test(`${name}, ${form}: whoever waits can leave`, async () => {
        const leave = new AbortController();
        const subscription = simulator.onDidReceive(() => setImmediate(() => leave.abort()));
        assert.deepEqual(await askSdk(`simulator/${name}`, form, leave.signal), { type: 'broken' });
        subscription.dispose();
        await simulator.idle();
      });
    }
  }

  test('every model of the list, by pages and one by one, with its endpoints', async () => {
    const sdk = connect();
    const ids: string[] = [];
    for await (const page of await sdk.models.list({ limit: 20, outputModalities: 'all' })) {
      ids.push(...page.result.data.map(({ id }) => id));
    }
    const { data } = await sdk.models.count({ outputModalities: 'all' });
    assert.equal(ids.length, data.count);
    for (const id of ids) {
      const [author = '', slug = ''] = id.split('/');
      const model = await sdk.models.get({ author, slug });
      assert.equal(model.data.id, id);
      const { data: listed } = await sdk.endpoints.list({ author, slug });
      assert.equal(listed.id, id);
      for (const endpoint of listed.endpoints) {
        assert.ok(endpoint.throughputLast30m, 'figures of speed are for who shows a key');
        assert.equal(typeof endpoint.supportsToolChoice.auto, 'boolean');
      }
    }
  });

  test('conditional prices are numbers of the clock and names of days', async () => {
    const sdk = connect();
    const night = await sdk.models.get({ author: 'deepseek', slug: 'deepseek-v3.2' });
    assert.deepEqual(
      night.data.pricing.overrides?.map(({ utcStart, utcEnd }) => [utcStart, utcEnd]),
      [[1630, 30]],
    );
    const weekend = await sdk.models.get({ author: 'mistralai', slug: 'devstral-2512' });
    assert.deepEqual(weekend.data.pricing.overrides?.[0]?.utcDays, ['saturday', 'sunday']);
  });

  test('filters and orders of the list', async () => {
    const sdk = connect();
    const list = async (query: Parameters<typeof sdk.models.list>[0]) =>
      (await sdk.models.list(query)).result.data;
    const all = await list({});
    const zdr = await list({ zdr: 'true' });
    assert.ok(zdr.length > 0 && zdr.length < all.length);
    assert.ok((await list({ region: 'eu' })).some(({ id }) => id === 'openai/gpt-5.1'));
    const coding = await list({ sort: 'coding-high-to-low' });
    assert.equal(coding[0]?.benchmarks?.artificialAnalysis?.codingIndex, 74.1);
    const cheap = await list({ maxPrice: 0.1, minPrice: 0 });
    assert.ok(cheap.every(({ pricing }) => Number(pricing.prompt) <= 1e-7));
    const users = await sdk.models.listForUser({ bearer: key });
    assert.equal(users.result.data.length, all.length);
  });

  test('the models that an account may use, and its presets', async () => {
    const sdk = connect('sk-or-v1-team');
    const users = await sdk.models.listForUser({ bearer: 'sk-or-v1-team' });
    assert.deepEqual(
      users.result.data.map(({ id }) => id),
      ['openai/gpt-4o-mini'],
    );
    const presets = (await sdk.presets.list()).result.data;
    assert.deepEqual(
      presets.map(({ slug }) => slug),
      ['reviews'],
    );
  });

  test('endpoints with zero retention, and providers', async () => {
    const sdk = connect();
    const { data } = await sdk.endpoints.listZdrEndpoints();
    assert.ok(data.length > 20);
    assert.ok(
      data.every(({ providerName }) => !['DeepSeek', 'Chutes', 'Moonshot AI'].includes(providerName)),
    );
    const { data: providers } = await sdk.providers.list();
    assert.ok(providers.every(({ slug, name }) => slug && name));
  });

  test('what every kind of key can see of itself', async () => {
    for (const { prefix } of keyBehaviours) {
      const { apiKeys } = connect(`${prefix}-1`);
      if (prefix === 'sk-or-v1-bad') {
        await assert.rejects(apiKeys.getCurrentKeyMetadata(), errors.UnauthorizedResponseError);
        continue;
      }
      const { data } = await apiKeys.getCurrentKeyMetadata();
      assert.deepEqual(data.allowedDataRegions, ['global']);
      assert.equal(typeof data.workspaceId, 'string');
    }
  });

  test('credits and activity are for management keys', async () => {
    await askSdk('openai/gpt-4o-mini', 'whole');
    nowMs += 86_400_000;
    const manager = connect('sk-or-v1-management');
    const { data: credits } = await manager.credits.getCredits();
    assert.equal(credits.totalCredits, 100);
    const { data: rows } = await manager.analytics.getUserActivity({ groupBy: 'workspace' });
    const row = rows.find(({ model }) => model === 'openai/gpt-4o-mini');
    assert.ok(row && row.usage > 0 && row.requests > 0 && row.workspaceId);
    const perDay = rows.reduce((sum, { usage }) => sum + usage, 0);
    assert.ok(Math.abs(perDay - Number(credits.totalUsage)) < 1e-9);
    await assert.rejects(connect().credits.getCredits(), errors.ForbiddenResponseError);
    await assert.rejects(connect().analytics.getUserActivity(), errors.ForbiddenResponseError);
    const wrong = manager.analytics.getUserActivity({ date: '2001-01-01' });
    await assert.rejects(wrong, errors.BadRequestResponseError);
  });

  test('a generation says who was asked, who answered and what it cost', async () => {
    await askSdk('meta-llama/llama-3.3-70b-instruct', 'whole');
    simulator.next('fallback:2');
    await askSdk('meta-llama/llama-3.3-70b-instruct', 'streamed');
    const entry = simulator.bill.entries.at(-1);
    const { data } = await connect().generations.getGeneration({ id: entry?.generationId ?? '' });
    assert.equal(data.totalCost, Number(entry?.costUsd));
    assert.equal(data.providerName, 'Together');
    assert.deepEqual(
      data.providerResponses?.map(({ providerName, status }) => [providerName, status]),
      [
        ['DeepInfra', 502],
        ['Groq', 502],
        ['Together', 200],
      ],
    );
    const unknown = connect().generations.getGeneration({ id: 'gen-unknown' });
    await assert.rejects(unknown, errors.NotFoundResponseError);
  });

  test('signing in: a code that was made for a capped key buys one, once', async () => {
    const sdk = connect();
    const { codeChallenge, codeVerifier } = await sdk.oAuth.createSHA256CodeChallenge();
    const { data } = await sdk.oAuth.createAuthCode({
      requestBody: {
        callbackUrl: 'http://localhost:3000/callback',
        codeChallenge,
        codeChallengeMethod: 'S256',
        limit: 3,
        usageLimitType: 'monthly',
      },
    });
    const requestBody = { code: data.id, codeVerifier, codeChallengeMethod: 'S256' as const };
    const made = await sdk.oAuth.exchangeAuthCodeForAPIKey({ requestBody });
    const { data: described } = await connect(made.key).apiKeys.getCurrentKeyMetadata();
    assert.deepEqual([described.limit, described.limitReset], [3, 'monthly']);
    await assert.rejects(sdk.oAuth.exchangeAuthCodeForAPIKey({ requestBody }), errors.ForbiddenResponseError);
    const anonymous = connect('sk-or-v1-bad').oAuth.createAuthCode({
      requestBody: { callbackUrl: 'http://localhost:3000' },
    });
    await assert.rejects(anonymous, errors.UnauthorizedResponseError);
  });

  test('models that are not there', async () => {
    const { models, endpoints } = connect();
    await assert.rejects(models.get({ author: 'no', slug: 'such:free' }), errors.NotFoundResponseError);
    await assert.rejects(endpoints.list({ author: 'no', slug: 'such' }), errors.NotFoundResponseError);
  });
});
