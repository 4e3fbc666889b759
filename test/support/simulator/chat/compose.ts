import type { Prompt } from '../answers/prompt';
import { nativePromptTokens } from '../answers/tokens';
import type { ResolvedModel } from '../catalogue/catalogue';
import type { FaultContext } from '../faults/fault';
import type { Directive } from '../faults/faults';
import { formatPico, parseDecimal } from '../money/decimal';
import { type Delivery, plainDelivery } from '../wire/delivery';
import type { Answer, Stage } from './answer';
import type { Asked } from './asked';
import { answerTo } from './continuing';
import { createGeneration, type Generation } from './generation';
import { type Strategy, wantsMetadata } from './metadata';
import type { Thinking } from './reasoning';
import type { Route } from './routing';

/** An answer and its way onto the wire. */
export interface AnswerPlan {
  readonly type: 'answer';
  readonly generation: Generation;
  readonly delivery: Delivery;
}

/** What was decided about a request before its answer is written. */
export interface Decided {
  readonly requested: string;
  readonly resolved: ResolvedModel;
  readonly route: Route;
  readonly strategy: Strategy;
  /** As counted, after any compression. */
  readonly promptTokens: number;
  readonly isCompressed: boolean;
  readonly prompt: Prompt;
  readonly thinking: Thinking;
  readonly directives: readonly Directive[];
  readonly context: (directive: Directive) => FaultContext;
}

export function compose(asked: Asked, decided: Decided): AnswerPlan {
  const answer = answerOf(asked, decided);
  const { headers } = asked.exchange.recorded;
  const referer = headers.referer ?? headers['http-referer'];
  const generation = createGeneration(
    {
      startedAtMs: asked.simulation.now(),
      requestedModel: decided.requested,
      servedAs: decided.resolved.servedAs,
      model: decided.resolved.model.wire,
      provider: decided.route.provider,
      route: decided.route,
      strategy: decided.strategy,
      wantsMetadata: wantsMetadata(asked.exchange),
      images: asked.body.images,
      writesForAnHour: asked.body.cachesForAnHour,
      ...(asked.body.serviceTier && { serviceTier: asked.body.serviceTier }),
      key: asked.key,
      isByok: asked.key.isByok || answer.isByok === true,
      streamed: asked.body.stream,
      prompt: promptCounts(asked, decided, answer),
      answer,
      showsReasoning: decided.thinking.visible,
      ...(typeof referer === 'string' && { referer }),
      ...(headers['user-agent'] && { userAgent: headers['user-agent'] }),
      ...(asked.body.sessionId && { sessionId: asked.body.sessionId }),
    },
    asked.body.maxTokens,
  );
  return { type: 'answer', generation, delivery: deliveryOf(asked, decided) };
}

function answerOf({ wish, body }: Asked, decided: Decided): Answer {
  const { prompt, thinking, directives, context, resolved } = decided;
  let answer: Answer = {
    content: answerTo(body.messages, resolved.model.wire.id),
    ...(thinking.text && { reasoning: thinking.text }),
    ...((body.searchesWeb || resolved.searchesWeb) && { webSearches: 1 }),
  };
  for (const directive of directives) {
    if (directive.fault.kind === 'answer')
      answer = directive.fault.change(answer, prompt, context(directive));
  }
  answer = { ...answer, ...wish.script?.answer };
  return {
    ...answer,
    stages: [
      ...(decided.isCompressed ? [compressed] : []),
      ...searches(answer, decided),
      ...(answer.stages ?? []),
    ],
  };
}

const compressed: Stage = {
  type: 'context_compression',
  name: 'context-compression',
  summary: 'The middle of the prompt was left out.',
};

function searches({ webSearches: count }: Answer, { route }: Decided): readonly Stage[] {
  if (!count) return [];
  const price = parseDecimal(route.endpoint.pricing.web_search ?? '0.005');
  const costUsd = formatPico(price * BigInt(count));
  return [{ type: 'server_tools', name: 'web_search', summary: `${count} searches.`, costUsd }];
}

function deliveryOf({ simulation, wish }: Asked, { directives, context }: Decided): Delivery {
  const { tokensPerSecond } = simulation.options;
  let delivery: Delivery = { ...plainDelivery, ...(tokensPerSecond && { tokensPerSecond }) };
  for (const directive of directives) {
    if (directive.fault.kind === 'delivery') delivery = directive.fault.change(delivery, context(directive));
  }
  return { ...delivery, ...wish.script?.delivery };
}

function promptCounts(asked: Asked, decided: Decided, answer: Answer): Generation['prompt'] {
  const { promptTokens: tokens, route, resolved } = decided;
  const { endpoint, provider } = route;
  if (answer.cachedPercent !== undefined) {
    return { tokens, cached: Math.floor((tokens * answer.cachedPercent) / 100), cacheWrite: 0 };
  }
  if (!endpoint.pricing.input_cache_read || !provider.cache.ttlMs)
    return { tokens, cached: 0, cacheWrite: 0 };
  const { messages, cacheMarks, cachesForAnHour } = asked.body;
  const { tokenizer } = resolved.model.wire.architecture;
  const native = (count: number): number => nativePromptTokens(count, tokenizer);
  const request = { messages, marks: cacheMarks, native, ...(cachesForAnHour && { ttlMs: 3_600_000 }) };
  const scope = `${asked.key.text}\n${resolved.model.wire.id}\n${endpoint.tag}`;
  const use = asked.simulation.promptCache.use(scope, provider.cache, request, asked.simulation.now());
  const cached = Math.min(tokens, use.cached);
  // The last mark may stand before the end of the prompt: only what is before it is written.
  const cacheWrite = Math.max(0, Math.min(tokens, use.marked) - cached);
  return { tokens, cached, cacheWrite };
}
