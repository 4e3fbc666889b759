import type { Key } from '../account/keys';
import { refusalForMoney, refusalOfKey } from '../account/spendingRules';
import { readPrompt } from '../answers/prompt';
import type { ResolvedModel } from '../catalogue/catalogue';
import { type Provider, providerNamed } from '../catalogue/providers';
import { contextTooLong, unknownModel } from '../faults/requestErrors';
import { type Exchange, isRecord } from '../http/exchange';
import type { Reply } from '../http/reply';
import type { Simulation } from '../simulation';
import type { Asked } from './asked';
import { type AnswerPlan, compose } from './compose';
import { promptTokens } from './generation';
import { isObjection, think } from './reasoning';
import { type ChatBody, isRejected, readChatBody } from './requestBody';
import { isRefused, route } from './routing';
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
  let plan: Plan = instead(unknownModel(asked.body.model));
  for (const candidate of candidates) {
    plan = planOfModel(asked, candidate);
    if (plan.type !== 'reply') break;
  }
  return plan;
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
  const provider = chooseProvider(asked, resolved);
  if (isRefused(provider)) return instead(provider);
  const refused =
    refusalForMoney(asked.key, resolved.model.wire, body.maxTokens) ?? refusalForLength(body, resolved);
  if (refused) return instead(refused);
  const prompt = readPrompt(body.messages);
  const thinking = think(resolved.model.wire, body, prompt);
  if (isObjection(thinking)) return instead(thinking);
  const directives = [...own.directives, ...asked.wish.directives];
  return compose(asked, { requested, resolved, provider, prompt, thinking, directives, context });
}

function chooseProvider({ wish, body }: Asked, { model, sort }: ResolvedModel): Provider | Reply {
  if (wish.script?.provider) return providerNamed(wish.script.provider);
  const isFast = sort === 'throughput' && model.providers.includes('Groq');
  return route(model, isFast ? { ...body.provider, order: ['groq'] } : body.provider);
}

function refusalForLength(
  { messages, maxTokens = 0 }: ChatBody,
  { model }: ResolvedModel,
): Reply | undefined {
  const { context_length, top_provider, architecture } = model.wire;
  const context = top_provider.context_length ?? context_length;
  const tokens = promptTokens(messages, architecture.tokenizer);
  if (context === null || tokens + maxTokens <= context) return undefined;
  return contextTooLong(context, tokens, maxTokens);
}
