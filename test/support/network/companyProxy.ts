import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import type { Certified } from './certificates';

/** `refusing`: 403 to everybody. `login`: 407 to who does not give {@link proxyLogin}. */
export type Manners = 'open' | 'refusing' | 'login';

export const proxyLogin = 'jane:pass word';

/** A proxy as companies have one. */
export interface CompanyProxy {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  /** What reached it in the clear. */
  readonly seen: string[];
  manners: Manners;
  /** The port of this machine that every tunnel leads to, whichever host was asked for. */
  target: number;
  dispose(): void;
}

export async function startCompanyProxy(): Promise<CompanyProxy> {
  const server = createServer();
  const dispose = await listen(server);
  const proxy: CompanyProxy = { address: addressOf(server), seen: [], manners: 'open', target: 0, dispose };
  server.on('connect', (request, socket: Socket) => {
    proxy.seen.push(`${request.url} ${JSON.stringify(request.headers)}`);
    const refusal = refusalOf(proxy.manners, request.headers['proxy-authorization']);
    if (refusal !== undefined) socket.end(refusal);
    else {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      join(socket, connect(proxy.target, '127.0.0.1'));
    }
  });
  return proxy;
}

/** A way to `port` of this machine through TLS, with a certificate. */
export async function startTlsTo(
  port: number,
  { certificate, key }: Certified,
): Promise<{ readonly port: number; dispose(): void }> {
  const server = createSecureServer({ cert: certificate, key }, socket =>
    join(socket, connect(port, '127.0.0.1')),
  );
  // Who does not trust the certificate hangs up.
  server.on('tlsClientError', () => undefined);
  const dispose = await listen(server);
  return { port: (server.address() as AddressInfo).port, dispose };
}

function refusalOf(manners: Manners, login: string | undefined): string | undefined {
  if (manners === 'refusing') return 'HTTP/1.1 403 Forbidden\r\n\r\n';
  const isKnown = login === `Basic ${Buffer.from(proxyLogin).toString('base64')}`;
  if (manners === 'open' || isKnown) return undefined;
  // For `Basic` a desktop VS Code would open a dialog, and wait for it.
  return 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Digest realm="x"\r\n\r\n';
}

function join(client: Socket, upstream: Socket): void {
  upstream.pipe(client).pipe(upstream);
  upstream.on('error', () => client.destroy());
  client.on('error', () => upstream.destroy());
}

/** Gives what ends it, with every connection that is open. */
async function listen(server: Server): Promise<() => void> {
  const open = new Set<Socket>();
  server.on('connection', socket => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
}

const addressOf = (server: Server): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;
