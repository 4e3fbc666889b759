const lineEnd = /\r\n?|\n/g;

/**
 * Reads server-sent events from text that comes in pieces cut anywhere. Comments (OpenRouter's
 * keep-alives) and fields other than `data` give nothing. Lines end with CRLF, LF or CR.
 */
export class SseParser {
  private buffer = '';
  /** How far `buffer` is known to hold no line end: long lines are not searched again and again. */
  private searchedTo = 0;
  /** The last piece ended in CR: an LF at the start of the next belongs to it. */
  private skipsLineFeed = false;
  private dataLines: string[] = [];

  /** The data of every event that is complete now, in order. */
  push(text: string): string[] {
    if (text === '') return [];
    const piece = this.skipsLineFeed && text.startsWith('\n') ? text.slice(1) : text;
    this.skipsLineFeed = text.endsWith('\r');
    this.buffer += piece;
    const events: string[] = [];
    let start = 0;
    lineEnd.lastIndex = this.searchedTo;
    for (let match = lineEnd.exec(this.buffer); match; match = lineEnd.exec(this.buffer)) {
      this.takeLine(this.buffer.slice(start, match.index), events);
      start = lineEnd.lastIndex;
    }
    this.buffer = this.buffer.slice(start);
    this.searchedTo = this.buffer.length;
    return events;
  }

  /** The data of an event that was not closed by an empty line before the stream ended. */
  end(): string[] {
    const events: string[] = [];
    this.takeLine(this.buffer, events);
    this.takeLine('', events);
    this.buffer = '';
    this.searchedTo = 0;
    return events;
  }

  private takeLine(line: string, events: string[]): void {
    if (line === '') {
      if (this.dataLines.length > 0) events.push(this.dataLines.join('\n'));
      this.dataLines = [];
    } else if (line === 'data') {
      this.dataLines.push('');
    } else if (line.startsWith('data:')) {
      this.dataLines.push(line.slice(line.startsWith('data: ') ? 6 : 5));
    }
  }
}
