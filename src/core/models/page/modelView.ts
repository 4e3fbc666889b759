import { showHidden } from '../../base/hiddenCharacters';
import { links } from '../../base/links';
import type { Model } from '../model';
import { isNew, type OfferedModel } from '../modelFilter';
import { indexSource, type ModelSign, signsOf } from '../modelRow';
import { type DescriptionPart, describeInParagraphs } from './description';
import { type Fact, factsOf } from './facts';
import { type PriceGroup, priceGroups, priceNote } from './priceLines';

/** How good others have found a model, in one respect. */
export interface ScoreLine {
  readonly name: string;
  readonly score: number;
  /** `Elo`, or `of 100`. */
  readonly scale: string;
  /** Among the models of the list; 1 is the best. */
  readonly rank?: number;
  readonly source: string;
}

/** A parameter that requests may have, with what the model uses when a request says nothing. */
export interface ParameterLine {
  readonly name: string;
  readonly defaultValue?: number;
}

/** All that the page of a model shows of its row in the list. */
export interface ModelView {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly signs: readonly ModelSign[];
  readonly isNew: boolean;
  readonly warnings: readonly string[];
  readonly description: readonly (readonly DescriptionPart[])[];
  readonly prices: readonly PriceGroup[];
  readonly priceNote?: string;
  readonly facts: readonly Fact[];
  readonly parameters: readonly ParameterLine[];
  readonly scores: readonly ScoreLine[];
}

/** `nowMs`: epoch ms. */
export function toModelView({ model, ...known }: OfferedModel, nowMs: number): ModelView {
  const note = priceNote(model.pricing);
  return {
    id: model.id,
    name: showHidden(model.name),
    address: addressOf(model.id),
    signs: signsOf({ ...known, model }),
    isNew: isNew(model, nowMs),
    warnings: warningsOf({ ...known, model }, nowMs),
    description: describeInParagraphs(showHidden(model.description ?? '')),
    prices: priceGroups(model.pricing, nowMs),
    ...(note === undefined ? {} : { priceNote: note }),
    facts: factsOf({ ...known, model }),
    parameters: parametersOf(model),
    scores: scoresOf(model),
  };
}

/** The model's own page at OpenRouter. */
const addressOf = (id: string): string =>
  `${links.home}/${id.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':')}`;

function warningsOf({ model, isForAccount }: OfferedModel, nowMs: number): readonly string[] {
  const { expirationDate } = model;
  const today = new Date(nowMs).toISOString().slice(0, 10);
  return [
    ...(expirationDate === undefined
      ? []
      : expirationDate < today
        ? [`It went away on ${expirationDate}.`]
        : [`It goes away on ${expirationDate}: choose another model before that.`]),
    ...(isForAccount === false ? ['The settings of your account do not let it be asked.'] : []),
  ];
}

function parametersOf({ supportedParameters, defaultParameters = {} }: Model): readonly ParameterLine[] {
  const names = new Set([...supportedParameters, ...Object.keys(defaultParameters)]);
  return [...names].sort().map(name => {
    const defaultValue = defaultParameters[name];
    return defaultValue === undefined ? { name } : { name, defaultValue };
  });
}

function scoresOf({ benchmarks = {} }: Model): readonly ScoreLine[] {
  const { codingIndex, intelligenceIndex, agenticIndex, designArena = [] } = benchmarks;
  const indexes = [
    ['Coding', codingIndex],
    ['Intelligence', intelligenceIndex],
    ['Agents', agenticIndex],
  ] as const;
  return [
    ...indexes.flatMap(([name, score]) =>
      score === undefined ? [] : [{ name, score, scale: 'of 100', source: indexSource }],
    ),
    ...designArena.map(({ category, elo, rank }) => ({
      name: category,
      score: elo,
      scale: 'Elo',
      ...(rank === undefined ? {} : { rank }),
      source: 'Design Arena',
    })),
  ];
}
