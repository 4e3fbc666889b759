import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Recording } from './traffic';

/** A request as it arrived. */
export interface Arrival {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export type Handler = (response: ServerResponse, request: IncomingMessage) => void;

/** A server on the loopback that answers each request with the next of its handlers; the last one stays. */
export class ScriptedServer {
  readonly arrivals: Arrival[] = [];
  private readonly server = createServer((request, response) => void this.handle(request, response));

  private constructor(private readonly handlers: Handler[]) {}

  static async start(...handlers: Handler[]): Promise<ScriptedServer> {
    const server = new ScriptedServer(handlers);
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v1`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method, url, rawHeaders } = request;
    this.arrivals.push({ method, url, rawHeaders, body: Buffer.concat(parts).toString() });
    const handler = this.handlers.length > 1 ? this.handlers.shift() : this.handlers[0];
    handler?.(response, request);
  }
}

/** Answers at once with a whole body. */
export function reply(status: number, headers: Record<string, string>, body: unknown): Handler {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return response => response.writeHead(status, headers).end(text);
}

/** Answers as the real service did. */
export function replay({ response: recorded }: Recording): Handler {
  return response => {
    for (const [name, value] of Object.entries(recorded.headers)) {
      response.setHeader(name, typeof value === 'string' ? value : [...value]);
    }
    response.writeHead(recorded.status).end(recorded.body);
  };
}

/** A stream of one text and its end, in the service's shape. */
export function streamOf(text: string): Handler {
  const chunk = { id: 'gen-1', model: 'm', provider: 'P', choices: [{ delta: { content: text } }] };
  const end = { id: 'gen-1', model: 'm', provider: 'P', choices: [{ delta: {}, finish_reason: 'stop' }] };
  const body = `data: ${JSON.stringify(chunk)}\n\ndata: ${JSON.stringify(end)}\n\ndata: [DONE]\n\n`;
  return reply(200, { 'content-type': 'text/event-stream' }, body);
}
