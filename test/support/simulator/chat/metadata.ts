import { providerNamed } from '../catalogue/providers';
import { type Exchange, isRecord } from '../http/exchange';
import type { Reply } from '../http/reply';
import type { Stage } from './answer';
import type { Generation } from './generation';

/** How a request came to its model. */
export type Strategy = 'direct' | 'auto' | 'free' | 'latest' | 'fallback';

/** `openrouter_metadata` is sent only to who asks for it. */
export const wantsMetadata = ({ recorded }: Exchange): boolean =>
  [
    recorded.headers['x-openrouter-metadata'],
    recorded.headers['x-openrouter-experimental-metadata'],
  ].includes('enabled');

/** What became of the request, with a field `openrouter_metadata`; nothing for who did not ask for it. */
export function metadataOf(
  generation: Generation,
  nowMs: number,
): { readonly openrouter_metadata?: unknown } {
  if (!generation.wantsMetadata) return {};
  const { route, requestedModel, strategy, isByok, startedAtMs, answer } = generation;
  const { attempts, candidates, endpoint } = route;
  const model = generation.model.canonical_slug;
  const stages = answer.stages ?? [];
  return {
    openrouter_metadata: {
      requested: requestedModel,
      strategy,
      region: 'global',
      summary: `${endpoint.provider} answered as ${model}, attempt ${attempts.length} of ${candidates.length} possible.`,
      attempt: attempts.length,
      is_byok: isByok,
      attempts: attempts.map(({ model: tried, provider, status }) => ({ model: tried, provider, status })),
      endpoints: {
        total: generation.route.candidates.length,
        available: candidates.map(candidate => ({
          model,
          provider: candidate.provider,
          selected: candidate === endpoint,
        })),
      },
      generation_time: Math.max(0, Math.round(nowMs - startedAtMs)),
      params: { version_group: 'simulator' },
      ...(stages.length && { pipeline: stages.map(wireStage) }),
    },
  };
}

const wireStage = ({ type, name, summary, costUsd, guardrailId }: Stage) => ({
  type,
  name,
  summary,
  ...(costUsd !== undefined && { cost_usd: Number(costUsd) }),
  ...(guardrailId && { guardrail_id: guardrailId, guardrail_scope: 'workspace' }),
});

/** An error with the metadata that was asked for; masked errors (500) never have any. */
export function withErrorMetadata(exchange: Exchange, reply: Reply): Reply {
  const { body } = reply;
  if (!wantsMetadata(exchange) || reply.status === 500 || !isRecord(body) || !isRecord(body.error))
    return reply;
  const { body: request } = exchange.recorded;
  const requested = isRecord(request) && typeof request.model === 'string' ? request.model : '';
  const metadata = isRecord(body.error.metadata) ? body.error.metadata : {};
  const provider = typeof metadata.provider_name === 'string' ? metadata.provider_name : undefined;
  const openrouterMetadata = {
    requested,
    strategy: 'direct',
    region: null,
    summary: provider ? `${provider} was asked and refused.` : 'No endpoint was asked.',
    attempt: 1,
    is_byok: false,
    attempts: provider
      ? [{ model: requested, provider: providerNamed(provider).name, status: reply.status }]
      : [],
    endpoints: { total: 0, available: [] },
  };
  return { ...reply, body: { ...body, openrouter_metadata: openrouterMetadata } };
}
