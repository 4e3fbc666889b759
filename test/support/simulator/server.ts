import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSimulation } from './createSimulation';
import { payloadTooLarge } from './faults/requestErrors';
import { type Exchange, parseJson, type RecordedRequest, readBody } from './http/exchange';
import { errorReply, send } from './http/reply';
import { dispatch } from './http/router';
import type { Simulation } from './simulation';
import type { Simulator, SimulatorOptions } from './simulator';

/** Ms; longer than any test, so that no client finds its kept connection just closed. */
const keepAliveTimeout = 600_000;

/** Starts an OpenRouter of its own on this machine. Rejects when the port is taken. Dispose it. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulation = createSimulation(options);
  const end = new AbortController();
  const server = createServer({ keepAliveTimeout }, (request, response) => {
    serve(simulation, request, response, end.signal).catch(error => fail(response, error));
  });
  const { host = '127.0.0.1', port: wanted = 0 } = options;
  await listen(server, wanted, host);
  const { port } = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const origin = `http://${host === '::1' ? '[::1]' : host}:${port}`;
  return {
    url: `${origin}/api/v1`,
    origin,
    port,
    bill: simulation.bill,
    requests: simulation.requests,
    get activeStreams() {
      return simulation.activeStreams;
    },
    onDidReceive: simulation.received.event,
    onDidEndStream: simulation.streamEnded.event,
    next: (step, endpoint) => simulation.next(step, endpoint),
    dropSteps: () => simulation.dropSteps(),
    idle: () => simulation.idle(),
    dispose: () => {
      end.abort();
      closed ??= close(server);
      return closed;
    },
  };
}

async function serve(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
  end: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  end.addEventListener('abort', leave, { once: true });
  response.on('close', () => {
    end.removeEventListener('abort', leave);
    if (!response.writableFinished) leave();
  });
  const rawBody = await readBody(request);
  const recorded = record(simulation, request, rawBody ?? '');
  if (rawBody === undefined) return send(response, payloadTooLarge());
  const exchange: Exchange = { recorded, response, gone: gone.signal };
  await dispatch(simulation, exchange);
}

function record(simulation: Simulation, request: IncomingMessage, rawBody: string): RecordedRequest {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const recorded: RecordedRequest = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: rawBody === '' ? undefined : parseJson(rawBody),
    rawBody,
    arrivedAtMs: simulation.now(),
  };
  simulation.requests.push(recorded);
  simulation.received.fire(recorded);
  return recorded;
}

/** A mistake of the simulator itself, shown to whoever runs it. A client that left is none. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  console.error('simulator:', error);
  if (response.headersSent) response.destroy();
  else send(response, errorReply(500, `The simulator failed: ${String(error)}`));
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
