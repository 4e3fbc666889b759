import { showHidden } from '../../base/hiddenCharacters';
import type { ExcludingRule } from '../../chat/failure';
import type { RequestParameters } from '../../chat/requestParameters';
import { type EndpointFacts, excludingRules } from '../excludingRules';
import { type PriceGroup, type PriceLine, priceGroups } from './priceLines';

/** An endpoint of a model as the model's page shows it; what nobody tells is undefined. */
export interface EndpointRow {
  readonly provider: string;
  /** What it is asked for by; undefined: it cannot be asked for by name. */
  readonly tag?: string;
  readonly input?: PriceLine;
  readonly output?: PriceLine;
  /** All other prices, and those under conditions. */
  readonly otherPrices: readonly PriceGroup[];
  readonly contextTokens?: number;
  readonly quantization?: string;
  /** Over the last day. */
  readonly uptimePercent?: number;
  /** Until the first token. */
  readonly latencyMs?: number;
  readonly tokensPerSecond?: number;
  readonly keepsNothing?: boolean;
  /** The user's rules that keep requests from it; empty: it may serve. */
  readonly excludedBy: readonly ExcludingRule[];
  /** True when it would serve if requests were tied to it: no other rule of the user keeps it out. */
  readonly canBePinned: boolean;
}

/** `parameters`: those in force, whose rules decide who may serve. `nowMs`: epoch ms. */
export function toEndpointRow(
  endpoint: EndpointFacts,
  parameters: RequestParameters,
  nowMs: number,
): EndpointRow {
  const { provider, tag, serviceTier, quantization, keepsNothing, live = {} } = endpoint;
  const groups = priceGroups(endpoint.pricing, nowMs);
  const always = groups.find(({ condition }) => condition === undefined)?.lines ?? [];
  const [input, output] = ['Input', 'Output'].map(name => always.find(line => line.name === name));
  const others = always.filter(line => line !== input && line !== output);
  return {
    provider: showHidden(
      `${provider ?? tag ?? 'unknown'}${serviceTier === undefined ? '' : ` (${serviceTier})`}`,
    ),
    ...(tag === undefined ? {} : { tag }),
    ...(input && { input }),
    ...(output && { output }),
    otherPrices: [
      ...(others.length > 0 ? [{ lines: others }] : []),
      ...groups.filter(({ condition }) => condition !== undefined),
    ],
    ...live,
    ...(quantization === undefined ? {} : { quantization }),
    ...(keepsNothing === undefined ? {} : { keepsNothing }),
    excludedBy: excludingRules([endpoint], parameters),
    canBePinned: tag !== undefined && excludingRules([endpoint], withoutChoice(parameters)).length === 0,
  };
}

/** Without the rules that a pin takes the place of. */
function withoutChoice(parameters: RequestParameters): RequestParameters {
  const { only: _only, order: _order, allow_fallbacks: _fallbacks, ...provider } = parameters.provider ?? {};
  return { ...parameters, provider };
}
