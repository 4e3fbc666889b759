import { type Fault, numberOf } from './fault';

/** Endpoints that fail, so that another one serves. */
export const routings: readonly Fault[] = [
  {
    name: 'fallback',
    description: 'the first endpoints fail and the next one answers',
    parameter: 'how many fail (1)',
    kind: 'routing',
    failing: context => numberOf(context, 1),
  },
];
