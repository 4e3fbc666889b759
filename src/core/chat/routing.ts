import { knownFields } from '../base/knownFields';

/** One provider that OpenRouter asked, in its own words. */
export interface RoutingAttempt {
  readonly provider?: string;
  readonly model?: string;
  /** HTTP status of the provider's answer. */
  readonly status?: number;
  /** Until the provider answered, in ms. */
  readonly latencyMs?: number;
}

/** Something that OpenRouter did to the request or the answer on the way. */
export interface RoutingStage {
  /** `guardrail`, `plugin`, `server_tools`, `response_healing`, `context_compression`, or a word of later. */
  readonly type: string;
  readonly name?: string;
  readonly summary?: string;
  /** What it was billed, in USD: decimal text. */
  readonly costUsd?: string;
  readonly guardrailId?: string;
  /** Whose guardrail it is, such as `workspace`. */
  readonly guardrailScope?: string;
}

/** How OpenRouter handled one request, as it says itself: texts are its own, short and shown as they are. */
export interface Routing {
  /** One sentence. */
  readonly summary?: string;
  /** How the model was chosen: `direct`, `auto`, `fallback` … */
  readonly strategy?: string;
  readonly region?: string;
  /** The tier that served, which may differ from the one asked for. */
  readonly serviceTier?: string;
  /** The number, from 1, of the attempt that the answer is from; of a failed request the last one's. */
  readonly attempt?: number;
  readonly attempts?: readonly RoutingAttempt[];
  /** How many endpoints could have served. */
  readonly endpoints?: number;
  /** How the weights of the endpoint that served are stored, such as `fp8`. */
  readonly quantization?: string;
  /** From the request to the provider until its answer was whole, in ms. */
  readonly generationMs?: number;
  readonly stages?: readonly RoutingStage[];
}

/** `known` with what `told` adds or corrects. */
export function mergeRouting(known: Routing | undefined, told: Routing): Routing {
  return { ...known, ...knownFields(told) };
}

/** The tier that served when it is not the ordinary one, which providers call by these names. */
export function specialTier({ serviceTier }: Routing = {}): string | undefined {
  return serviceTier === 'default' || serviceTier === 'standard' ? undefined : serviceTier;
}

/** The region when it is not the one of OpenRouter's ordinary address. */
export function specialRegion({ region }: Routing = {}): string | undefined {
  return region === 'global' ? undefined : region;
}
