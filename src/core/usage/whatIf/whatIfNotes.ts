import { countText } from '../../base/formatCount';
import type { ReasoningBasis } from './reasoningForecast';
import type { WhatIfRoute } from './routePrices';
import type { WhatIf } from './whatIf';

export interface NotedFacts extends Pick<WhatIf, 'tooLong' | 'unmoved' | 'trials' | 'reasoning'> {
  /** Undefined when the models stay the same. */
  readonly target: string | undefined;
  readonly route: WhatIfRoute;
  readonly isFree: boolean;
  readonly readsCaches: boolean;
  readonly unknownRequests: number;
}

/** What the figures rest on, and what is not in them, as sentences. */
export function whatIfNotes(facts: NotedFacts): readonly string[] {
  const { target, route, isFree, readsCaches } = facts;
  return [
    isFree ? 'It is free, but limited: free models answer only so many requests a minute and a day.' : '',
    isFree ? '' : answerNote(facts),
    isFree || target === undefined ? '' : reasoningNotes[facts.reasoning],
    readsCaches && target !== undefined && !isFree
      ? 'At the low end its caches are read as much as those of the models that you asked, or as it did for you before; at the high end not at all.'
      : '',
    isFree ? '' : routeNotes[route],
    missing(facts.unknownRequests, 'cost or tokens are not known'),
    missing(facts.tooLong, 'prompts are too long for it'),
    missing(facts.unmoved, 'price there is not known'),
  ].filter(note => note !== '');
}

function answerNote({ target, trials }: NotedFacts): string {
  if (target === undefined) return '';
  if (trials > 0)
    return `How long its answers are is learnt from your own ${countText(trials, 'request')} to it, how it counts tokens from its tokenizer.`;
  return 'You have not asked it yet: its answers are taken to be as long as those you got, within what models differ by.';
}

const reasoningNotes: Readonly<Record<ReasoningBasis, string>> = {
  own: '',
  none: 'It is taken to answer without reasoning first, unless it is asked to.',
  habit: 'It reasons before it answers: as much is assumed as the other models of yours that reason did.',
  assumed:
    'It reasons before it answers, and that is billed as output: as many tokens as the answer has are assumed, at the most three times as many.',
};

const routeNotes: Readonly<Record<WhatIfRoute, string>> = {
  listed: '',
  floor:
    'The cheapest provider is taken, on its flex tier where it has one; at the high end it serves the ordinary tier.',
  flex: 'The flex tier is taken at half the price, where the provider names no other; at the high end it serves the ordinary tier.',
};

function missing(count: number, why: string): string {
  if (count === 0) return '';
  return `${countText(count, 'request')} ${count === 1 ? 'is' : 'are'} not in these figures: ${count === 1 ? 'its' : 'their'} ${why}.`;
}
