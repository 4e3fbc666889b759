import assert from 'node:assert/strict';
import { Diagnostics, type HostFacts } from '../../../src/app/account/diagnostics';
import { logRequests } from '../../../src/app/ask/requestLog';
import { Redactor } from '../../../src/core/base/redact';
import type { Endpoint } from '../../../src/core/chat/endpoint';
import { fail, succeed } from '../../../src/core/chat/result';
import type { OpenRouter } from '../../../src/core/models/openRouter';
import { LedgerFault } from '../../../src/core/money/ledgerFault';
import { type ExportFormat, exportForms, exportText } from '../../../src/core/usage/exportText';
import { passportText } from '../../../src/core/usage/passport/passportExport';
import { openRouter } from '../../../src/openrouter/openRouter';
import { FakeSettings } from '../../support/fakeSettings';
import { endsInFailure } from '../../support/openrouter/failureTable';
import { PrivacyWorld, privacyModels } from '../../support/privacyWorld';
import { faults, type Simulator, startSimulator } from '../../support/simulator';
import { accountId, errorReply } from '../../support/simulator/http/reply';
import { makeCode, makePart } from '../../support/turns';

const key = 'sk-or-v1-uncapped-diagnostics-0123456789';
const prompt = 'PROMPT-MARKER why is the sky green?';
const codeText = 'CODE-MARKER const secret = 1;';
const userId = /user_[A-Za-z0-9]/;

const host = (): HostFacts => ({
  extensionVersion: '0.1.0',
  editorVersion: '1.104.0',
  editorKind: 'desktop',
  platform: 'linux',
  remoteKind: undefined,
  network: { 'http.proxy': 'set', 'http.systemCertificates': 'true' },
});

suite('diagnostics', () => {
  let simulator: Simulator;

  suiteSetup(async () => {
    simulator = await startSimulator({ models: privacyModels });
  });
  suiteTeardown(() => simulator.dispose());

  function diagnosticsOf(
    world: PrivacyWorld,
    settings = new FakeSettings(),
    copied: string[] = [],
  ): Diagnostics {
    return new Diagnostics(
      host,
      settings,
      { baseUrl: simulator.url },
      {
        refresh: signal => openRouter.catalogue(world.endpoint).list(signal),
        cached: async () => ({ baseUrl: simulator.url, fetchedAtMs: 0, models: world.models }),
      },
      { account: async () => succeed(openRouter.account(world.endpoint)) },
      world.ledger.queries,
      { copy: async text => void copied.push(text), news: async () => false, wait: (_, task) => task },
      text => new Redactor([world.key]).redact(text),
    );
  }

  test('log, diagnostics and exports of a whole run hold neither key, question, code nor user id', async () => {
    const redactor = new Redactor([key]);
    const lines: string[] = [];
    const log = { warn: (message: string) => void lines.push(redactor.redact(message)) };
    const world = await PrivacyWorld.open(simulator, key, log);
    const code = makeCode({ path: 'src/secret.ts', parts: [makePart({ text: codeText })] });
    for (const fault of faults.filter(each => endsInFailure(each) && !each.name.startsWith('stall')))
      await world.ask(prompt, { model: `simulator/${fault.name}` }, { code });
    await world.ask(prompt, { model: 'privacy/mixed' }, { code });
    await callEverything(logRequests(openRouter, log), world.endpoint);
    const rows: string[] = [];
    for (const format of Object.keys(exportForms) as ExportFormat[])
      for await (const { text } of exportText(world.ledger.queries.allRows({}), format)) rows.push(text);
    const passports = await world.passports.all();
    const copied: string[] = [];
    await diagnosticsOf(world, undefined, copied).copy();
    const texts = {
      log: lines.join('\n'),
      diagnostics: copied.join(),
      export: rows.join('\n'),
      passports: passportText(passports, 'json') + passportText(passports, 'csv'),
    };
    for (const [name, text] of Object.entries(texts)) {
      assert.ok(text.length > 200, name);
      assert.ok(!text.includes(key) && !/sk-or-v1/.test(text), `${name} has the key`);
      assert.doesNotMatch(text, /PROMPT-MARKER|CODE-MARKER/, name);
      assert.ok(!text.includes(accountId) && !userId.test(text), `${name} has the user id`);
    }
    assert.ok(
      simulator.requests.some(({ body }) => JSON.stringify(body ?? '').includes('CODE-MARKER')),
      'the code did leave',
    );
    assert.match(texts.log, /Key check failed.*\n.*Cost of gen-marker failed.*\n.*Sign-in failed/);
    assert.match(texts.passports, /src\/secret\.ts/);
  });

  /** Fails in every call that is about no model: what is told of them is in the log, too. */
  async function callEverything(client: OpenRouter, endpoint: Endpoint): Promise<void> {
    const { signal } = new AbortController();
    const account = client.account(endpoint);
    for (const call of ['key', 'generation', 'auth'] as const)
      simulator.next(errorReply(403, `${key} of ${accountId}: ${prompt}`), call);
    await account.key(signal);
    await account.generation('gen-marker', signal);
    await client.signIn(endpoint).exchange(key, prompt, signal);
    await account.key(signal);
  }

  test('tell the last failures, at most 20, with kind, status and provider', async () => {
    const world = await PrivacyWorld.open(simulator);
    for (let count = 0; count < 22; count += 1) await world.ask('Why?', { model: 'simulator/404' });
    await world.ask('Why?', { model: 'simulator/529' });
    const text = await diagnosticsOf(world).text();
    const failures = text.split('\n').filter(line => /^- \d{4}-\d\d-\d\dT/.test(line));
    assert.equal(failures.length, 20);
    assert.match(failures[0] ?? '', /overloaded · HTTP 529 · Anthropic · one that is not in the list$/);
    assert.match(failures[1] ?? '', /noEndpoint · HTTP 404/);
    assert.match(text, /list of models: \d+ models\n- key: accepted/);
    assert.match(text, /server: one on this machine/);
  });

  test('name no text, path or company of the settings', async () => {
    const world = await PrivacyWorld.open(simulator);
    const settings = new FakeSettings({
      baseUrl: 'https://ai.example-company.test/v1',
      systemPrompt: 'We are Example Company.',
      parameters: {
        model: '@preset/example-company',
        maxTokens: 100,
        temperature: 0.2,
        stop: ['Example Company'],
      },
    });
    const text = await diagnosticsOf(world, settings).text();
    assert.doesNotMatch(text, /example.?company/i);
    assert.match(text, /temperature: 0\.2.*stop: set/);
  });

  test('say what the check of the network found, and that the history cannot be read', async () => {
    const refused = { kind: 'network', network: 'proxyLogin' } as const;
    const text = await new Diagnostics(
      host,
      new FakeSettings(),
      { baseUrl: undefined },
      { refresh: async () => fail(refused), cached: async () => undefined },
      { account: async () => fail({ kind: 'noKey' }) },
      {
        rows: async () => {
          throw new LedgerFault('locked', 'busy');
        },
      },
      { copy: async () => undefined, news: async () => false, wait: (_, task) => task },
      each => each,
    ).text();
    assert.match(text, /list of models: network, proxyLogin\n- key: noKey/);
    assert.match(text, /the usage history cannot be read/);
  });
});
