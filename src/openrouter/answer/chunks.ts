import { type AnswerImage, mostAnswerImages, toAnswerImage } from '../../core/chat/answerImage';
import type { ChatEvent } from '../../core/chat/chatClient';
import type { Failure } from '../../core/chat/failure';
import { mergeRouting, type Routing } from '../../core/chat/routing';
import { cleanName, type FailureContext, failureOfError, plainFailure, routingIn } from '../failures';
import { errorLikeness } from '../wire/errorBody';
import { compact, isRecord, type Json, toList, toRecord, toText } from '../wire/json';
import { readUsage } from '../wire/usage';
import { Bill } from './bill';
import { isThought, readReasoning } from './reasoning';
import { type TextPiece, ThinkTags } from './thinkTags';
import { ToolCalls } from './toolCalls';

/** Turns the chunks of one answer into events, and remembers what decides how it ended. */
export class ChunkReader {
  private last: Json = {};
  private served: Extract<ChatEvent, { type: 'served' }> = { type: 'served' };
  private finish: string | undefined;
  private nativeFinish: string | undefined;
  private firstFailure: Failure | undefined;
  private likelyFailure: Failure | undefined;
  private routing: Routing | undefined;
  private hasShown = false;
  private skipped = 0;
  private imageCount = 0;
  private readonly bill = new Bill();
  private readonly thinkTags = new ThinkTags();
  private readonly toolCalls = new ToolCalls();
  private readonly citedUrls = new Set<string>();

  constructor(private readonly context: (provider?: string, generationId?: string) => FailureContext) {}

  get finishReason(): string | undefined {
    return this.finish;
  }

  /** The first error; text, usage and finish that came with or after it were still read. */
  get failure(): Failure | undefined {
    if (this.firstFailure) return this.firstFailure;
    if (this.finish === 'error') return plainFailure('providerUnavailable', this.failureContext());
    // What only looks like an error was none when the answer came to its end.
    return this.finish === undefined ? this.likelyFailure : undefined;
  }

  /** Whether anything of an answer came: text, reasoning, a tool call or an image. */
  get hasContent(): boolean {
    return this.hasShown || !this.toolCalls.isEmpty;
  }

  /** How many events were no part of an answer. */
  get skippedEvents(): number {
    return this.skipped;
  }

  /** How long the tool calls are so far. */
  get callLength(): number {
    return this.toolCalls.length;
  }

  failureContext(): FailureContext {
    return this.context(this.served.provider, this.served.generationId);
  }

  fail(failure: Failure): void {
    this.firstFailure ??= failure;
  }

  /** An event that is no part of an answer. It may be an error: `isError` when it says so itself. */
  readOther(value: unknown, isError: boolean): void {
    const likeness = isError ? 'sure' : errorLikeness(value);
    if (likeness === undefined) this.skipped++;
    else if (likeness === 'sure') this.fail(failureOfError(value, this.failureContext()));
    else this.likelyFailure ??= failureOfError(value, this.failureContext());
  }

  /** The events of one chunk of a stream, or of a whole answer that came as one JSON body. */
  read(chunk: Json): ChatEvent[] {
    const events: ChatEvent[] = [];
    this.readServed(chunk, events);
    events.push(...this.readRouting(chunk));
    const choice = toRecord(toList(chunk.choices)[0]);
    const isAnswer =
      Array.isArray(chunk.choices) || chunk.usage !== undefined || isRecord(chunk.openrouter_metadata);
    if (!isAnswer || errorLikeness(chunk)) this.readOther(chunk, false);
    else if (choice.error && errorLikeness({ error: choice.error })) this.readOther(choice, true);
    this.readDelta(toRecord(choice.delta ?? choice.message), events);
    this.readFinish(choice, events);
    if (this.finish !== undefined || this.firstFailure) this.bill.close();
    const usage = readUsage(chunk.usage);
    if (usage) events.push(...this.bill.add(usage));
    return events;
  }

  /** The events of a chunk that says nothing but `content`. */
  readText(content: string): ChatEvent[] {
    const events: ChatEvent[] = [];
    this.addTexts(this.thinkTags.push(content), events);
    if (events.length > 0) this.goOn();
    this.bill.goOn();
    return events;
  }

  /** What a chunk, a body or an error tells of how the request was handled: only news is told. */
  readRouting(value: unknown): ChatEvent[] {
    if (!isRecord(value)) return [];
    const { openrouter_metadata: metadata, service_tier: tier } = value;
    // Some servers name the tier in every chunk.
    if (!metadata && (!tier || tier === this.routing?.serviceTier)) return [];
    const told = routingIn(value, this.context());
    const routing = told && mergeRouting(this.routing, told);
    if (!routing || JSON.stringify(routing) === JSON.stringify(this.routing)) return [];
    this.routing = routing;
    return [{ type: 'routing', routing }];
  }

