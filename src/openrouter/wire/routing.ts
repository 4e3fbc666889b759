import { plain } from '../../core/base/plainText';
import type { Redactor } from '../../core/base/redact';
import type { Routing, RoutingAttempt, RoutingStage } from '../../core/chat/routing';
import { toCost } from './decimal';
import { compact, isRecord, type Json, toCount, toList, toRecord, toText } from './json';

/** Longer texts are cut: OpenRouter's own are one sentence. */
const longestSentence = 500;
/** A name or id beyond this is cut. */
const longestName = 200;
/** No request is tried as often, or passes through as much. */
const mostItems = 20;
/** Endpoints beyond this are not looked through for the one that served. */
const mostEndpoints = 500;

/** What a body or a chunk tells of how the request was handled; undefined when it tells nothing. */
export function readRouting(chunk: Json, redactor: Redactor): Routing | undefined {
  const metadata = toRecord(chunk.openrouter_metadata);
  const read = new RoutingReader(redactor);
  const { total, available } = toRecord(metadata.endpoints);
  const served = toList(available).slice(0, mostEndpoints).map(toRecord).find(isSelected);
  return known({
    summary: read.sentence(metadata.summary),
    strategy: read.name(metadata.strategy),
    region: read.name(metadata.region),
    serviceTier: read.name(chunk.service_tier) ?? read.name(metadata.service_tier),
    attempt: toCount(metadata.attempt) || undefined,
    attempts: read.list(metadata.attempts, attempt => read.attempt(attempt)),
    endpoints: toCount(total),
    quantization: read.name(served?.quantization),
    generationMs: toMilliseconds(metadata.generation_time),
    stages: read.list(metadata.pipeline, stage => read.stage(stage)),
  });
}

/** The same facts as `GET /generation` names them. */
export function readGenerationRouting(data: Json, redactor: Redactor): Routing | undefined {
  const read = new RoutingReader(redactor);
  const attempts = read.list(data.provider_responses, attempt => read.response(attempt));
  // The last one that was asked answered, if any did.
  const answered = (attempts ?? []).findLastIndex(({ status }) => status === 200) + 1;
  return known({
    region: read.name(data.data_region),
    serviceTier: read.name(data.service_tier),
    attempt: answered || undefined,
    attempts,
    generationMs: toMilliseconds(data.generation_time),
  });
}

class RoutingReader {
  constructor(private readonly redactor: Redactor) {}

  name(value: unknown): string | undefined {
    return this.text(value, longestName);
  }

  sentence(value: unknown): string | undefined {
    return this.text(value, longestSentence);
  }

  /** What can be read of the first items; undefined when nothing can. */
  list<T>(value: unknown, read: (item: Json) => T | undefined): readonly T[] | undefined {
    const items = toList(value)
      .slice(0, mostItems)
      .map(item => read(toRecord(item)))
      .filter(item => item !== undefined);
    return items.length > 0 ? items : undefined;
  }

  attempt({ provider, model, status, latency }: Json): RoutingAttempt | undefined {
    return known({
      provider: this.name(provider),
      model: this.name(model),
      status: toStatus(status),
      latencyMs: toMilliseconds(latency),
    });
  }

  /** An attempt as `/generation` names its fields. */
  response({ provider_name, model_permaslug, status, latency }: Json): RoutingAttempt | undefined {
    return this.attempt({ provider: provider_name, model: model_permaslug, status, latency });
  }

  stage({ type, name, summary, cost_usd, guardrail_id, guardrail_scope }: Json): RoutingStage | undefined {
    const kind = this.name(type);
    if (kind === undefined) return undefined;
    return compact({
      type: kind,
      name: this.name(name),
      summary: this.sentence(summary),
      costUsd: toCost(cost_usd),
      guardrailId: this.name(guardrail_id),
      guardrailScope: this.name(guardrail_scope),
    });
  }

  /** Text that is not ours, without the key, on one line, with what is hidden in it written out. */
  private text(value: unknown, longest: number): string | undefined {
    const text = toText(value);
    if (text === undefined) return undefined;
    return toText(plain(this.redactor.redactStart(text, longest).trim()).slice(0, longest));
  }
}

const isSelected = ({ selected }: Json): boolean => selected === true;

function toStatus(value: unknown): number | undefined {
  const status = toCount(value);
  return status !== undefined && status >= 100 && status <= 599 ? status : undefined;
}

function toMilliseconds(value: unknown): number | undefined {
  return typeof value === 'number' ? toCount(Math.round(value)) : undefined;
}

/** The value without its undefined fields; undefined when none is left. */
function known<T extends object>(value: T): T | undefined {
  const left = compact(value);
  return isRecord(left) && Object.keys(left).length > 0 ? left : undefined;
}
