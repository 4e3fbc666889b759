import { describeCredits, describeKeyUse } from '../account/accountEndpoints';
import { describeActivity } from '../account/activityEndpoint';
import { describeGeneration } from '../account/generationEndpoint';
import { authenticate, isReply, type Key } from '../account/keys';
import { createCode, exchangeCode, handleSignIn } from '../account/oauth';
import { listPresets } from '../account/presets';
import {
  describeModel,
  listEndpoints,
  listModels,
  listProviders,
  listZdrEndpoints,
} from '../catalogue/modelEndpoints';
import { handleChat } from '../chat/chatHandler';
import { faultContext, insteadOfAnswer, isInstead, readExpression } from '../chat/wish';
import { sendReplay } from '../replay/sendReplay';
import type { Simulation } from '../simulation';
import type { Endpoint } from '../simulator';
import { whenGone } from '../wire/sink';
import type { Exchange } from './exchange';
import { errorReply, type Reply, send } from './reply';

type Handler = (simulation: Simulation, exchange: Exchange, match: RegExpExecArray) => Reply;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly endpoint?: Endpoint;
  readonly handle: Handler;
}

/** Answers only to those who show a valid key. */
const withKey =
  (handle: (simulation: Simulation, key: Key, exchange: Exchange) => Reply): Handler =>
  (simulation, exchange) => {
    const key = keyOf(simulation, exchange);
    return isReply(key) ? key : handle(simulation, key, exchange);
  };

const keyOf = (simulation: Simulation, exchange: Exchange): Key | Reply =>
  authenticate(exchange.recorded.headers.authorization, simulation.keys, simulation.now());

const hasKey = (simulation: Simulation, exchange: Exchange): boolean => !isReply(keyOf(simulation, exchange));

const models = (simulation: Simulation, exchange: Exchange): Reply =>
  listModels(simulation.catalogue, exchange.recorded.query);

const routes: readonly Route[] = [
  { method: 'GET', path: /^\/models$/, endpoint: 'models', handle: models },
  {
    method: 'GET',
    path: /^\/models\/user$/,
    endpoint: 'models',
    handle: withKey((simulation, key, { recorded }) =>
      listModels(simulation.catalogue, recorded.query, key.models),
    ),
  },
  {
    method: 'GET',
    path: /^\/presets$/,
    handle: withKey((_, key, { recorded }) => listPresets(key, recorded.query)),
  },
  {
    method: 'GET',
    path: /^\/models\/count$/,
    handle: simulation => ({ status: 200, body: { data: { count: simulation.catalogue.models.length } } }),
  },
  {
    method: 'GET',
    path: /^\/models\/(.+)\/endpoints$/,
    handle: (simulation, exchange, match) =>
      listEndpoints(
        simulation.catalogue,
        match[1] ?? '',
        hasKey(simulation, exchange),
        simulation.options.listsTiers,
      ),
  },
  {
    method: 'GET',
    path: /^\/endpoints\/zdr$/,
    handle: (simulation, exchange) => listZdrEndpoints(simulation.catalogue, hasKey(simulation, exchange)),
  },
  {
    method: 'GET',
    path: /^\/model\/(.+)$/,
    handle: (simulation, _, match) => describeModel(simulation.catalogue, match[1] ?? ''),
  },
  { method: 'GET', path: /^\/providers$/, handle: listProviders },
  { method: 'GET', path: /^\/(?:auth\/)?key$/, endpoint: 'key', handle: withKey(describeKeyUse) },
  { method: 'GET', path: /^\/credits$/, endpoint: 'credits', handle: withKey(describeCredits) },
  {
    method: 'GET',
    path: /^\/activity$/,
    endpoint: 'activity',
    handle: withKey((simulation, key, { recorded }) => describeActivity(simulation, key, recorded.query)),
  },
  {
    method: 'GET',
    path: /^\/generation$/,
    endpoint: 'generation',
    handle: withKey((simulation, _, { recorded }) =>
      describeGeneration(simulation, recorded.query.get('id')),
    ),
  },
  {
    method: 'POST',
    path: /^\/auth\/keys$/,
    endpoint: 'auth',
    handle: (simulation, { recorded }) => exchangeCode(simulation, recorded.body),
  },
  {
    method: 'POST',
    path: /^\/auth\/keys\/code$/,
    handle: withKey((simulation, _, { recorded }) => createCode(simulation, recorded.body)),
  },
];

const apiPrefix = '/api/v1';

/** Answers one request, whatever its path. */
export async function dispatch(simulation: Simulation, exchange: Exchange): Promise<void> {
  const { method, path, query } = exchange.recorded;
  const { response } = exchange;
  if (method === 'OPTIONS') return send(response, preflight);
  if (path === '/auth') {
    return send(response, handleSignIn(simulation, query, exchange.recorded.headers.accept));
  }
  if (!path.startsWith(`${apiPrefix}/`)) return send(response, notFound(path));
  const rest = decoded(path.slice(apiPrefix.length));
  if (rest === '/chat/completions' && method === 'POST') {
    const key = keyOf(simulation, exchange);
    return isReply(key) ? send(response, key) : handleChat(simulation, exchange, key);
  }
  const route = routes.find(candidate => candidate.path.test(rest));
  if (!route && rest !== '/chat/completions') return send(response, notFound(path));
  if (route?.method !== method)
    return send(response, errorReply(405, 'Method Not Allowed', { anonymous: true }));
  const match = route.path.exec(rest);
  if (route.endpoint && (await answerQueued(simulation, exchange, route.endpoint))) return;
  if (match) send(response, route.handle(simulation, exchange, match));
}

/** A step queued for an endpoint other than chat. */
async function answerQueued(
  simulation: Simulation,
  exchange: Exchange,
  endpoint: Endpoint,
): Promise<boolean> {
  const step = simulation.take(endpoint);
  if (step === undefined) return false;
  if (typeof step === 'object' && 'status' in step) {
    send(exchange.response, step);
    return true;
  }
  const wish =
    typeof step === 'string'
      ? readExpression(simulation, step)
      : { type: 'replay' as const, name: 'replay' in step ? step.replay : '' };
  const what = isInstead(wish) ? wish : insteadOfAnswer(wish, faultContext(simulation, undefined, ''));
  if (what?.type === 'reply') send(exchange.response, what.reply);
  else if (what?.type === 'replay') await sendReplay(simulation, exchange, undefined, what.name);
  else if (what?.does === 'stall') await whenGone(exchange.gone);
  else if (what) exchange.response.destroy();
  return what !== undefined;
}

/** Clients encode what need not be: `%3Afree`. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

const notFound = (path: string): Reply => errorReply(404, `Not Found: ${path}`, { anonymous: true });

/** Browsers refuse to send headers that are not named here, as with the real service. */
const preflight: Reply = {
  status: 204,
  headers: {
    'access-control-allow-methods': 'GET,POST,OPTIONS',
    'access-control-allow-headers':
      'Authorization,Content-Type,HTTP-Referer,X-Title,X-OpenRouter-Title,X-OpenRouter-Categories,X-Session-Id,X-OpenRouter-Metadata,X-OpenRouter-Cache,X-Simulator-Fault,X-Stainless-Lang,X-Stainless-Package-Version,X-Stainless-OS,X-Stainless-Arch,X-Stainless-Runtime,X-Stainless-Runtime-Version,X-Stainless-Retry-Count,X-Stainless-Timeout',
    'access-control-max-age': '86400',
  },
  body: '',
};
