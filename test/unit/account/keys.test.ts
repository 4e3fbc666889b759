import assert from 'node:assert/strict';
import { tellOfLostKey } from '../../../src/app/account/keyLoss';
import { keyWarnings } from '../../../src/app/account/keyWarnings';
import { KeyWatch } from '../../../src/app/account/keyWatch';
import type { SessionChange } from '../../../src/app/ask/askSession';
import { Emitter } from '../../../src/core/base/event';
import type { KeyInfo } from '../../../src/core/chat/account';
import { succeed } from '../../../src/core/chat/result';
import { canReturnTo, signInPage } from '../../../src/core/chat/signInPage';
import { AccountWorld } from '../../support/account/accountWorld';
import { type Simulator, startSimulator } from '../../support/simulator';
import { makeAnswer, makeSent, makeTurn } from '../../support/turns';

const nowMs = Date.UTC(2027, 0, 1);
const ordinary: KeyInfo = { isManagementKey: false };

suite('a key', () => {
  let simulator: Simulator;
  let world: AccountWorld;
  suiteSetup(async () => {
    simulator = await startSimulator({ keys: { 'eyJhbGciOi.short-lived.token': {} } });
  });
  setup(() => {
    world = new AccountWorld(simulator);
  });
  teardown(() => world.signIn.dispose());
  suiteTeardown(() => simulator.dispose());

  test('that is a short-lived token, of any shape, is taken', async () => {
    world.typed.push('eyJhbGciOi.short-lived.token');
    assert.equal(await world.apiKey.set(), true);
    assert.equal(world.key, 'eyJhbGciOi.short-lived.token');
  });

  test('that the secret storage does not keep is used, and explained', async () => {
    world.keys.keeps = false;
    world.typed.push('sk-or-v1-kept');
    world.pressed.push('Learn More');
    assert.equal(await world.apiKey.set(), true);
    const warning = world.told.find(({ buttons }) => buttons.includes('Learn More'));
    assert.match(warning?.text ?? '', /did not keep the key: it works until this window closes/);
    assert.equal(world.links.length, 1);
    assert.equal(world.keys.hasFact('keyStored', simulator.origin), false);
  });

  test('that a proxy keeps from being checked leads to the settings of the proxy, and is not lost', async () => {
    simulator.next({ status: 407, body: 'Proxy Authentication Required' }, 'key');
    world.typed.push('sk-or-v1-behind', 'sk-or-v1-behind');
    world.pressed.push('Open Proxy Settings');
    assert.equal(await world.apiKey.set(), true);
    const question = world.told.find(({ buttons }) => buttons.length > 0);
    assert.deepEqual(question?.buttons, ['Open Proxy Settings', 'Store Anyway']);
    assert.match(
      question?.text ?? '',
      /The proxy wants a login\. Put the name and the password into http\.proxy/,
    );
    assert.deepEqual(world.links, ['http.proxy']);
    assert.equal(world.key, 'sk-or-v1-behind');
  });

  test('that is removed can be revoked on the page that opens', async () => {
    world.typed.push('sk-or-v1-removed');
    await world.apiKey.set();
    world.pressed.push('Remove and Open Key Settings');
    await world.apiKey.remove();
    assert.equal(world.key, undefined);
    assert.deepEqual(world.links, ['https://openrouter.ai/settings/keys']);
    assert.equal(world.keys.hasFact('keyStored', simulator.origin), false);
  });

  test('that a question waits for comes from signing in, first of all', async () => {
    world.pressed.push('Sign In');
    world.typed.push('');
    assert.equal(await world.keyWays.offer(), true);
    assert.deepEqual(world.told[0]?.buttons, ['Sign In', 'Set API Key']);
    assert.match(world.key ?? '', /oauth/);
  });

  test('of the environment is offered before anything else, and refused for ever', async () => {
    world.keys.inEnvironment = 'sk-or-v1-environment';
    world.pressed.push('Do Not Use It', undefined);
    assert.equal(await world.keyWays.offer(), false);
    assert.equal(await world.keyWays.offer(), false);
    assert.equal(world.key, undefined);
    assert.equal(
      simulator.requests.some(({ headers }) => headers.authorization?.includes('environment')),
      false,
    );
    assert.equal(world.told.filter(({ text }) => text.includes('OPENROUTER_API_KEY')).length, 1);
  });

  test('of the environment that is of no use leads on to the other ways', async () => {
    world.keys.inEnvironment = 'sk-or-v1-management-environment';
    world.pressed.push('Use This Key', undefined);
    assert.equal(await world.keyWays.offer(), false);
    assert.ok(world.told.some(({ text }) => /management key/.test(text)));
    assert.equal(world.key, undefined);
  });

  test('that is gone after a restart is told of once, with the ways to another one', async () => {
    const commands: string[] = [];
    const workbench = { runCommand: async (id: string) => void commands.push(id) };
    const warnings: string[] = [];
    const dialogs = {
      warn: async (text: string) => {
        warnings.push(text);
        return 'Sign In';
      },
      openLink: async () => undefined,
    };
    const tell = () => tellOfLostKey(world.endpoints, world.keys, dialogs, workbench);
    await tell();
    assert.deepEqual(warnings, []);
    world.typed.push('sk-or-v1-lost');
    await world.apiKey.set();
    await tell();
    assert.deepEqual(warnings, []);
    world.keys.stored.clear();
    await tell();
    await tell();
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /did not keep it\. On Linux/);
    assert.deepEqual(commands, ['askOpenRouter.signIn']);
  });
});

