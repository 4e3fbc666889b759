import { allOf, type Generation, type Progress } from '../chat/generation';
import { metadataOf } from '../chat/metadata';
import { reasoningFormat } from '../chat/reasoning';
import { enterBill, servedTier, settle, wireUsage } from '../chat/settlement';
import type { Exchange } from '../http/exchange';
import { commonHeaders } from '../http/reply';
import type { Simulation } from '../simulation';
import type { Delivery } from './delivery';
import { pause, Sink, whenGone } from './sink';

/** What stands before the JSON when the answer takes long. */
const keepAlive = '\n         \n\n         \n';

/** Sends the answer as one JSON body. Not streamed, so it is billed in full even if nobody waits for it. */
export async function sendWhole(
  simulation: Simulation,
  exchange: Exchange,
  generation: Generation,
  delivery: Delivery,
): Promise<void> {
  simulation.activeStreams++;
  const { response, gone } = exchange;
  const progress = progressOf(generation, delivery);
  const isError = delivery.ending === 'error' || delivery.ending === 'bareError';
  const finishReason = isError ? 'error' : generation.finishReason;
  try {
    response.writeHead(200, {
      ...commonHeaders,
      'content-type': 'application/json',
      'x-generation-id': generation.id,
      'x-provider-name': generation.provider.name,
    });
    response.flushHeaders();
    if (delivery.tokensPerSecond) await pause((progress.completion * 1000) / delivery.tokensPerSecond, gone);
    enterBill(simulation, generation, progress, { cancelled: gone.aborted, finishReason });
    const sink = new Sink(response, { ...delivery, newline: '\n' }, gone);
    if (delivery.padding) await sink.write(keepAlive);
    const text = JSON.stringify({
      ...body(generation, delivery, progress, finishReason),
      ...metadataOf(generation, simulation.now()),
    });
    await finish(sink, exchange, delivery, text);
  } finally {
    const bill = simulation.bill.get(generation.id);
    simulation.endStream({ generationId: generation.id, aborted: gone.aborted, ...(bill && { bill }) });
  }
}

function progressOf(generation: Generation, delivery: Delivery): Progress {
  const all = allOf(generation);
  if (delivery.ending !== 'error' && delivery.ending !== 'bareError') return all;
  const completion = Math.min(all.completion, delivery.endAfterTokens ?? all.completion);
  return { completion, reasoning: Math.min(all.reasoning, completion) };
}

async function finish(sink: Sink, exchange: Exchange, delivery: Delivery, text: string): Promise<void> {
  switch (delivery.ending) {
    case 'cut':
    case 'reset':
      await sink.write(text.slice(0, Math.floor(text.length / 2)));
      if (delivery.ending === 'cut') return sink.end();
      await sink.flush();
      exchange.response.destroy();
      return;
    case 'stall':
      await sink.write(keepAlive);
      await sink.flush();
      return whenGone(exchange.gone);
    default:
      await sink.write(text);
      return sink.end();
  }
}

function body(generation: Generation, delivery: Delivery, progress: Progress, finishReason: string): object {
  const { error } = delivery;
  if (error && progress.completion === 0) return { id: generation.id, error };
  const settlement = settle(generation, progress, { cancelled: false, finishReason });
  return {
    id: generation.id,
    object: 'chat.completion',
    created: generation.createdSeconds,
    model: generation.servedAs,
    provider: generation.provider.name,
    system_fingerprint: null,
    service_tier: servedTier(generation) ?? null,
    choices: [
      {
        index: 0,
        logprobs: null,
        finish_reason: delivery.ending === 'noFinish' ? null : finishReason,
        native_finish_reason: generation.nativeFinishReason,
        message: message(generation, progress),
        ...(error && { error }),
      },
    ],
    ...(delivery.usage !== 'none' && { usage: wireUsage(generation, settlement, delivery.usage) }),
  };
}

function message(generation: Generation, progress: Progress): unknown {
  const { answer, toolCalls } = generation;
  const content = generation.content.slice(0, progress.completion - progress.reasoning).join('');
  const reasoning = generation.reasoning.slice(0, progress.reasoning).join('');
  const isNull = content === '' && (answer.nullContent || toolCalls.length > 0 || answer.refusal);
  const format = reasoningFormat(generation.model.id);
  const shows = reasoning !== '' && generation.showsReasoning;
  return {
    role: 'assistant',
    content: isNull ? null : content,
    refusal: answer.refusal ?? null,
    reasoning: shows ? reasoning : null,
    ...(shows && { reasoning_details: [{ type: 'reasoning.text', text: reasoning, format, index: 0 }] }),
    ...(toolCalls.length > 0 && {
      tool_calls: toolCalls.map((call, index) => ({
        type: 'function',
        index,
        id: `call_${index}`,
        function: { name: call.name, arguments: call.pieces.join('') },
      })),
    }),
    ...(answer.images && {
      images: answer.images.map((url, index) => ({ type: 'image_url', image_url: { url }, index })),
    }),
    ...(answer.citations && {
      annotations: answer.citations.map(citation => ({ type: 'url_citation', url_citation: citation })),
    }),
  };
}
