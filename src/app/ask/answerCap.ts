import { splitModelId } from '../../core/chat/modelSuffix';
import type { CapBy } from '../../core/chat/spending';
import type { Model, ModelEndpoint } from '../../core/models/model';
import type { FlatPrices } from '../../core/money/priceBound';
import { stopsBilling } from '../../core/money/stopBilling';
import type { EndpointPrices } from '../models/endpointPrices';

/** How a limit of what an answer may cost is kept, and what is needed to count its cost while it runs. */
export interface AnswerCap {
  readonly by: CapBy;
  /** Who may serve it, at what prices; undefined when nobody says. */
  readonly endpoints?: readonly ModelEndpoint[];
  /** The highest prices that may hold; undefined when they are not known. */
  readonly prices?: FlatPrices;
  /** The most that the prompt is expected to come to. */
  readonly promptTokens: number;
  /** The model's tokenizer family, which tells how many tokens its answer has so far. */
  readonly tokenizer?: string;
}

/** Finds out whether a stop ends the bill, whoever serves a model. */
export class AnswerCaps {
  constructor(private readonly endpoints: Pick<EndpointPrices, 'endpointsOf'>) {}

  /** For a model with its fallbacks, if any; `model` is the row of the list for the first, undefined when it has none. */
  async of(
    [id = '', ...fallbacks]: readonly string[],
    model: Model | undefined,
    signal: AbortSignal,
  ): Promise<Pick<AnswerCap, 'by' | 'endpoints'>> {
    const endpoints = model && (await this.endpoints.endpointsOf(splitModelId(id).row, signal));
    const canStop =
      model !== undefined &&
      fallbacks.length === 0 &&
      !hidesReasoning(model) &&
      endpoints !== undefined &&
      endpoints.length > 0 &&
      endpoints.every(({ provider }) => stopsBilling(provider) === true);
    return { by: canStop ? 'stop' : 'maxTokens', endpoints };
  }
}

/** These vendors send their reasoning encrypted or not at all: what it costs cannot be counted while it runs. */
const silentVendors = /^~?(?:openai|x-ai|google)\//;

const hidesReasoning = ({ id, supportedParameters }: Model): boolean =>
  supportedParameters.includes('reasoning') && silentVendors.test(id);
