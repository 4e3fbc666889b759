import type { FaultContext } from '../faults/fault';
import { type Directive, parseDirectives } from '../faults/faults';
import { type Exchange, isRecord } from '../http/exchange';
import { errorReply, type Reply } from '../http/reply';
import type { Simulation } from '../simulation';
import type { Script } from '../simulator';

/** Something instead of an answer. */
export type Instead =
  | { readonly type: 'reply'; readonly reply: Reply }
  | { readonly type: 'connection'; readonly does: 'reset' | 'stall' }
  | { readonly type: 'replay'; readonly name: string };

/** What was asked of the simulator beside the request itself. */
export interface Wish {
  readonly directives: readonly Directive[];
  readonly script?: Script;
}

export const isInstead = (value: Wish | Instead): value is Instead => 'type' in value;

/** The queued step and the header, which concern the request whatever its model. */
export function readWish(simulation: Simulation, exchange: Exchange): Wish | Instead {
  const step = simulation.take('chat');
  if (typeof step === 'object' && 'status' in step) return { type: 'reply', reply: step };
  if (typeof step === 'object' && 'replay' in step) return { type: 'replay', name: step.replay };
  const header = exchange.recorded.headers['x-simulator-fault'];
  const wishes = [step, header]
    .filter(expression => typeof expression === 'string')
    .map(expression => readExpression(simulation, expression));
  const other = wishes.find(isInstead);
  if (other) return other;
  const directives = wishes.flatMap(wish => (isInstead(wish) ? [] : wish.directives));
  return { directives, ...(typeof step === 'object' && { script: step }) };
}

/** What the id `simulator/<expression>` asks for; nothing for other models. */
export function readModelWish(simulation: Simulation, model: string): Wish | Instead {
  if (!model.startsWith('simulator/')) return { directives: [] };
  return readExpression(simulation, model.slice('simulator/'.length));
}

export function readExpression(simulation: Simulation, expression: string): Wish | Instead {
  const { directives, replay, unknown } = parseDirectives(expression, simulation.tries);
  if (replay) return { type: 'replay', name: replay };
  if (!unknown.length) return { directives };
  const message = `simulator/${unknown.join('+')} is not a valid model ID`;
  return { type: 'reply', reply: errorReply(400, message) };
}

/** The first fault that leaves no room for an answer. */
export function insteadOfAnswer(
  { directives }: Wish,
  context: (directive: Directive) => FaultContext,
): Instead | undefined {
  for (const directive of directives) {
    const { fault } = directive;
    if (fault.kind === 'connection') return { type: 'connection', does: fault.does };
    if (fault.kind === 'reply') return { type: 'reply', reply: fault.reply(context(directive)) };
  }
  return undefined;
}

/** What faults may see of a request. */
export function faultContext(simulation: Simulation, body: unknown, model: string) {
  const limit = isRecord(body) ? (body.max_completion_tokens ?? body.max_tokens) : undefined;
  return ({ parameter }: Directive): FaultContext => ({
    model,
    nowMs: simulation.now(),
    ...(typeof limit === 'number' && { maxTokens: limit }),
    ...(parameter !== undefined && { parameter }),
  });
}
