import type { Key } from '../account/keys';
import { refusalForMoney, refusalOfKey } from '../account/spendingRules';
import { readPrompt } from '../answers/prompt';
import type { ResolvedModel } from '../catalogue/catalogue';
import { providerNamed } from '../catalogue/providers';
import { unknownModel } from '../faults/requestErrors';
import { type Exchange, isRecord } from '../http/exchange';
import type { Reply } from '../http/reply';
import type { Simulation } from '../simulation';
import type { Asked } from './asked';
import { type AnswerPlan, compose } from './compose';
import { promptTokens as countPrompt } from './generation';
import type { Strategy } from './metadata';
import { isObjection, think } from './reasoning';
import { type ChatBody, isRejected, readChatBody } from './requestBody';
import { type Attempt, type Circumstance, isRefused, type Route, route } from './routing';
import { faultContext, type Instead, insteadOfAnswer, isInstead, readModelWish, readWish } from './wish';

/** What is to be done about a request. */
export type Plan = Instead | AnswerPlan;

const instead = (reply: Reply): Plan => ({ type: 'reply', reply });

export function planFor(simulation: Simulation, exchange: Exchange, key: Key): Plan {
  const wish = readWish(simulation, exchange);
  if (isInstead(wish)) return wish;
  const { body: raw } = exchange.recorded;
  const named = isRecord(raw) && typeof raw.model === 'string' ? raw.model : '';
  const fault = insteadOfAnswer(wish, faultContext(simulation, raw, named));
  if (fault) return fault;
  const refused = refusalOfKey(simulation, key);
  if (refused) return instead(refused);
  const body = readChatBody(raw);
  if (isRejected(body)) return instead(body);
  return planOfFirst({ simulation, exchange, key, body, wish });
}

/** The model, then its fallbacks: the first that does not refuse. */
function planOfFirst(asked: Asked): Plan {
  const candidates = [...new Set([asked.body.model, ...asked.body.models])];
  const failed: Attempt[] = [];
  let plan: Plan = instead(unknownModel(asked.body.model));
  for (const candidate of candidates) {
    plan = planOfModel(asked, candidate);
    if (plan.type !== 'reply') break;
    failed.push({ model: candidate, ...whoRefused(plan.reply), status: plan.reply.status });
  }
  if (plan.type !== 'answer' || !failed.length) return plan;
  const { route: chosen } = plan.generation;
  const attempts = [...failed.filter(({ provider }) => provider !== ''), ...chosen.attempts];
  return { ...plan, generation: { ...plan.generation, route: { ...chosen, attempts } } };
}

/** The provider that an error names; empty when it never came to one. */
function whoRefused({ body }: Reply): { readonly provider: string; readonly tag: string } {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const name = isRecord(error.metadata) ? error.metadata.provider_name : undefined;
  return typeof name === 'string'
    ? { provider: name, tag: providerNamed(name).slug }
    : { provider: '', tag: '' };
}

function planOfModel(asked: Asked, requested: string): Plan {
  const { simulation, exchange, body } = asked;
  const own = readModelWish(simulation, requested);
  if (isInstead(own)) return own;
  const resolved = simulation.catalogue.resolve(requested);
  if (!resolved) return instead(unknownModel(requested));
  const context = faultContext(simulation, exchange.recorded.body, requested);
  const fault = insteadOfAnswer(own, context);
  if (fault) return fault;
  const directives = [...own.directives, ...asked.wish.directives];
  const counted = count(body, resolved);
  const failing = directives.reduce(
    (sum, directive) =>
      directive.fault.kind === 'routing' ? sum + directive.fault.failing(context(directive)) : sum,
    0,
  );
  const now = { promptTokens: counted.promptTokens, nowMs: simulation.now(), failing };
  const chosen = chooseEndpoint(asked, resolved, { ...now, pickFirst: balancing(asked, resolved) });
  if (isRefused(chosen)) return instead(chosen);
  const refused = refusalForMoney(simulation, asked.key, resolved.model.wire, body.maxTokens);
  if (refused) return instead(refused);
  const prompt = readPrompt(body.messages);
  const thinking = think(resolved.model.wire, body, prompt);
  if (isObjection(thinking)) return instead(thinking);
  const strategy = strategyOf(requested, asked);
  const decided = { requested, resolved, route: chosen, strategy, prompt, thinking, directives, context };
  return compose(asked, { ...decided, ...counted });
}

function strategyOf(requested: string, { body }: Asked): Strategy {
  if (requested !== body.model) return 'fallback';
  if (requested === 'openrouter/free') return 'free';
  if (requested.startsWith('openrouter/')) return 'auto';
  return requested.startsWith('~') ? 'latest' : 'direct';
}

function chooseEndpoint(
  { simulation, wish, body }: Asked,
  resolved: ResolvedModel,
  now: Circumstance,
): Route | Reply {
  const chosen = route(resolved, body, now);
  if (isRefused(chosen)) return chosen;
  if (body.sessionId)
    simulation.sessionEndpoints.set(sessionOf(body.sessionId, resolved), chosen.endpoint.tag);
  if (!wish.script?.provider) return chosen;
  const provider = providerNamed(wish.script.provider);
  const endpoint = { ...chosen.endpoint, provider: provider.name, tag: provider.slug };
  const attempt = {
    model: resolved.model.wire.canonical_slug,
    provider: provider.name,
    tag: provider.slug,
    status: 200,
  };
  return { endpoint, provider, attempts: [attempt], candidates: [endpoint] };
}

const sessionOf = (id: string, { model }: ResolvedModel): string => `${id}\n${model.wire.id}`;

/** A session stays where it was, for the sake of the cache; else the balance of the load decides. */
function balancing({ simulation, body }: Asked, resolved: ResolvedModel): Circumstance['pickFirst'] {
  const last = body.sessionId && simulation.sessionEndpoints.get(sessionOf(body.sessionId, resolved));
  return endpoints => {
    const index = endpoints.findIndex(({ tag }) => tag === last);
    return index >= 0 ? index : (simulation.options.balance?.(endpoints.length) ?? 0);
  };
}

/** Endpoints with so small a context shorten a prompt that is too long, unless told not to. */
const compressedContext = 8192;

function count(body: ChatBody, { model }: ResolvedModel) {
  const { context_length, top_provider, architecture } = model.wire;
  const promptTokens = countPrompt(body.messages, architecture.tokenizer);
  const context = top_provider.context_length ?? context_length ?? Number.POSITIVE_INFINITY;
  const room = context - (body.maxTokens ?? 0);
  const mayCompress = body.compression ?? context <= compressedContext;
  const isCompressed = mayCompress && promptTokens > room && room > 0;
  return { promptTokens: isCompressed ? room : promptTokens, isCompressed };
}
