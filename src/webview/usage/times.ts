import type { SpanUnit } from '../../core/usage/chartSpans';

/** Writes times in the time zone of the ledger's days, which need not be the browser's. */
export class Times {
  private readonly formats = new Map<string, Intl.DateTimeFormat>();

  constructor(readonly timeZone: string) {}

  /** `3 Aug 2026, 14:05` */
  minute(ms: number): string {
    return this.write(ms, 'minute', { dateStyle: 'medium', timeStyle: 'short' });
  }

  /** Short: `3 Aug, 14:05` in the year of `nowMs`, else `3 Aug 2025, 14:05`. */
  short(ms: number, nowMs: number): string {
    const year = (at: number) => this.write(at, 'year', { year: 'numeric' });
    if (year(ms) !== year(nowMs)) return this.minute(ms);
    return this.write(ms, 'short', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  }

  /** `3 Aug 2026, 14:05:09` */
  second(ms: number): string {
    return this.write(ms, 'second', { dateStyle: 'medium', timeStyle: 'medium' });
  }

  /** The time span of a bar, in full: `14:00`, `Mon, 3 Aug 2026`, `Week of 3 Aug 2026`, `August 2026`. */
  span(ms: number, unit: SpanUnit): string {
    switch (unit) {
      case 'hour':
        return this.write(ms, 'hour', { hour: '2-digit', minute: '2-digit' });
      case 'day':
        return this.write(ms, 'day', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
      case 'week':
        return `Week of ${this.write(ms, 'week', { dateStyle: 'medium' })}`;
      case 'month':
        return this.write(ms, 'month', { month: 'long', year: 'numeric' });
    }
  }

  /** The time span of a bar, short enough for the axis. */
  tick(ms: number, unit: SpanUnit): string {
    if (unit === 'hour') return this.span(ms, unit);
    if (unit === 'month') return this.write(ms, 'monthTick', { month: 'short', year: 'numeric' });
    return this.write(ms, 'dayTick', { day: 'numeric', month: 'short' });
  }

  private write(ms: number, name: string, options: Intl.DateTimeFormatOptions): string {
    let format = this.formats.get(name);
    if (!format) {
      format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: this.timeZone });
      this.formats.set(name, format);
    }
    return format.format(ms);
  }
}
