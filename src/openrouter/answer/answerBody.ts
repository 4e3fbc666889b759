import type { ChatEvent } from '../../core/chat/chatClient';
import type { RawBody } from '../../core/chat/rawResponse/rawResponse';
import { answerTooLarge, notOpenRouter } from '../failures';
import { isRecord, type Json, parseJson } from '../wire/json';
import { type SseEvent, SseParser } from '../wire/sse';
import type { ChunkReader } from './chunks';
import { readCompletion } from './completionBody';
import { RawChunks } from './rawChunks';
import { toRawBody } from './rawResponse';
import { RepeatedChunk } from './repeatedChunk';

type Format = 'events' | 'json' | 'foreign';

const megabyte = 1024 * 1024;

/** How much of an answer is read, in MB: far more than any model sends, and less than memory holds. */
export interface AnswerBounds {
  /** One event of a stream, or a whole answer in one JSON body; pictures are the largest. */
  readonly event: number;
  /** All events together; each token is wrapped in some hundred bytes. */
  readonly body: number;
  /** What the answer itself says, thinks and calls. */
  readonly text: number;
}

const defaultBounds: AnswerBounds = { event: 32, body: 512, text: 16 };

/** What one piece of a body gave. */
export interface Gain {
  /** Texts that came together are one event: all that handles events then costs per piece, not per token. */
  readonly events: readonly ChatEvent[];
  /** False for keep-alives: comments of a stream, events without content, white space before JSON. */
  readonly hasData: boolean;
}

/**
 * Reads the body of a 200, whatever it turns out to be: an event stream, one JSON object (which a
 * server may send to a request for a stream) or something that is not OpenRouter's. Its first
 * character tells, because the content type is not always right.
 */
export class AnswerBody {
  private readonly decoder = new TextDecoder();
  private readonly sse: SseParser;
  private format: Format | undefined;
  private json: string[] = [];
  /** A body that is no stream, once it is whole or is known to be no answer. */
  private whole: RawBody | undefined;
  private readonly raw = new RawChunks();
  private readonly repeated = new RepeatedChunk();
  private isDone = false;
  private isCut = false;
  private bodyLength = 0;
  private jsonLength = 0;
  private textLength = 0;

  constructor(
    private readonly chunks: ChunkReader,
    private readonly contentType: string,
    private readonly bounds = defaultBounds,
  ) {
    this.sse = new SseParser(bounds.event * megabyte);
  }

  /** Whether the answer itself said that it is whole: `[DONE]`, or the end of a JSON body. */
  get done(): boolean {
    return this.isDone;
  }

  /** Whether nothing but white space came. */
  get isEmpty(): boolean {
    return this.format === undefined;
  }

  /** Whether it is something else than an answer, or too large for one: no need to read on. */
  get isForeign(): boolean {
    return this.format === 'foreign' || this.isCut;
  }

  /** What came until now, as it came. */
  get received(): RawBody {
    return this.format === 'events' ? this.raw.body : (this.whole ?? toRawBody(this.json.join('')));
  }

  push(bytes: Uint8Array): Gain {
    this.bodyLength += bytes.byteLength;
    const gain = this.take(this.decoder.decode(bytes, { stream: true }));
    if (this.bodyLength > this.bounds.body * megabyte) this.cut(this.bounds.body);
    return gain;
  }

  /** The body ended by itself: what was held back until now. */
  end(): ChatEvent[] {
    if (this.isCut) return [];
    const events = [...this.take(this.decoder.decode()).events];
    if (this.format === 'json') {
      this.whole = toRawBody(this.json.join(''));
      this.json = [];
      const body = this.whole.form === 'json' ? this.whole.body : undefined;
      for (const event of readCompletion(body, this.chunks)) this.add(event, events);
      this.isDone = true;
    }
    // An event that breaks off in the middle was cut, which is not the same as wrong.
    for (const event of this.sse.end()) this.readEvent(event, events, true);
    return events;
  }

  private take(text: string): Gain {
    const hasText = /\S/.test(text);
    if (hasText && !this.format) this.begin(text.trimStart());
    if (this.format === 'json') this.addJson(text);
    if (this.format !== 'events' || this.isCut) return { events: [], hasData: hasText };
    const events: ChatEvent[] = [];
    const skippedBefore = this.chunks.skippedEvents;
    const sent = this.sse.push(text);
    for (const event of sent) this.readEvent(event, events, false);
    if (this.sse.isTooLong) this.cut(this.bounds.event);
    return { events, hasData: sent.length > this.chunks.skippedEvents - skippedBefore };
  }

