import type { ParameterChoice } from '../chat/parameterSettings';
import {
  parameterRows,
  type ReasoningEffort,
  reasoningEfforts,
  type ServiceTier,
} from '../chat/requestParameters';
import type { Model } from './model';
import type { TierOffer } from './serviceTiers';

/** What the control beside the model can set, in its order. */
export const controlledNames = ['reasoningEffort', 'temperature', 'maxTokens', 'serviceTier'] as const;
export type ControlledName = (typeof controlledNames)[number];

/** What of a request's parameters can be chosen for a model, and what holds where nothing is. */
export interface OfferedParameters {
  readonly reasoningEffort?: {
    /** The shortest first. */
    readonly efforts: readonly ReasoningEffort[];
    /** What the model does by itself; undefined when nobody says. */
    readonly standard?: string;
  };
  readonly temperature?: { readonly standard?: number };
  /** Goes along with every request. `most`: the model gives no longer answers. */
  readonly maxTokens: { readonly most?: number };
  readonly serviceTier?: { readonly tiers: readonly ServiceTier[] };
  /** Why others are missing, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * What can be chosen for `id`. `model` is its row of the list, undefined when it has none; `offers` what is known of
 * its providers' service tiers, undefined when they have not said.
 */
export function offeredParameters(
  id: string,
  model: Model | undefined,
  offers: readonly TierOffer[] | undefined,
): OfferedParameters {
  if (!model)
    return {
      maxTokens: {},
      notes: [`The list of models does not have ${id}, so nothing is known of what it supports.`],
    };
  const maxTokens = { most: longestAnswer(model) };
  if (isRouter(model)) return { ...ofRouter(model), maxTokens };
  const efforts = choosableEfforts(model);
  const temperature = supports(model, 'temperature')
    ? { standard: model.defaultParameters?.temperature }
    : undefined;
  const tiers = [...new Set((offers ?? []).map(({ tier }) => tier))];
  const notes = [
    efforts.length > 0 ? '' : withoutEffort(model),
    temperature ? '' : 'Temperature: this model does not support it.',
    tiers.length > 0 ? '' : offers ? withoutTier : unknownTiers,
  ];
  return {
    ...(efforts.length > 0 && { reasoningEffort: { efforts, standard: standardEffort(model) } }),
    ...(temperature && { temperature }),
    maxTokens,
    ...(tiers.length > 0 && { serviceTier: { tiers } }),
    notes: notes.filter(note => note !== ''),
  };
}

const withoutTier = 'Service tier: no provider of this model has another one than the standard.';
const unknownTiers = 'Service tier: who serves this model, and at which tiers, is not known yet.';

/** It picks a model for each question: what holds of that one is known only afterwards. */
const isRouter = ({ id, tokenizer }: Model): boolean => tokenizer === 'Router' && !id.startsWith('~');

function ofRouter(model: Model): Pick<OfferedParameters, 'reasoningEffort' | 'temperature' | 'notes'> {
  const { id } = model;
  const efforts = supportedEfforts(model);
  const hasTemperature = supports(model, 'temperature');
  return {
    ...(efforts.length > 0 && { reasoningEffort: { efforts } }),
    ...(hasTemperature && { temperature: {} }),
    notes: [
      efforts.length > 0
        ? `Reasoning off: some models that ${id} may pick always reason.`
        : `Reasoning effort: ${id} takes none.`,
      ...(hasTemperature ? [] : [`Temperature: ${id} takes none.`]),
      `Service tier: ${id} picks a model for each question, and only then is known who serves it.`,
    ],
  };
}

/** What can be asked of the model; it need not be a choice. */
export function supportedEfforts(model: Model): readonly ReasoningEffort[] {
  const { reasoning } = model;
  if (!supports(model, 'reasoning') && !supports(model, 'reasoning_effort')) return [];
  // A router, or a model of which no more is said: some of what it may stand for cannot be switched off.
  if (!reasoning) return reasoningEfforts.filter(effort => effort !== 'none');
  const { isMandatory, efforts, takesMaxTokens } = reasoning;
  // Where a budget of tokens goes, OpenRouter makes one of any effort.
  const takesAny = efforts === 'any' || (efforts === undefined && takesMaxTokens === true);
  return reasoningEfforts.filter(effort =>
    effort === 'none' ? !isMandatory : takesAny || (Array.isArray(efforts) && efforts.includes(effort)),
  );
}

/** None where the only one is what the model does anyway. */
function choosableEfforts(model: Model): readonly ReasoningEffort[] {
  const efforts = supportedEfforts(model);
  const standard = standardEffort(model);
  return efforts.every(effort => effort === standard) ? [] : efforts;
}

function standardEffort({ reasoning }: Model): string | undefined {
  return reasoning?.isDefaultOn === false ? 'none' : reasoning?.defaultEffort;
}

function withoutEffort(model: Model): string {
  if (!model.reasoning) return 'Reasoning effort: this model does not reason.';
  return model.reasoning.isMandatory
    ? 'Reasoning effort: this model always reasons, and its effort cannot be chosen.'
    : 'Reasoning effort: this model has none to choose from.';
}

function longestAnswer({ maxCompletionTokens, contextTokens }: Model): number | undefined {
  const limits = [maxCompletionTokens, contextTokens].filter(limit => limit !== undefined && limit >= 1);
  return limits.length > 0 ? Math.floor(Math.min(...limits.map(Number))) : undefined;
}

/** A field of the body, by its name on the wire. */
const supports = ({ supportedParameters }: Model, field: string): boolean =>
  supportedParameters.includes(field);

/** What of `remembered` a request to the model may carry. What is not known of a model is left to it. */
export function supportedChoice(
  remembered: ParameterChoice,
  model: Model | undefined,
  offers: readonly TierOffer[] | undefined,
): ParameterChoice {
  if (!model) return remembered;
  const kept = Object.entries(remembered).filter(([name, value]) => {
    switch (name as keyof ParameterChoice) {
      case 'maxTokens':
        return true;
      case 'reasoningEffort':
        return supportedEfforts(model).some(effort => effort === value);
      case 'serviceTier':
        return value === 'default' || !offers || offers.some(({ tier }) => tier === value);
      default:
        return supports(model, parameterRows[name as keyof ParameterChoice].wireName);
    }
  });
  return Object.fromEntries(kept);
}
