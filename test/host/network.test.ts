import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { commands } from '../../src/ids';
import { hostSession, lastTurn, openText, setSetting, testKey } from '../support/hostSession';

/** A proxy that notes where it is asked to connect to, and refuses. */
async function startProxy(): Promise<{ server: Server; url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    asked.push(String(request.url));
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

suite('the network', () => {
  const session = hostSession();
  const http = () => vscode.workspace.getConfiguration('http');

  teardown(async () => {
    await http().update('proxy', undefined, vscode.ConfigurationTarget.Global);
    await session.keys.remove('https://openrouter.test');
  });

  test('requests go through the proxy that VS Code is set to', async () => {
    const proxy = await startProxy();
    try {
      await http().update('proxy', proxy.url, vscode.ConfigurationTarget.Global);
      await setSetting('baseUrl', 'https://openrouter.test/api/v1');
      await session.keys.set('https://openrouter.test', testKey);
      await openText('let x;');
      const asked = vscode.commands.executeCommand(commands.explain);
      await new Promise(resolve => proxy.server.once('connect', resolve));
      await vscode.commands.executeCommand(commands.stop);
      await asked;
      assert.ok(proxy.asked.includes('openrouter.test:443'));
    } finally {
      proxy.server.close();
    }
  });

  test('a host that cannot be reached is a plain sentence and the question stays', async () => {
    await setSetting('baseUrl', 'http://127.0.0.1:9/api/v1');
    await session.keys.set('http://127.0.0.1:9', testKey);
    await openText('let x;');
    await vscode.commands.executeCommand(commands.explain);
    const turn = lastTurn(session);
    assert.equal(turn.answer.ending?.failure?.kind, 'network');
    assert.equal(turn.sent.code?.parts[0]?.text, 'let x;');
    await session.keys.remove('http://127.0.0.1:9');
  });
});
