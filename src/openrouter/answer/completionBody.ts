import type { ChatEvent } from '../../core/chat/chatClient';
import { notOpenRouter } from '../failures';
import { errorLikeness } from '../wire/errorBody';
import { isRecord } from '../wire/json';
import type { ChunkReader } from './chunks';

/**
 * Reads an answer that came as one JSON body, undefined when it is no JSON: a completion, or an error in a 200,
 * whatever its shape. What is neither fails the answer.
 */
export function readCompletion(body: unknown, chunks: ChunkReader): ChatEvent[] {
  if (isRecord(body) && ('choices' in body || 'error' in body)) return chunks.read(body);
  if (errorLikeness(body)) chunks.readOther(body, true);
  else chunks.fail(notOpenRouter(chunks.failureContext(), 200));
  return chunks.readRouting(body);
}
