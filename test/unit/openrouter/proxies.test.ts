import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ending } from '../../../src/core/chat/chatClient';
import type { NetworkCause } from '../../../src/core/chat/failure';
import { createChatClient } from '../../../src/openrouter/chat';
import { networkCauseOf } from '../../../src/openrouter/networkCause';
import { privateAuthority } from '../../support/network/certificates';
import { type CompanyProxy, startCompanyProxy } from '../../support/network/companyProxy';
import { collect, connectTo, endingOf, patientOptions, testKey } from '../../support/openrouter/chatCalls';
import { streamOf } from '../../support/openrouter/scriptedServer';

const host = 'openrouter.test';

// The child: Node takes proxy and authorities from the environment when it starts, as VS Code does from its settings.
if (process.env.PROXY_CHILD === '1') {
  const client = createChatClient(connectTo(process.env.PROXY_CHILD_URL ?? ''), patientOptions);
  void collect(client).then(events => process.send?.(endingOf(events)));
} else {
  suite('behind a proxy of a company', () => {
    let folder: string;
    const { authority, server: certified } = privateAuthority(host);
    const secure = createSecureServer(
      { cert: certified.certificate, key: certified.key },
      (request, response) => streamOf('Hello')(response, request),
    );
    let proxy: CompanyProxy;
    const authorityFile = () => join(folder, 'authority.pem');

    suiteSetup(async () => {
      folder = mkdtempSync(join(tmpdir(), 'ask-openrouter-'));
      writeFileSync(authorityFile(), authority);
      await once(secure.listen(0, '127.0.0.1'), 'listening');
      proxy = await startCompanyProxy();
      proxy.target = (secure.address() as AddressInfo).port;
    });
    suiteTeardown(() => {
      secure.close();
      secure.closeAllConnections();
      proxy.dispose();
      rmSync(folder, { recursive: true });
    });
    setup(() => {
      proxy.manners = 'open';
      proxy.seen.length = 0;
    });

    async function ask(env: Readonly<Record<string, string>>): Promise<Ending> {
      const plain = Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/proxy|NODE_EXTRA_CA_CERTS/i.test(name)),
      );
      const child = fork(__filename, {
        env: { ...plain, PROXY_CHILD: '1', PROXY_CHILD_URL: `https://${host}/api/v1`, ...env },
      });
      const [ending] = await once(child, 'message');
      child.kill();
      return ending as Ending;
    }

    const through = (credentials = '') => ({
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: `http://${credentials}${proxy.address}`,
    });
    const trusting = () => ({ NODE_EXTRA_CA_CERTS: authorityFile() });

    test('a request goes through, and the proxy sees neither key nor question', async () => {
      const ending = await ask({ ...through(), ...trusting() });
      assert.equal(ending.outcome, 'completed', JSON.stringify(ending));
      assert.match(proxy.seen[0] ?? '', /^openrouter\.test:443 /);
      assert.ok(!proxy.seen.join().includes(testKey));
    });

    test('a request goes through with a login', async () => {
      proxy.manners = 'login';
      const ending = await ask({ ...through('jane:pass%20word@'), ...trusting() });
      assert.equal(ending.outcome, 'completed', JSON.stringify(ending));
    });

    test('without the login it is said that one is missing, and nothing left', async () => {
      proxy.manners = 'login';
      const { failure } = await ask({ ...through(), ...trusting() });
      assert.deepEqual(
        [failure?.kind, failure?.network, failure?.neverLeft],
        ['network', 'proxyLogin', true],
      );
    });

    test('without the company’s authority it is said that the certificate is not trusted', async () => {
      const { failure } = await ask(through());
      assert.deepEqual([failure?.kind, failure?.network, failure?.neverLeft], ['network', 'untrusted', true]);
    });
  });

  suite('what stood in the way of a connection', () => {
    const causes: readonly (readonly [NetworkCause | undefined, string, string?])[] = [
      ['dns', 'ENOTFOUND'],
      ['dns', 'EAI_AGAIN'],
      ['dns', '', 'net::ERR_NAME_NOT_RESOLVED'],
      ['offline', 'ENETUNREACH'],
      ['offline', '', 'net::ERR_INTERNET_DISCONNECTED'],
      ['refused', 'ECONNREFUSED'],
      ['noConnection', 'UND_ERR_CONNECT_TIMEOUT'],
      ['noConnection', 'ETIMEDOUT'],
      ['reset', 'ECONNRESET'],
      ['reset', 'UND_ERR_SOCKET'],
      ['untrusted', 'SELF_SIGNED_CERT_IN_CHAIN'],
      ['untrusted', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
      ['untrusted', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
      ['untrusted', '', 'net::ERR_CERT_AUTHORITY_INVALID'],
      ['certificateDate', 'CERT_HAS_EXPIRED'],
      ['certificateName', 'ERR_TLS_CERT_ALTNAME_INVALID'],
      ['tls', 'ERR_SSL_WRONG_VERSION_NUMBER'],
      ['tls', 'EPROTO'],
      ['proxy', '', 'net::ERR_TUNNEL_CONNECTION_FAILED'],
      ['proxy', 'UND_ERR_ABORTED', 'Proxy response (502) !== 200 when HTTP Tunneling'],
      ['proxyLogin', 'UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling'],
      [undefined, 'ESOMETHING'],
    ];
    for (const [cause, code, message] of causes)
      test(`${message ?? code} → ${cause}`, () => assert.equal(networkCauseOf({ code, message }), cause));

    test('status 407 in place of an answer → proxyLogin', async () => {
      const server = createServer((_, response) => response.writeHead(407).end());
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      const client = createChatClient(connectTo(`http://127.0.0.1:${port}/api/v1`), patientOptions);
      const { failure } = endingOf(await collect(client));
      assert.deepEqual([failure?.kind, failure?.network], ['network', 'proxyLogin']);
      server.close();
      server.closeAllConnections();
    });
  });
}
