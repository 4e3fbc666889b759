import { answerAbout } from '../answers/answerAbout';
import type { Prompt } from '../answers/prompt';
import type { ResolvedModel } from '../catalogue/catalogue';
import type { Provider } from '../catalogue/providers';
import type { FaultContext } from '../faults/fault';
import type { Directive } from '../faults/faults';
import { type Delivery, plainDelivery } from '../wire/delivery';
import type { Answer } from './answer';
import type { Asked } from './asked';
import { createGeneration, type Generation, promptTokens } from './generation';
import type { Thinking } from './reasoning';

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
  readonly provider: Provider;
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
      provider: decided.provider,
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

function answerOf({ wish }: Asked, { prompt, thinking, directives, context }: Decided): Answer {
  let answer: Answer = { content: answerAbout(prompt), ...(thinking.text && { reasoning: thinking.text }) };
  for (const directive of directives) {
    if (directive.fault.kind === 'answer')
      answer = directive.fault.change(answer, prompt, context(directive));
  }
  return { ...answer, ...wish.script?.answer };
}

function deliveryOf({ simulation, wish }: Asked, { directives, context }: Decided): Delivery {
  const { tokensPerSecond } = simulation.options;
  let delivery: Delivery = { ...plainDelivery, ...(tokensPerSecond && { tokensPerSecond }) };
  for (const directive of directives) {
    if (directive.fault.kind === 'delivery') delivery = directive.fault.change(delivery, context(directive));
  }
  return { ...delivery, ...wish.script?.delivery };
}

function promptCounts(asked: Asked, { resolved }: Decided, answer: Answer): Generation['prompt'] {
  const { pricing, architecture, id } = resolved.model.wire;
  const { messages, cacheControl } = asked.body;
  const tokens = promptTokens(messages, architecture.tokenizer);
  if (answer.cachedPercent !== undefined) {
    return { tokens, cached: Math.floor((tokens * answer.cachedPercent) / 100), cacheWrite: 0 };
  }
  const isExplicit = pricing.input_cache_write !== undefined && id.includes('anthropic/');
  if (!pricing.input_cache_read || (isExplicit && !cacheControl)) return { tokens, cached: 0, cacheWrite: 0 };
  const scope = `${asked.key.text}\n${id}`;
  const cached = Math.min(tokens, asked.simulation.promptCache.read(scope, messages));
  return { tokens, cached, cacheWrite: isExplicit ? tokens - cached : 0 };
}
