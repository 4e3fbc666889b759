import type { ChatEvent } from '../../core/chat/chatClient';
import { notOpenRouter } from '../failures';
import { isRecord, parseJson } from '../wire/json';
import { SseParser } from '../wire/sse';
import type { ChunkReader } from './chunks';
import { readCompletion } from './completionBody';

type Format = 'events' | 'json' | 'foreign';

/** What one piece of a body gave. */
export interface Gain {
  /** Texts that came together are one event: all that handles events then costs per piece, not per token. */
  readonly events: readonly ChatEvent[];
  /** False for keep-alives: comments of a stream, white space before JSON. */
  readonly hasData: boolean;
}

/**
 * Reads the body of a 200, whatever it turns out to be: an event stream, one JSON object (which a
 * server may send to a request for a stream) or something that is not OpenRouter's. Its first
 * character tells, because the content type is not always right.
 */
export class AnswerBody {
  private readonly decoder = new TextDecoder();
  private readonly sse = new SseParser();
  private format: Format | undefined;
  private json: string[] = [];
  private isDone = false;

  constructor(
    private readonly chunks: ChunkReader,
    private readonly contentType: string,
  ) {}

  /** Whether the answer itself said that it is whole: `[DONE]`, or the end of a JSON body. */
  get done(): boolean {
    return this.isDone;
  }

  /** Whether nothing but white space came. */
  get isEmpty(): boolean {
    return this.format === undefined;
  }

  /** Whether it is something else than an answer: no need to read on. */
  get isForeign(): boolean {
    return this.format === 'foreign';
  }

  push(bytes: Uint8Array): Gain {
    return this.take(this.decoder.decode(bytes, { stream: true }));
  }

  /** The body ended by itself: what was held back until now. */
  end(): ChatEvent[] {
    const events = [...this.take(this.decoder.decode()).events];
    if (this.format === 'json') {
      events.push(...readCompletion(this.json.join(''), this.chunks));
      this.isDone = true;
    }
    // An event that breaks off in the middle was cut, which is not the same as wrong.
    for (const { data } of this.sse.end()) this.readPayload(data, events, true);
    return events;
  }

  private take(text: string): Gain {
    const hasText = /\S/.test(text);
    if (hasText && !this.format) this.begin(text.trimStart());
    if (this.format === 'json') this.json.push(text);
    if (this.format !== 'events') return { events: [], hasData: hasText };
    const events: ChatEvent[] = [];
    const sent = this.sse.push(text);
    for (const { data } of sent) this.readPayload(data, events, false);
    return { events, hasData: sent.length > 0 };
  }

  private begin(text: string): void {
    this.format = sniff(text, this.contentType);
    if (this.format === 'foreign') this.chunks.fail(notOpenRouter(this.chunks.failureContext(), 200));
  }

  private readPayload(payload: string, events: ChatEvent[], isLast: boolean): void {
    if (payload === '[DONE]') {
      this.isDone = true;
      return;
    }
    const chunk = parseJson(payload);
    if (isRecord(chunk)) for (const event of this.chunks.read(chunk)) addEvent(events, event);
    else if (!isLast) this.chunks.fail(notOpenRouter(this.chunks.failureContext(), 200));
  }
}

function sniff(text: string, contentType: string): Format {
  if (text.startsWith('{')) return 'json';
  if (text.startsWith('<')) return 'foreign';
  return contentType.includes('event-stream') || /^(:|d|e|i|r)/.test(text) ? 'events' : 'foreign';
}

/** Adds `event` at the end; text joins the text before it. */
function addEvent(events: ChatEvent[], event: ChatEvent): void {
  const last = events.at(-1);
  if (event.type === 'text' && last?.type === 'text') {
    events[events.length - 1] = { type: 'text', text: last.text + event.text };
  } else if (event.type === 'reasoning' && last?.type === 'reasoning') {
    events[events.length - 1] = { type: 'reasoning', text: last.text + event.text };
  } else {
    events.push(event);
  }
}