  private begin(text: string): void {
    this.format = sniff(text, this.contentType);
    if (this.format !== 'foreign') return;
    this.whole = toRawBody(text);
    this.chunks.fail(notOpenRouter(this.chunks.failureContext(), 200, text));
  }

  private addJson(text: string): void {
    this.jsonLength += text.length;
    if (this.jsonLength > this.bounds.event * megabyte) this.cut(this.bounds.event);
    else this.json.push(text);
  }

  private cut(megabytes: number): void {
    this.isCut = true;
    this.json = [];
    this.chunks.fail(answerTooLarge(this.chunks.failureContext(), megabytes));
  }

  private readEvent({ name, data }: SseEvent, events: ChatEvent[], isLast: boolean): void {
    if (this.isCut) return;
    const payload = data.trim();
    if (payload === '[DONE]') {
      this.isDone = true;
      return;
    }
    const text = name === undefined ? this.repeated.textOf(payload) : undefined;
    const chunk = text === undefined ? parseJson(payload) : undefined;
    if (text !== undefined) this.readRepeated(text, events);
    else if (chunk === undefined && payload.includes('\n')) this.readLines(payload, name, events, isLast);
    else if (name === 'error') this.readErrorEvent(chunk ?? payload, events);
    else if (isRecord(chunk)) this.readChunk(chunk, payload, events);
    else if (chunk !== undefined || !isCutJson(payload)) this.chunks.readOther(chunk ?? payload, false);
    else if (!isLast) this.chunks.fail(notOpenRouter(this.chunks.failureContext(), 200));
    if (this.textLength + this.chunks.callLength > this.bounds.text * megabyte) this.cut(this.bounds.text);
  }

  private readChunk(chunk: Json, payload: string, events: ChatEvent[]): void {
    this.raw.add(chunk);
    for (const event of this.chunks.read(chunk)) this.add(event, events);
    this.repeated.learn(payload, chunk);
  }

  /** A chunk of which only the text is new. */
  private readRepeated(text: string, events: ChatEvent[]): void {
    this.raw.repeat();
    for (const event of this.chunks.readText(text)) this.add(event, events);
  }

  private readErrorEvent(error: unknown, events: ChatEvent[]): void {
    this.raw.add(isRecord(error) ? error : { error });
    for (const event of this.chunks.readRouting(error)) this.add(event, events);
    this.chunks.readOther(error, true);
  }

  /** Events between which the empty line is missing come as the lines of one; a name is that of the last. */
  private readLines(payload: string, name: string | undefined, events: ChatEvent[], isLast: boolean): void {
    const lines = payload.split('\n').filter(line => line.trim() !== '');
    for (const [index, data] of lines.entries()) {
      this.readEvent(index === lines.length - 1 ? { name, data } : { data }, events, isLast);
    }
  }

  /** Adds `event` at the end; text joins the text before it. */
  private add(event: ChatEvent, events: ChatEvent[]): void {
    this.textLength += lengthOf(event);
    const last = events.at(-1);
    if (event.type === 'counted') {
      // The last count says it all, and must not stand between texts.
      if (events[0]?.type === 'counted') events.shift();
      events.unshift(event);
    } else if ((event.type === 'text' || event.type === 'reasoning') && last?.type === event.type) {
      const pieces = (last.pieces ?? 1) + (event.pieces ?? 1);
      events[events.length - 1] = { type: event.type, text: last.text + event.text, pieces };
    } else {
      events.push(event);
    }
  }
}

/** About what an event adds to what is kept of the answer. */
function lengthOf(event: ChatEvent): number {
  if (event.type === 'counted') return 0;
  return 'text' in event ? event.text.length : JSON.stringify(event).length;
}

/** Whether text that is no JSON began as some: a part of the answer is lost then. */
const isCutJson = (payload: string): boolean => /^[{[]/.test(payload);

function sniff(text: string, contentType: string): Format {
  if (/^[{[]/.test(text)) return 'json';
  if (text.startsWith('<')) return 'foreign';
  return contentType.includes('event-stream') || /^(:|d|e|i|r)/.test(text) ? 'events' : 'foreign';
}
