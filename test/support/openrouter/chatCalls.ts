import type { ChatClient, ChatEvent, ChatRequest, Ending } from '../../../src/core/chat/chatClient';
import type { RawResponse } from '../../../src/core/chat/rawResponse/rawResponse';
import { type ChatClientOptions, createChatClient } from '../../../src/openrouter/chat';
import type { Connection } from '../../../src/openrouter/connection';

export const testKey = 'sk-or-v1-0123456789abcdef0123456789abcdef';

export const sampleRequest: ChatRequest = {
  parameters: { model: 'vendor/model', maxTokens: 64 },
  messages: [{ role: 'user', content: 'Say hello' }],
};

export const patientLimits = { noBytesMs: 60_000, noDataMs: 300_000 };

export const patientOptions: ChatClientOptions = { stallLimits: patientLimits };

export function connectTo(baseUrl: string, more: Partial<Connection> = {}): Connection {
  return {
    baseUrl,
    apiKey: testKey,
    attribution: {},
    fetch: (input, init) => globalThis.fetch(input, init),
    ...more,
  };
}

export async function collect(
  client: ChatClient,
  request = sampleRequest,
  signal = new AbortController().signal,
): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of client.stream(request, signal)) {
    if (event.type !== 'received') events.push(event);
  }
  return events;
}

/** The response as it came; undefined when none came. */
export async function receivedBy(
  client: ChatClient,
  request = sampleRequest,
  signal = new AbortController().signal,
): Promise<RawResponse | undefined> {
  let response: RawResponse | undefined;
  for await (const event of client.stream(request, signal)) {
    if (event.type === 'received') response = event.response;
  }
  return response;
}

/** The `ended` event's content; throws unless there is exactly one and it is the last. */
export function endingOf(events: readonly ChatEvent[]): Ending {
  const ended = events.filter(event => event.type === 'ended');
  const last = events.at(-1);
  if (ended.length !== 1 || last?.type !== 'ended')
    throw new Error(`${ended.length} ends, last: ${last?.type}`);
  return last.ending;
}

export function joinText(events: readonly ChatEvent[], type: 'text' | 'reasoning'): string {
  return events.map(event => (event.type === type ? event.text : '')).join('');
}

/** The same events whatever the network made of them: texts of one kind in a row are one. */
export function withTextsJoined(events: readonly ChatEvent[]): ChatEvent[] {
  const joined: ChatEvent[] = [];
  for (const event of events) {
    if (event.type === 'counted' || event.type === 'received') continue;
    const last = joined.at(-1);
    if (!('text' in event)) joined.push(event);
    else if (last && 'text' in last && last.type === event.type)
      joined.splice(-1, 1, { type: event.type, text: last.text + event.text });
    else joined.push({ type: event.type, text: event.text });
  }
  return joined;
}

/** A response whose body comes in exactly these pieces. */
export function responseOf(pieces: readonly Uint8Array[], headers: Record<string, string> = {}): Response {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces[next++];
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', ...headers } });
}

/** The events of a request that is answered with a 200 and this body. */
export function answeredWith(body: string, headers: Record<string, string> = {}): Promise<ChatEvent[]> {
  const pieces = [new TextEncoder().encode(body)];
  const connection = connectTo('http://127.0.0.1:9/api/v1', {
    fetch: async () => responseOf(pieces, headers),
  });
  return collect(createChatClient(connection, patientOptions));
}
