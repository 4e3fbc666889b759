const lineEnd = /\r\n?|\n/g;

/**
 * Reads server-sent events from text that comes in pieces cut anywhere. Comments (OpenRouter's
 * keep-alives) and fields other than `data` give nothing. Lines end with CRLF, LF or CR.
 */
export class SseParser {
  /** The beginning of a line whose end has not come yet; joined once, because lines can be long. */
  private unfinished: string[] = [];
  /** The last piece ended in CR: an LF at the start of the next belongs to it. */
  private skipsLineFeed = false;
  private dataLines: string[] = [];

  /** The data of every event that is complete now, in order. */
  push(text: string): string[] {
    const events: string[] = [];
    if (text === '') return events;
    let start = this.skipsLineFeed && text.startsWith('\n') ? 1 : 0;
    this.skipsLineFeed = text.endsWith('\r');
    lineEnd.lastIndex = start;
    for (let match = lineEnd.exec(text); match; match = lineEnd.exec(text)) {
      this.takeLine(this.finish(text.slice(start, match.index)), events);
      start = lineEnd.lastIndex;
    }
    if (start < text.length) this.unfinished.push(text.slice(start));
    return events;
  }

  /** The data of an event that was not closed by an empty line before the stream ended. */
  end(): string[] {
    const events: string[] = [];
    this.takeLine(this.finish(''), events);
    this.takeLine('', events);
    return events;
  }

  private finish(rest: string): string {
    if (this.unfinished.length === 0) return rest;
    const line = this.unfinished.join('') + rest;
    this.unfinished = [];
    return line;
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