  /** What is only known when no more chunks come. `isWhole` when the answer itself said so. */
  end(isWhole = true): ChatEvent[] {
    const events: ChatEvent[] = [];
    this.addTexts(this.thinkTags.end(), events);
    const isBilled = isWhole && this.failure === undefined;
    const calls = this.toolCalls.events(text => this.withoutKey(text));
    return [...events, ...calls, ...(isBilled ? this.bill.end() : [])];
  }

  private readServed(chunk: Json, events: ChatEvent[]): void {
    const { last } = this;
    // Nearly every chunk repeats what the one before it said.
    if (chunk.model === last.model && chunk.provider === last.provider && chunk.id === last.id) return;
    this.last = chunk;
    const model = this.nameOf(chunk.model) ?? this.served.model;
    const provider = this.nameOf(chunk.provider) ?? this.served.provider;
    const generationId = this.nameOf(chunk.id) ?? this.served.generationId;
    const { served } = this;
    if (model === served.model && provider === served.provider && generationId === served.generationId)
      return;
    this.served = compact({ type: 'served', model, provider, generationId } as const);
    events.push(this.served);
  }

  /** A name that a server sent, without the key. */
  private nameOf(value: unknown): string | undefined {
    return cleanName(toText(value), this.context());
  }

  private readDelta(delta: Json, events: ChatEvent[]): void {
    const before = events.length;
    const reasoning = readReasoning(delta);
    if (reasoning) events.push({ type: 'reasoning', text: reasoning });
    const content = readContent(delta.content);
    if (content) this.addTexts(this.thinkTags.push(content), events);
    const refusal = toText(delta.refusal);
    if (refusal) events.push({ type: 'text', text: refusal });
    for (const image of toList(delta.images)) this.readAnswerImage(image, events);
    if (events.length > before) this.goOn();
    const calls = toList(delta.tool_calls);
    for (const piece of calls) this.toolCalls.add(toRecord(piece));
    if (content || events.length > before || calls.length > 0) this.bill.goOn();
    for (const annotation of toList(delta.annotations)) this.readCitation(annotation, events);
  }

  /** Something of the answer came: what looked like an error was none. */
  private goOn(): void {
    this.hasShown = true;
    this.likelyFailure = undefined;
  }

  private readAnswerImage(image: unknown, events: ChatEvent[]): void {
    const url = toText(toRecord(toRecord(image).image_url).url);
    // Only what is shown is read: images can be large.
    const isShown = url !== undefined && this.imageCount < mostAnswerImages;
    this.imageCount += 1;
    events.push({ type: 'image', ...(isShown && { image: this.withoutKeyIn(toAnswerImage(url)) }) });
  }

  private withoutKeyIn(image: AnswerImage): AnswerImage {
    return image.kind === 'linked' ? { ...image, url: this.withoutKey(image.url) } : image;
  }

  private addTexts(pieces: readonly TextPiece[], events: ChatEvent[]): void {
    events.push(...pieces);
    this.hasShown ||= pieces.length > 0;
  }

  /** Some providers repeat the whole list with every chunk: each address is told once. */
  private readCitation(annotation: unknown, events: ChatEvent[]): void {
    const citation = toRecord(toRecord(annotation).url_citation);
    const url = toText(citation.url);
    if (!url || !/^https?:\/\//i.test(url) || this.citedUrls.has(url)) return;
    this.citedUrls.add(url);
    const title = cleanName(toText(citation.title), this.context());
    events.push(compact({ type: 'citation', url: this.withoutKey(url), title } as const));
  }

  private withoutKey(text: string): string {
    return this.context().redactor?.redact(text) ?? text;
  }

  /** The chunk with the usage may repeat the finish reason: only news is told. */
  private readFinish(choice: Json, events: ChatEvent[]): void {
    if (!choice.finish_reason && !choice.native_finish_reason) return;
    const finish = this.finish ?? this.nameOf(choice.finish_reason);
    const nativeFinish = this.nativeFinish ?? this.nameOf(choice.native_finish_reason);
    if (finish === this.finish && nativeFinish === this.nativeFinish) return;
    this.finish = finish;
    this.nativeFinish = nativeFinish;
    events.push(compact({ type: 'finish', finishReason: finish, nativeFinishReason: nativeFinish } as const));
  }
}

/** Content is text, or, from a few providers, a list of parts, of which thoughts are no part of the answer. */
function readContent(content: unknown): string | undefined {
  if (!Array.isArray(content)) return toText(content);
  const parts = content.filter(part => !isThought(part));
  return toText(parts.map(part => toText(isRecord(part) ? part.text : part) ?? '').join(''));
}
