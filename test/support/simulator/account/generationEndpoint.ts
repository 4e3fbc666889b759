import type { Attempt } from '../chat/routing';
import { errorReply, type Reply, workspaceId } from '../http/reply';
import type { BillEntry } from '../money/bill';
import { toWireNumber } from '../money/decimal';
import type { Simulation } from '../simulation';

/** `GET /generation?id=`: what the bill says, a while after the answer ended. */
export function describeGeneration(simulation: Simulation, id: string | null): Reply {
  if (!id) return errorReply(400, 'id is required', { anonymous: true });
  const entry = simulation.bill.get(id);
  const delayMs = simulation.options.generationDelayMs ?? 1000;
  if (!entry || simulation.now() < entry.endedAtMs + delayMs) {
    return (
      simulation.traffic?.generation(id) ?? errorReply(404, `Generation ${id} not found`, { anonymous: true })
    );
  }
  return {
    status: 200,
    headers: { 'cache-control': 'private, no-store' },
    body: { data: toWire(entry) },
  };
}

function toWire(entry: BillEntry): unknown {
  const { tokens } = entry;
  const cost = toWireNumber(entry.costPico);
  return {
    created_at: new Date(entry.startedAtMs).toISOString(),
    model: entry.model,
    app_id: entry.referer ? 1 : null,
    external_user: null,
    streamed: entry.streamed,
    cancelled: entry.cancelled,
    latency: entry.latencyMs,
    moderation_latency: null,
    generation_time: entry.endedAtMs - entry.startedAtMs,
    tokens_prompt: tokens.prompt,
    tokens_completion: tokens.completion,
    native_tokens_prompt: tokens.prompt,
    native_tokens_completion: tokens.completion,
    native_tokens_completion_images: null,
    native_tokens_reasoning: tokens.reasoning,
    native_tokens_cached: tokens.cached,
    num_media_prompt: null,
    num_input_audio_prompt: null,
    num_media_completion: null,
    num_search_results: entry.searches ?? null,
    num_fetches: null,
    web_search_engine: entry.searches ? 'exa' : null,
    preset_id: null,
    workspace_id: workspaceId,
    request_id: `req-${entry.generationId.slice('gen-'.length)}`,
    response_cache_source_id: null,
    origin: entry.referer ?? '',
    http_referer: entry.referer ?? null,
    user_agent: entry.userAgent ?? null,
    session_id: entry.sessionId ?? null,
    is_byok: entry.isByok,
    finish_reason: entry.finishReason,
    native_finish_reason: entry.nativeFinishReason,
    usage: cost,
    api_type: 'completions',
    router: entry.requestedModel.startsWith('openrouter/') ? entry.requestedModel : null,
    data_region: 'global',
    service_tier: entry.serviceTier ?? null,
    provider_responses: entry.attempts.map(attempt => providerResponse(entry, attempt)),
    id: entry.generationId,
    upstream_id: `chatcmpl-${entry.generationId.slice(-20)}`,
    total_cost: cost,
    cache_discount: null,
    upstream_inference_cost: entry.upstreamPico === undefined ? 0 : toWireNumber(entry.upstreamPico),
    provider_name: entry.provider,
  };
}

function providerResponse({ isByok, latencyMs, serviceTier }: BillEntry, attempt: Attempt): unknown {
  const { model, provider, tag, status } = attempt;
  const isTiered = status === 200 && (serviceTier === 'flex' || serviceTier === 'priority');
  return {
    status,
    endpoint_id: `${model}/${tag}`,
    id: `upstream-${tag}`,
    is_byok: isByok,
    latency: latencyMs,
    model_permaslug: model,
    provider_name: provider,
    ...(isTiered && { routed_service_tier: serviceTier }),
  };
}