suite('a warning about the key', () => {
  const kinds = (key: Partial<KeyInfo>, isFree = false) =>
    keyWarnings({ ...ordinary, ...key }, nowMs, isFree).map(({ kind }) => kind);

  test('comes a week before it expires, with the time on its last day', () => {
    assert.deepEqual(kinds({ expiresAt: '2027-01-09T00:00:00Z' }), []);
    assert.deepEqual(kinds({ expiresAt: '2027-01-07T23:59:00Z' }), ['expiry']);
    const [today] = keyWarnings({ ...ordinary, expiresAt: '2027-01-01T10:30:00Z' }, nowMs, false);
    assert.equal(today?.text, 'The API key expires at 10:30 UTC on 2027-01-01.');
  });

  test('comes when a tenth of its limit is left', () => {
    assert.deepEqual(kinds({ limitUsd: '20', limitRemainingUsd: '2.01' }), []);
    const [warning] = keyWarnings(
      { ...ordinary, limitUsd: '20', limitRemainingUsd: '2', limitReset: 'monthly' },
      nowMs,
      false,
    );
    assert.equal(warning?.text, 'Only $2 is left of the API key’s limit of $20, which starts anew monthly.');
  });

  test('comes when few free requests are left, to who uses free models', () => {
    const freeRequests = { limit: 50, remaining: 5 };
    assert.deepEqual(kinds({ freeRequests }), []);
    assert.deepEqual(kinds({ freeRequests }, true), ['freeRequests']);
    assert.deepEqual(kinds({ freeRequests: { limit: 50, remaining: 6 } }, true), []);
  });

  test('does not come for what cannot be read', () => {
    assert.deepEqual(kinds({ expiresAt: 'soon', limitUsd: 'x', limitRemainingUsd: 'y' }, true), []);
  });

  test('is given once per window, after an answer and not before half an hour has gone by', async () => {
    const changes = new Emitter<SessionChange>();
    const news: string[] = [];
    let looks = 0;
    let isLow = false;
    let time = nowMs;
    let key: KeyInfo = { ...ordinary, limitUsd: '1', limitRemainingUsd: '0.05' };
    const sent = makeSent({ parameters: { model: 'a/b:free', maxTokens: 5 } });
    const answer = makeAnswer({ status: 'completed', ending: { outcome: 'completed', durationMs: 1 } });
    const links: string[] = [];
    const watch = new KeyWatch(
      { find: () => makeTurn({ sent, answer }), onDidChange: changes.event },
      {
        account: async () =>
          succeed({
            key: async () => {
              looks++;
              return succeed(key);
            },
            generation: async () => succeed(undefined),
          }),
      },
      { isLow: async () => isLow },
      {
        news: async (text, button) => {
          news.push(`${text} [${button}]`);
          return true;
        },
        openLink: async href => void links.push(href),
      },
      { runCommand: async () => undefined },
      () => time,
      assert.ifError,
    );
    const end = async (): Promise<void> => {
      changes.fire({
        type: 'events',
        turnId: '1',
        events: [{ type: 'ended', ending: { outcome: 'completed', durationMs: 1 } }],
      });
      await new Promise(resolve => setImmediate(resolve));
    };
    await end();
    await end();
    assert.deepEqual([looks, news.length], [1, 1]);
    assert.match(news[0] ?? '', /Only \$0\.05 is left.*\[Open Key Settings\]/);
    assert.deepEqual(links, ['https://openrouter.ai/settings/keys']);
    time += 30 * 60_000;
    key = { ...key, freeRequests: { limit: 50, remaining: 0 } };
    await end();
    assert.deepEqual([looks, news.length], [2, 2]);
    assert.match(news[1] ?? '', /^0 of 50 free requests are left today/);
    isLow = true;
    await end();
    assert.deepEqual([looks, news.length], [3, 2], 'few free requests are left: each may be the last');
    watch.dispose();
  });
});

suite('the sign-in page', () => {
  const request = { challenge: 'c', state: 's' };

  test('is OpenRouter’s own for each of its hosts, and that of the origin for a gateway', () => {
    const at = (baseUrl: string) => signInPage(baseUrl, request).split('?')[0];
    assert.equal(at('https://openrouter.ai/api/v1'), 'https://openrouter.ai/auth');
    assert.equal(at('https://eu.openrouter.ai/api/v1'), 'https://openrouter.ai/auth');
    assert.equal(at('https://openrouter.ai.example/api/v1'), 'https://openrouter.ai.example/auth');
    assert.equal(at('http://127.0.0.1:7/api/v1'), 'http://127.0.0.1:7/auth');
  });

  test('gets an address with a query of its own unharmed', () => {
    const callback = 'http://127.0.0.1:9/callback?a=1&b=%2Fx';
    const page = new URL(signInPage('https://openrouter.ai/api/v1', { ...request, callback, limitUsd: '5' }));
    assert.equal(page.searchParams.get('callback_url'), callback);
    assert.equal(page.searchParams.get('limit'), '5');
  });

  test('goes back to https, to this machine and to an editor, and not to plain http elsewhere', () => {
    for (const address of ['https://vscode.dev/callback', 'http://localhost:3/x', 'vscode://a.b/sign-in/1']) {
      assert.ok(canReturnTo(address), address);
    }
    for (const address of ['http://10.0.0.5:8080/callback', 'nonsense'])
      assert.ok(!canReturnTo(address), address);
  });
});
