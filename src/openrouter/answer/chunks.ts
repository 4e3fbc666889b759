import type { ChatEvent } from '../../core/chat/chatClient';
import type { Failure } from '../../core/chat/failure';
import { type FailureContext, failureOfError, plainFailure } from '../failures';
import { compact, isRecord, type Json, toList, toRecord, toText } from '../wire/json';
import { readUsage } from '../wire/usage';
import { ToolCalls } from './toolCalls';

/** Turns the chunks of one answer into events, and remembers what decides how it ended. */
export class ChunkReader {
  private model: string | undefined;
  private provider: string | undefined;
  private generationId: string | undefined;
  private finish: string | undefined;
  private nativeFinish: string | undefined;
  private firstFailure: Failure | undefined;
  private hasShown = false;
  private readonly toolCalls = new ToolCalls();
  private readonly citedUrls = new Set<string>();

  constructor(private readonly context: (provider?: string, generationId?: string) => FailureContext) {}

  get finishReason(): string | undefined {
    return this.finish;
  }

  /** The first error; text, usage and finish that came with or after it were still read. */
  get failure(): Failure | undefined {
    if (this.firstFailure || this.finish !== 'error') return this.firstFailure;
    return plainFailure('providerUnavailable', this.failureContext());
  }

  /** Whether anything of an answer came: text, reasoning, a tool call or an image. */
  get hasContent(): boolean {
    return this.hasShown || !this.toolCalls.isEmpty;
  }

  failureContext(): FailureContext {
    return this.context(this.provider, this.generationId);
  }

  fail(failure: Failure): void {
    this.firstFailure ??= failure;
  }

  /** The events of one chunk of a stream, or of a whole answer that came as one JSON body. */
  read(chunk: Json): ChatEvent[] {
    const events: ChatEvent[] = [];
    this.readServed(chunk, events);
    const choice = toRecord(toList(chunk.choices)[0]);
    this.readError(chunk.error ?? choice.error);
    this.readDelta(toRecord(choice.delta ?? choice.message), events);
    this.readFinish(choice, events);
    const usage = readUsage(chunk.usage);
    if (usage) events.push({ type: 'usage', usage });
    return events;
  }

  /** What is only known when no more chunks come. */
  end(): ChatEvent[] {
    return this.toolCalls.events();
  }

  private readServed(chunk: Json, events: ChatEvent[]): void {
    const model = toText(chunk.model) ?? this.model;
    const provider = toText(chunk.provider) ?? this.provider;
    const generationId = toText(chunk.id) ?? this.generationId;
    if (model === this.model && provider === this.provider && generationId === this.generationId) return;
    Object.assign(this, { model, provider, generationId });
    events.push(compact({ type: 'served', model, provider, generationId } as const));
  }

  private readError(error: unknown): void {
    if (error === undefined || error === null) return;
    this.fail(failureOfError(error, this.failureContext()));
  }

  private readDelta(delta: Json, events: ChatEvent[]): void {
    const reasoning = toText(delta.reasoning) ?? readableDetails(delta.reasoning_details);
    if (reasoning) events.push({ type: 'reasoning', text: reasoning });
    for (const text of [readContent(delta.content), toText(delta.refusal)]) {
      if (text) events.push({ type: 'text', text });
    }
    for (const _image of toList(delta.images)) events.push({ type: 'image' });
    this.hasShown ||= events.some(({ type }) => type === 'reasoning' || type === 'text' || type === 'image');
    for (const piece of toList(delta.tool_calls)) this.toolCalls.add(toRecord(piece));
    for (const annotation of toList(delta.annotations)) this.readCitation(annotation, events);
  }

  /** Some providers repeat the whole list with every chunk: each address is told once. */
  private readCitation(annotation: unknown, events: ChatEvent[]): void {
    const citation = toRecord(toRecord(annotation).url_citation);
    const url = toText(citation.url);
    if (!url || !/^https?:\/\//i.test(url) || this.citedUrls.has(url)) return;
    this.citedUrls.add(url);
    const title = toText(citation.title);
    events.push(title === undefined ? { type: 'citation', url } : { type: 'citation', url, title });
  }

  /** The chunk with the usage may repeat the finish reason: only news is told. */
  private readFinish(choice: Json, events: ChatEvent[]): void {
    const finish = this.finish ?? toText(choice.finish_reason);
    const nativeFinish = this.nativeFinish ?? toText(choice.native_finish_reason);
    if (finish === this.finish && nativeFinish === this.nativeFinish) return;
    this.finish = finish;
    this.nativeFinish = nativeFinish;
    events.push(compact({ type: 'finish', finishReason: finish, nativeFinishReason: nativeFinish } as const));
  }
}

/** Content is text, or, from a few providers, a list of parts. */
function readContent(content: unknown): string | undefined {
  if (!Array.isArray(content)) return toText(content);
  return toText(content.map(part => toText(toRecord(part).text) ?? '').join(''));
}

/** The text of reasoning blocks that carry any; encrypted ones are not for reading. */
function readableDetails(details: unknown): string | undefined {
  const texts = toList(details).map(detail => {
    if (!isRecord(detail)) return '';
    return toText(detail.text) ?? toText(detail.summary) ?? '';
  });
  return toText(texts.join(''));
}
