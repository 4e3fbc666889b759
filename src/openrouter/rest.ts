import type { AccountClient } from '../core/chat/account';
import type { Failure } from '../core/chat/failure';
import { fail, type Result, succeed } from '../core/chat/result';
import type { Catalogue, ModelSelection } from '../core/models/model';
import { BodyReader } from './call/bodyReader';
import { CallGuard } from './call/callGuard';
import { systemClock } from './call/clock';
import type { StallLimits } from './call/stall';
import { type Connection, isOwnHost, redactorOf, requestHeaders } from './connection';
import { type FailureContext, failureOfThrown, notOpenRouter, plainFailure, refusalOf } from './failures';
import { parseGeneration, parseKeyInfo } from './wire/account';
import { type CataloguePage, parseEndpoints, parsePage, parsePresets, parseRows } from './wire/catalogue';
import { parseJson } from './wire/json';

/** These answers are short and made at once; silence means that none will come. */
const defaultLimits: StallLimits = { noBytesMs: 30_000, noDataMs: 30_000 };

/** The model list, and who serves a model. Works without a key; sends it when there is one. */
export function createCatalogue(connection: Connection, limits = defaultLimits): Catalogue {
  return {
    async list(signal, onSkip) {
      const rows = await allRows(connection, '/models', signal, limits);
      return rows.ok ? succeed(parseRows(rows.value, onSkip)) : rows;
    },
    async idsOf(selection, signal) {
      const path = selectionPaths[selection];
      const rows = await allRows(connection, path, signal, limits);
      return rows.ok ? succeed(parseRows(rows.value).map(({ id }) => id)) : rows;
    },
    presets: signal => get(connection, '/presets', signal, limits, parsePresets),
    endpoints(id, signal) {
      const path = id.split('/').map(encodeURIComponent).join('/');
      return get(connection, `/models/${path}/endpoints`, signal, limits, parseEndpoints);
    },
  };
}

const selectionPaths: Readonly<Record<ModelSelection, string>> = {
  account: '/models/user',
  zeroRetention: '/models?zdr=true',
  eu: '/models?region=eu',
  us: '/models?region=us',
};

/** A server that goes on for longer has lost its way. */
const mostPages = 50;

/** The rows of a list, of all its pages: usually there is one. */
async function allRows(
  connection: Connection,
  firstPath: string,
  signal: AbortSignal,
  limits: StallLimits,
): Promise<Result<readonly unknown[]>> {
  const rows: unknown[] = [];
  const asked = new Set<string>();
  for (let path: string | undefined = firstPath; path !== undefined; ) {
    asked.add(path);
    const page: Result<CataloguePage> = await get(connection, path, signal, limits, parsePage);
    if (!page.ok) return page;
    rows.push(...page.value.rows);
    const next: string | undefined = nextPath(firstPath, page.value.nextQuery);
    path = next === undefined || asked.has(next) || asked.size >= mostPages ? undefined : next;
  }
  return succeed(rows);
}

/** The server names the next page by an address; only its query is taken, so that it leads nowhere else. */
function nextPath(firstPath: string, nextQuery: string | undefined): string | undefined {
  if (nextQuery === undefined) return undefined;
  const [path = '', query = ''] = firstPath.split('?', 2);
  const parameters = new URLSearchParams(query);
  for (const [name, value] of new URLSearchParams(nextQuery)) parameters.set(name, value);
  return `${path}?${parameters}`;
}

/** What the key and its requests cost so far. Both calls need the key. */
export function createAccountClient(connection: Connection, limits = defaultLimits): AccountClient {
  return {
    async key(signal) {
      if (!connection.apiKey) return fail({ kind: 'noKey' });
      return get(connection, '/key', signal, limits, parseKeyInfo);
    },
    async generation(id, signal) {
      if (!connection.apiKey) return fail({ kind: 'noKey' });
      const path = `/generation?id=${encodeURIComponent(id)}`;
      const parse = (body: unknown) => parseGeneration(body, redactorOf(connection));
      const found = await get(connection, path, signal, limits, parse);
      const isUnknownYet =
        !found.ok && found.failure.httpStatus === 404 && found.failure.kind !== 'notOpenRouter';
      return isUnknownYet ? succeed(undefined) : found;
    },
  };
}

/** One GET, parsed. Never throws; a cancelled call gives a failure nobody looks at. */
async function get<T>(
  connection: Connection,
  path: string,
  signal: AbortSignal,
  limits: StallLimits,
  parse: (body: unknown) => T | undefined,
): Promise<Result<T>> {
  const context: FailureContext = {
    redactor: redactorOf(connection),
    nowMs: systemClock.epochMs(),
    isOwnHost: isOwnHost(connection),
  };
  const guard = new CallGuard(signal, limits, systemClock);
  try {
    const answer = await guard.race(exchange(connection, path, guard));
    if (answer.status < 200 || answer.status > 299)
      return fail(aboutNoModel(refusalOf(answer, context).failure));
    const value = parse(parseJson(answer.body));
    return value === undefined ? fail(notOpenRouter(context, answer.status)) : succeed(value);
  } catch (error) {
    return fail(
      guard.stoppedBy === 'stalled' ? plainFailure('stalled', context) : failureOfThrown(error, context),
    );
  } finally {
    guard.dispose();
  }
}

/** These calls name no model: a server that does not know them lacks no provider of one. */
function aboutNoModel(failure: Failure): Failure {
  const isAboutModel = ['modelNotFound', 'noEndpoint', 'dataPolicy'].includes(failure.kind);
  return isAboutModel ? { ...failure, kind: 'unknown' } : failure;
}

async function exchange(connection: Connection, path: string, guard: CallGuard) {
  const response = await connection.fetch(connection.baseUrl + path, {
    headers: requestHeaders(connection, false),
    signal: guard.signal,
    redirect: 'manual',
  });
  guard.receive(true);
  return {
    status: response.status,
    headers: response.headers,
    body: await new BodyReader(response, guard).text(),
  };
}
