import { createParser, type EventSourceParser } from 'eventsource-parser';

/** One server-sent event. */
export interface SseEvent {
  /** Its `event` field; OpenRouter gives its events none. */
  readonly name?: string;
  readonly data: string;
}

/**
 * Reads server-sent events from text that comes in pieces cut anywhere. Comments (OpenRouter's
 * keep-alives) and events without data give nothing. Lines end with CRLF, LF or CR.
 */
export class SseParser {
  private events: SseEvent[] = [];
  private readonly parser: EventSourceParser;
  private isOver = false;
  /** The beginning of a line whose end has not come yet; joined once, because lines can be long. */
  private unfinished: string[] = [];
  private unfinishedLength = 0;
  /** The last piece ended in CR: an LF at the start of the next belongs to it. */
  private skipsLineFeed = false;
  /** The last line ended a JSON object, and no empty line has followed yet. */
  private endsObject = false;

  /** One line may have `longest` characters, and so may one event. */
  constructor(private readonly longest = Number.POSITIVE_INFINITY) {
    this.parser = createParser({
      onEvent: ({ event: name, data }) => this.events.push(name === undefined ? { data } : { name, data }),
      onError: ({ type }) => {
        this.isOver ||= type === 'max-buffer-size-exceeded';
      },
      maxBufferSize: longest,
    });
  }

  /** Whether an event was longer than allowed: nothing more is read. */
  get isTooLong(): boolean {
    return this.isOver;
  }

  /** The events that are complete now, in order. */
  push(text: string): readonly SseEvent[] {
    const lines = this.isOver ? '' : this.wholeLines(this.withLineFeeds(text));
    if (lines !== '') this.parser.feed(this.withEmptyLines(knownFields(lines)));
    const { events } = this;
    this.events = [];
    return events;
  }

  /** The event that was not closed by an empty line before the stream ended. */
  end(): readonly SseEvent[] {
    return this.push('\n\n');
  }

  /**
   * The text with LF at the end of its lines. The library knows all three line ends, but holds a CR at
   * the end of a piece back until more comes, which it never does after the last event.
   */
  private withLineFeeds(text: string): string {
    if (text === '') return text;
    const rest = this.skipsLineFeed && text.startsWith('\n') ? text.slice(1) : text;
    this.skipsLineFeed = text.endsWith('\r');
    return rest.includes('\r') ? rest.replace(/\r\n?/g, '\n') : rest;
  }

  /** The lines that are complete now. */
  private wholeLines(text: string): string {
    const end = text.lastIndexOf('\n') + 1;
    const rest = text.slice(end);
    let lines = text.slice(0, end);
    if (end > 0) {
      if (this.unfinished.length > 0) lines = this.unfinished.join('') + lines;
      this.unfinished = [];
      this.unfinishedLength = 0;
    }
    if (rest !== '') this.unfinished.push(rest);
    this.unfinishedLength += rest.length;
    this.isOver = this.unfinishedLength > this.longest;
    return lines;
  }

  /**
   * The lines with an empty one wherever a JSON object follows another, or `[DONE]` does: some servers
   * leave it out, and no JSON has two objects side by side.
   */
  private withEmptyLines(lines: string): string {
    const isMissing = this.endsObject && /^data: ?(?:\{|\[DONE\])/.test(lines);
    this.endsObject = lines.endsWith('}\n');
    // Looked for first, because that is quick and nearly always in vain.
    if (!isMissing && !lines.includes('}\ndata:')) return lines;
    return (isMissing ? '\n' : '') + lines.replace(/\}\n(?=data: ?(?:\{|\[DONE\]))/g, '}\n\n');
  }
}

const knownField = /^(?:data|event)(?::|$)/;

/**
 * The lines without fields that are not read here. The library makes an error, with its stack, of each line it
 * does not know: a page of text would take it seconds.
 */
function knownFields(lines: string): string {
  if (!hasOtherFields(lines)) return lines;
  return lines
    .split('\n')
    .filter(line => line === '' || knownField.test(line))
    .join('\n');
}

/** Whether any of the lines is neither empty nor data. */
function hasOtherFields(lines: string): boolean {
  for (let start = 0; start < lines.length; start = lines.indexOf('\n', start) + 1) {
    if (!lines.startsWith('\n', start) && !lines.startsWith('data:', start)) return true;
  }
  return false;
}
