import * as v from 'valibot';
import { formatCount } from '../base/formatCount';
import { mostTokens, type ParameterChoice } from '../chat/parameterSettings';
import type { RequestParameters } from '../chat/requestParameters';
import { type ControlledName, controlledNames, type OfferedParameters } from './offeredParameters';

const fieldName = v.picklist(controlledNames);

const choiceField = v.object({
  kind: v.literal('choice'),
  name: fieldName,
  options: v.array(v.object({ value: v.string(), label: v.string() })),
  /** Undefined: nothing is chosen. */
  value: v.optional(v.string()),
  /** What holds then, in words. */
  standard: v.string(),
});

const numberField = v.object({
  kind: v.literal('number'),
  name: fieldName,
  least: v.number(),
  most: v.number(),
  step: v.number(),
  value: v.optional(v.number()),
  standard: v.string(),
});

/** What the control beside the model shows: only what the model supports. */
export const parameterControlSchema = v.object({
  fields: v.array(v.variant('kind', [choiceField, numberField])),
  /** Why others are missing or not sent, a sentence each. */
  notes: v.array(v.string()),
  /** What is chosen, in a few words; undefined: nothing. */
  summary: v.optional(v.string()),
});

export type ParameterControl = Readonly<v.InferOutput<typeof parameterControlSchema>>;
export type ParameterField = ParameterControl['fields'][number];

/** What is chosen for a model, and what holds where nothing is. */
export interface ParameterState {
  readonly offered: OfferedParameters;
  /** All that is remembered of the model. */
  readonly remembered: ParameterChoice;
  /** What of it goes along. */
  readonly sent: ParameterChoice;
  /** What the settings say of every model. */
  readonly settings: RequestParameters;
}

/** The control as the page shows it. */
export function parameterControl({ offered, remembered, sent, settings }: ParameterState): ParameterControl {
  const dropped = controlledNames.filter(name => remembered[name] !== sent[name]);
  const summary = controlledNames.flatMap(name => {
    const value = sent[name];
    return value === undefined ? [] : [short[name](value)];
  });
  return {
    fields: controlledNames.flatMap(name => toField(name, { offered, remembered, sent, settings }) ?? []),
    notes: [
      ...offered.notes,
      ...dropped.map(
        name =>
          `${short[name](remembered[name] ?? '')} is remembered, but not sent: this model does not support it.`,
      ),
    ],
    ...(summary.length > 0 && { summary: summary.join(' · ') }),
  };
}

/** How the button says what is chosen. */
const short: Readonly<Record<ControlledName, (value: string | number) => string>> = {
  reasoningEffort: value => `effort ${value === 'none' ? 'off' : value}`,
  temperature: value => `temp ${value}`,
  maxTokens: value => `≤ ${formatCount(Number(value))} tokens`,
  serviceTier: value => (value === 'default' ? 'standard tier' : `${value}`),
};

function toField(
  name: ControlledName,
  { offered, sent, settings }: ParameterState,
): ParameterField | undefined {
  switch (name) {
    case 'reasoningEffort': {
      if (!offered.reasoningEffort) return undefined;
      const { efforts, standard } = offered.reasoningEffort;
      const options = efforts.map(value => ({ value, label: value === 'none' ? 'off' : value }));
      const byItself = standard === 'none' ? 'off' : standard;
      return {
        kind: 'choice',
        name,
        options,
        value: sent.reasoningEffort,
        standard: standardText(settings.reasoningEffort, byItself),
      };
    }
    case 'temperature': {
      if (!offered.temperature) return undefined;
      const standard = standardText(settings.temperature, offered.temperature.standard);
      return { kind: 'number', name, least: 0, most: 2, step: 0.1, value: sent.temperature, standard };
    }
    case 'maxTokens': {
      const { most } = offered.maxTokens;
      const standard = `default ${formatCount(Math.min(settings.maxTokens, most ?? settings.maxTokens))}`;
      return {
        kind: 'number',
        name,
        least: 1,
        most: most ?? mostTokens,
        step: 1,
        value: sent.maxTokens,
        standard,
      };
    }
    case 'serviceTier': {
      if (!offered.serviceTier) return undefined;
      const { serviceTier: inForce } = settings;
      const tiers = [...(inForce === undefined ? [] : ['default']), ...offered.serviceTier.tiers];
      const options = tiers.map(value => ({ value, label: tierLabels[value] ?? value }));
      return {
        kind: 'choice',
        name,
        options,
        value: sent.serviceTier,
        standard: standardText(inForce, 'standard'),
      };
    }
  }
}

const tierLabels: Readonly<Record<string, string>> = {
  default: 'standard',
  flex: 'flex: cheaper, may be slow',
  priority: 'priority: faster, dearer',
};

/** The settings hold where the control says nothing, and what the model does by itself where they do not either. */
function standardText(ofSettings: string | number | undefined, ofModel: string | number | undefined): string {
  if (ofSettings !== undefined) return `your settings: ${ofSettings}`;
  return ofModel === undefined ? 'default' : `default ${ofModel}`;
}

/**
 * A value that the page gives for `name`, when the control offers it; `undefined`, which takes the choice back, always
 * does. `refused` else.
 */
export function readOffered(
  name: ControlledName,
  value: string | undefined,
  { fields }: ParameterControl,
): ParameterChoice | 'refused' {
  if (value === undefined) return { [name]: undefined };
  const field = fields.find(each => each.name === name);
  if (!field || value.trim() === '') return 'refused';
  const read = field.kind === 'number' ? Number(value) : value;
  return isOffered(field, read) ? { [name]: read } : 'refused';
}

function isOffered(field: ParameterField, value: string | number): boolean {
  if (field.kind === 'choice') return field.options.some(option => option.value === value);
  const { step, least, most } = field;
  if (typeof value !== 'number') return false;
  return value >= least && value <= most && (step < 1 || Number.isSafeInteger(value));
}
