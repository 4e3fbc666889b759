import type { RequestParameters } from '../chat/requestParameters';

/**
 * Models that go on from an assistant message at the end of the messages. The others answer it, or refuse it: newer
 * Claude models with "This model does not support assistant message prefill".
 * https://openrouter.ai/docs/api-reference/overview#assistant-prefill
 */
const taking: readonly RegExp[] = [
  /^~?anthropic\/claude-(?:2|3|instant|haiku-(?:3|4)(?:\.5)?$|(?:sonnet|opus)-(?:3|4)(?:\.[0-5])?$)/,
  /^deepseek\/deepseek-(?:chat|v3)/,
  /^mistralai\//,
];
/** Models that reason first must begin their answer themselves. */
const reasoning = /thinking|reason|magistral|-r1\b/;

/** A model that reasons first must begin its answer itself. */
export const goesOnFromText = ({ model, reasoningEffort }: RequestParameters): boolean =>
  takesPrefill(model) && reasoningEffort === undefined;

/** Whether the model `id` takes the beginning of its answer and goes on from there. */
export function takesPrefill(id: string): boolean {
  const [row = '', ...suffixes] = id.toLowerCase().split(':');
  if (reasoning.test(row) || suffixes.includes('thinking')) return false;
  return taking.some(model => model.test(row));
}
