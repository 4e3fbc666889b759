import type { Turn } from './conversation';
import type { FailureAction } from './failureAction';
import { describeFailure } from './failureText';

/** What can be done about how `turn` ended; the page has a button for each, and nothing else may be asked for. */
export function offeredActions({ sent, answer }: Turn): readonly FailureAction[] {
  const failure = answer.ending?.failure;
  return [
    ...(failure ? describeFailure(failure, sent.parameters.model).actions : []),
    ...(answer.status === 'truncated' ? (['openMaxTokensSetting'] as const) : []),
  ];
}
