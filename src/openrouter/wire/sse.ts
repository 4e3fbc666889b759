import { createParser } from 'eventsource-parser';

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
  private readonly parser = createParser({
    onEvent: ({ event: name, data }) => this.events.push(name === undefined ? { data } : { name, data }),
  });
  /** The last piece ended in CR: an LF at the start of the next belongs to it. */
  private skipsLineFeed = false;

  /** The events that are complete now, in order. */
  push(text: string): readonly SseEvent[] {
    if (text !== '') this.parser.feed(this.withLineFeeds(text));
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
    const rest = this.skipsLineFeed && text.startsWith('\n') ? text.slice(1) : text;
    this.skipsLineFeed = text.endsWith('\r');
    return rest.includes('\r') ? rest.replace(/\r\n?/g, '\n') : rest;
  }
}
