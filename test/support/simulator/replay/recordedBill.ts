import type { Key } from '../account/keys';
import { isRecord, parseJson } from '../http/exchange';
import type { BillEntry } from '../money/bill';
import { formatPico, fromWireNumber } from '../money/decimal';
import type { Recording } from './traffic';

type Json = Readonly<Record<string, unknown>>;

/** What a recorded answer says it cost; `undefined` when it says nothing. */
export function billOfRecording(recording: Recording, key: Key, nowMs: number): BillEntry | undefined {
  const messages = jsonOf(recording.response.body);
  const last = messages.findLast(message => isRecord(message.usage));
  if (!last || !isRecord(last.usage) || typeof last.id !== 'string') return undefined;
  const { usage } = last;
  if (typeof usage.cost !== 'number') return undefined;
  const isByok = usage.is_byok === true;
  const upstream = detail(usage, 'cost_details', 'upstream_inference_cost');
  const costPico = fromWireNumber(usage.cost);
  const finish = messages.flatMap(finishOf).find(reason => reason !== null) ?? null;
  return {
    generationId: last.id,
    key: key.text,
    requestedModel: `simulator/replay:${recording.name}`,
    model: String(last.model ?? ''),
    provider: String(last.provider ?? ''),
    endpoint: '',
    attempts: [],
    tokens: {
      prompt: Number(usage.prompt_tokens ?? 0),
      cached: detail(usage, 'prompt_tokens_details', 'cached_tokens'),
      cacheWrite: detail(usage, 'prompt_tokens_details', 'cache_write_tokens'),
      completion: Number(usage.completion_tokens ?? 0),
      reasoning: detail(usage, 'completion_tokens_details', 'reasoning_tokens'),
    },
    costPico,
    feesPico: 0n,
    costUsd: formatPico(costPico),
    isByok,
    ...(isByok && {
      upstreamPico: fromWireNumber(upstream),
      upstreamUsd: formatPico(fromWireNumber(upstream)),
    }),
    cancelled: false,
    streamed: last.object === 'chat.completion.chunk',
    finishReason: finish,
    nativeFinishReason: finish,
    startedAtMs: nowMs,
    endedAtMs: nowMs,
    latencyMs: 0,
  };
}

/** The JSON of a body, or of each event of a stream. */
function jsonOf(body: string): readonly Json[] {
  const whole = parseJson(body);
  if (isRecord(whole)) return [whole];
  return body
    .split(/\r?\n/)
    .filter(line => line.startsWith('data:'))
    .map(line => parseJson(line.slice('data:'.length)))
    .filter(isRecord);
}

function detail(usage: Json, group: string, name: string): number {
  const details = usage[group];
  return isRecord(details) && typeof details[name] === 'number' ? details[name] : 0;
}

function finishOf(message: Json): readonly (string | null)[] {
  const choices = Array.isArray(message.choices) ? message.choices : [];
  return choices
    .filter(isRecord)
    .map(choice => (typeof choice.finish_reason === 'string' ? choice.finish_reason : null));
}
