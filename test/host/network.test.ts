import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { NetworkCause } from '../../src/core/chat/failure';
import type { FailureAction } from '../../src/core/chat/failureAction';
import { describeFailure } from '../../src/core/chat/failureText';
import { commands } from '../../src/ids';
import { hostSession, lastTurn, openText, run, setSetting, testKey } from '../support/hostSession';
import { privateAuthority } from '../support/network/certificates';
import {
  type CompanyProxy,
  proxyLogin,
  startCompanyProxy,
  startTlsTo,
} from '../support/network/companyProxy';
import { certifiedHost, readHostRun } from './runner/hostRun';

const origin = `https://${certifiedHost}`;
const withLogin = `${proxyLogin.replace(' ', '%20')}@`;

suite('the network', () => {
  const session = hostSession();
  let proxy: CompanyProxy;
  /** The simulator behind TLS: with a certificate that VS Code trusts, and with one that nobody does. */
  let trusted: Awaited<ReturnType<typeof startTlsTo>>;
  let untrusted: typeof trusted;

  suiteSetup(async () => {
    const { port } = session.simulator;
    trusted = await startTlsTo(port, readHostRun().certified);
    untrusted = await startTlsTo(port, privateAuthority(certifiedHost).server);
    await session.keys.set(origin, testKey);
  });
  suiteTeardown(async () => {
    await session.keys.remove(origin);
    for (const server of [trusted, untrusted]) server.dispose();
  });
  // A new one each time: a tunnel through the one before would still be open.
  setup(async () => {
    proxy = await startCompanyProxy();
    proxy.target = trusted.port;
  });
  teardown(async () => {
    proxy.dispose();
    for (const key of [...changed]) await setNetwork(key, undefined);
  });

  /** Settings of VS Code's own that a test has changed. */
  const changed = new Set<string>();
  async function setNetwork(key: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration('http').update(key, value, vscode.ConfigurationTarget.Global);
    if (value === undefined) changed.delete(key);
    else changed.add(key);
  }
  const useProxy = (login = '') => setNetwork('proxy', `http://${login}${proxy.address}`);

  async function explain(baseUrl = `${origin}/api/v1`): Promise<void> {
    await setSetting('baseUrl', baseUrl);
    await openText('let x;');
    await run(commands.explain);
  }

  function assertAnswered(): void {
    const { status, ending } = lastTurn(session).answer;
    assert.equal(status, 'completed', JSON.stringify(ending));
  }

  /** What the panel says of a request that did not reach the server; the question stays, and nothing was paid. */
  function assertFailed(cause: NetworkCause, sentence: RegExp, best: FailureAction): void {
    const { answer, sent } = lastTurn(session);
    const failure = answer.ending?.failure ?? assert.fail('there was an answer');
    assert.deepEqual([failure.kind, failure.network], ['network', cause], failure.detail);
    const text = describeFailure(failure, sent.parameters.model);
    assert.match(text.sentence, sentence);
    assert.equal(text.actions[0], best);
    assert.equal(failure.neverLeft, true);
    assert.equal(sent.code?.parts[0]?.text, 'let x;');
  }

  test('requests go through the proxy that VS Code is set to, which sees neither key nor code', async () => {
    await useProxy();
    await explain();
    assertAnswered();
    assert.ok(proxy.seen.every(line => line.startsWith(`${certifiedHost}:443 `)));
    assert.ok(!proxy.seen.join().includes(testKey));
  });

  test('a proxy that wants a login says so, and with the login in http.proxy Retry gets the answer', async () => {
    proxy.manners = 'login';
    await useProxy();
    await explain();
    assertFailed(
      'proxyLogin',
      /wants a login\. Put the name and the password into http\.proxy/,
      'openProxySettings',
    );
    // VS Code sends this with its own requests, and with none of an extension's.
    await setNetwork('proxyAuthorization', `Basic ${btoa(proxyLogin)}`);
    await session.pressFailureAction('retry', lastTurn(session));
    assert.equal(lastTurn(session).answer.ending?.failure?.network, 'proxyLogin');
    await useProxy(withLogin);
    await session.pressFailureAction('retry', lastTurn(session));
    assertAnswered();
  });

  test('a proxy that refuses is told from a server that does', async () => {
    proxy.manners = 'refusing';
    await useProxy();
    await explain();
    assertFailed('proxy', /The proxy did not let the request through/, 'openProxySettings');
  });

  test('a certificate of a private authority is trusted where the system does, and else explained', async () => {
    proxy.target = untrusted.port;
    await useProxy();
    await explain();
    assertFailed('untrusted', /Have that authority installed in the operating system/, 'openProxySettings');
    proxy.target = trusted.port;
    await setNetwork('systemCertificates', false);
    await explain();
    assertFailed('untrusted', /leave http\.systemCertificates on/, 'openProxySettings');
    await setNetwork('systemCertificates', undefined);
    await session.pressFailureAction('retry', lastTurn(session));
    assertAnswered();
  });

  test('without a proxy the name has no address, and it is said that a proxy may be missing', async () => {
    await explain();
    assertFailed('dns', /behind a company proxy set http\.proxy/, 'retry');
  });

  test('a host where nobody listens is a plain sentence and the question stays', async () => {
    const closed = `http://${proxy.address}`;
    proxy.dispose();
    await session.keys.set(closed, testKey);
    await explain(`${closed}/api/v1`);
    assertFailed('refused', /Nothing answers at the address of the server/, 'retry');
    await session.keys.remove(closed);
  });
});
