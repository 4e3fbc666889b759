import type { Outcome } from '../../core/chat/chatClient';
import type { Failure } from '../../core/chat/failure';
import { plainFailure } from '../failures';
import type { AnswerBody } from './answerBody';
import type { ChunkReader } from './chunks';

export interface Verdict {
  readonly outcome: Outcome;
  readonly failure?: Failure;
}

/**
 * How an answer ended whose body is over. `broken` is set when it did not end by itself: the connection
 * broke or stalled. The end of a stream is not success: something must have said that it is whole.
 */
export function judge(chunks: ChunkReader, body: AnswerBody, broken?: Failure): Verdict {
  const context = chunks.failureContext();
  if (chunks.failure) return { outcome: 'failed', failure: chunks.failure };
  if (chunks.finishReason === 'length') return { outcome: 'truncated' };
  if (chunks.finishReason === undefined && !body.done) {
    if (broken) return { outcome: broken.kind === 'stalled' ? 'failed' : 'interrupted', failure: broken };
    return body.isEmpty
      ? { outcome: 'failed', failure: plainFailure('emptyAnswer', context) }
      : { outcome: 'interrupted', failure: plainFailure('cutOff', context) };
  }
  return chunks.hasContent
    ? { outcome: 'completed' }
    : { outcome: 'failed', failure: plainFailure('emptyAnswer', context) };
}
