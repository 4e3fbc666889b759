import type { SpanUnit } from '../../core/usage/chartSpans';

/** Writes times as they are where the ledger's days are counted, wherever the page is shown. */
export class Times {
  private readonly formats = new Map<string, Intl.DateTimeFormat>();

  constructor(readonly timeZone: string) {}

  /** `3 Aug 2026, 14:05` */
  minute(ms: number): string {
    return this.write(ms, 'minute', { dateStyle: 'medium', timeStyle: 'short' });
  }

  /** As short as can be: `3 Aug, 14:05` in the year of `nowMs`, else `3 Aug 2025, 14:05`. */
  short(ms: number, nowMs: number): string {
    const year = (at: number) => this.write(at, 'year', { year: 'numeric' });
    if (year(ms) !== year(nowMs)) return this.minute(ms);
    return this.write(ms, 'short', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  }

  /** `3 Aug 2026, 14:05:09` */
  second(ms: number): string {
    return this.write(ms, 'second', { dateStyle: 'medium', timeStyle: 'medium' });
  }

  /** A bar in full: `14:00`, `Mon, 3 Aug 2026`, `Week of 3 Aug 2026`, `August 2026`. */
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

  /** A bar below the axis, where room is scarce. */
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
