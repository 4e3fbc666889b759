import type { ChatEvent } from '../../core/chat/chatClient';
import { notOpenRouter } from '../failures';
import { errorLikeness } from '../wire/errorBody';
import { isRecord, parseJson } from '../wire/json';
import type { ChunkReader } from './chunks';

/**
 * Reads an answer that came as one JSON body: a completion, or an error in a 200, whatever its shape. White
 * space before it (OpenRouter's keep-alive while it waits) is allowed. JSON that is neither fails the answer.
 */
export function readCompletion(text: string, chunks: ChunkReader): ChatEvent[] {
  const body = parseJson(text);
  if (isRecord(body) && ('choices' in body || 'error' in body)) return chunks.read(body);
  if (errorLikeness(body)) chunks.readOther(body, true);
  else chunks.fail(notOpenRouter(chunks.failureContext(), 200));
  return chunks.readRouting(body);
}
