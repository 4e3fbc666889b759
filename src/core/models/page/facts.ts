import { formatCount } from '../../base/formatCount';
import type { ModelReasoning } from '../model';
import type { OfferedModel } from '../modelFilter';

/** A limit or an ability of a model in words. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What a model can take and do, as far as it is known. */
export function factsOf({ model, isZeroRetention, regions = [] }: OfferedModel): readonly Fact[] {
  const { contextTokens, maxCompletionTokens, reasoning, knowledgeCutoff, createdAtSeconds } = model;
  const facts: readonly (readonly [name: string, value: string | undefined])[] = [
    ['Context', tokens(contextTokens)],
    ['Longest answer', tokens(maxCompletionTokens)],
    ['Reads', list(model.inputModalities)],
    ['Answers in', list(model.outputModalities)],
    ['Reasoning', reasoning && reasoningText(reasoning)],
    ['Knows of nothing after', knowledgeCutoff],
    ['In the list since', createdAtSeconds === undefined ? undefined : dayOf(createdAtSeconds)],
    ['Zero retention', retentionText(isZeroRetention)],
    ['Can stay in', regions.length === 0 ? undefined : regions.map(regionName).join(', ')],
    ['Moderation', model.isModerated ? 'prompts pass one of the provider first' : undefined],
    ['Tokenizer', model.tokenizer],
    ['Dated name', model.canonicalSlug === model.id ? undefined : model.canonicalSlug],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

const tokens = (count: number | undefined): string | undefined =>
  count === undefined ? undefined : `${formatCount(count)} tokens`;

const list = (words: readonly string[]): string => (words.length === 0 ? 'text' : words.join(', '));

/** Undefined for a time that no calendar has. */
function dayOf(seconds: number): string | undefined {
  const day = new Date(seconds * 1000);
  return Number.isNaN(day.getTime()) ? undefined : day.toISOString().slice(0, 10);
}

const retentionText = (isZeroRetention: boolean | undefined): string | undefined =>
  isZeroRetention === undefined
    ? undefined
    : isZeroRetention
      ? 'some provider keeps nothing of what it is sent'
      : 'no provider is known to keep nothing';

const regionNames: Readonly<Record<string, string>> = { eu: 'Europe', us: 'the United States' };
const regionName = (region: string): string => regionNames[region] ?? region;

function reasoningText(reasoning: ModelReasoning): string {
  const { isMandatory, isDefaultOn, efforts, defaultEffort, takesMaxTokens } = reasoning;
  const parts = [
    isMandatory ? 'always' : isDefaultOn === false ? 'when it is asked for' : 'can be switched off',
    efforts === 'any' ? 'any effort' : efforts && efforts.length > 0 ? `efforts ${efforts.join(', ')}` : '',
    defaultEffort === undefined ? '' : `by itself ${defaultEffort}`,
    takesMaxTokens ? 'takes a budget of tokens' : '',
  ];
  return parts.filter(part => part !== '').join('; ');
}
