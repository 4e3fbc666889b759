import type { Prompt } from '../answers/prompt';
import type { Answer } from '../chat/answer';
import type { Reply } from '../http/reply';
import type { Delivery } from '../wire/delivery';

/** What a fault may look at. */
export interface FaultContext {
  /** After the colon: `simulator/429:5` has `5`. */
  readonly parameter?: string;
  /** As requested. */
  readonly model: string;
  readonly maxTokens?: number;
  readonly nowMs: number;
}

/** A behaviour on demand, chosen by model id, header or {@link import('../simulator').Simulator.next}. */
export type Fault = {
  /** As in `simulator/<name>`. */
  readonly name: string;
  readonly description: string;
  /** What may follow the name after a colon, and what holds without it. */
  readonly parameter?: string;
} & FaultEffect;

export type FaultEffect =
  /** This instead of an answer. */
  | { readonly kind: 'reply'; reply(context: FaultContext): Reply }
  /** No HTTP answer at all. */
  | { readonly kind: 'connection'; readonly does: 'reset' | 'stall' }
  /** So many endpoints fail before one answers. */
  | { readonly kind: 'routing'; failing(context: FaultContext): number }
  /** Another way onto the wire. */
  | { readonly kind: 'delivery'; change(delivery: Delivery, context: FaultContext): Delivery }
  /** Other words. */
  | { readonly kind: 'answer'; change(answer: Answer, prompt: Prompt, context: FaultContext): Answer };

/** The parameter as a number that is not negative. */
export function numberOf(context: FaultContext, otherwise: number): number {
  const value = Number(context.parameter);
  return context.parameter !== undefined && value >= 0 ? value : otherwise;
}
