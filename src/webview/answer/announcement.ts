import type { Answer } from '../../core/chat/answer';
import { turnHeading } from '../../core/chat/comparison';
import type { Turn } from '../../core/chat/conversation';
import { describeFailure } from '../../core/chat/failureText';
import { stageNotices } from '../../core/chat/routingText';
import { toCostView } from './figures';

/**
 * What screen readers are told when an answer changes from `before` to `turn.answer`: that it begins, waits for
 * another try, or has ended. Never the text while it arrives.
 */
export function announcement(before: Answer, turn: Turn): string | undefined {
  const { sent, answer } = turn;
  const title = turnHeading(turn);
  if (answer.retry && answer.retry !== before.retry) {
    const seconds = Math.ceil(answer.retry.delayMs / 1000);
    return `${describeFailure(answer.retry.failure, sent.parameters.model).sentence} Try ${answer.retry.attempt} in ${seconds} seconds.`;
  }
  if (before.status === 'streaming' && answer.status !== 'streaming')
    return ending(title, sent.parameters.model, answer);
  const hasBegun = (given: Answer): boolean => given.text !== '' || given.reasoning !== '';
  return answer.status === 'streaming' && hasBegun(answer) && !hasBegun(before)
    ? `${title}: the answer begins.`
    : undefined;
}

function ending(title: string, model: string, answer: Answer): string {
  const failure = answer.ending?.failure;
  const onTheWay = stageNotices(answer.routing)
    .map(({ sentence }) => ` ${sentence}`)
    .join('');
  if (failure) return `${title}: ${describeFailure(failure, model).sentence}${onTheWay}`;
  const view = toCostView(answer);
  const cost =
    view?.usd === undefined ? '' : ` Cost ${view.text} ${view.isPlain ? '' : view.state}`.trimEnd();
  return `${title}: ${answer.status}.${cost}${onTheWay}`;
}
