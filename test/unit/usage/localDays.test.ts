import assert from 'node:assert/strict';
import { addDays, dayText, parseDay, startOfDay, startOfWeek } from '../../../src/core/ledger/localDays';
import { toPeriod } from '../../../src/core/ledger/usagePeriod';
import { toChartSpans } from '../../../src/core/usage/chartSpans';

const hour = 3_600_000;

suite('Local days', () => {
  const zoneBefore = process.env.TZ;
  teardown(() => {
    if (zoneBefore === undefined) delete process.env.TZ;
    else process.env.TZ = zoneBefore;
  });

  test('a day is 23 hours long when clocks go forward and 25 when they go back', () => {
    process.env.TZ = 'Europe/Berlin';
    const spring = Date.parse('2026-03-29T12:00:00+02:00');
    assert.equal(addDays(spring, 1) - startOfDay(spring), 23 * hour);
    const autumn = Date.parse('2026-10-25T12:00:00+01:00');
    assert.equal(addDays(autumn, 1) - startOfDay(autumn), 25 * hour);
  });

  test('a day whose midnight does not exist begins at its first minute', () => {
    process.env.TZ = 'America/Sao_Paulo';
    // 4 November 2018: the clocks went from 23:59:59 to 01:00.
    const noon = Date.parse('2018-11-04T12:00:00-02:00');
    assert.equal(startOfDay(noon), Date.parse('2018-11-04T01:00:00-02:00'));
    assert.equal(startOfDay(startOfDay(noon)), startOfDay(noon));
    assert.equal(addDays(noon, -1), Date.parse('2018-11-03T00:00:00-03:00'));
  });

  test('today, 7 days and month begin at local midnights, not at UTC ones', () => {
    process.env.TZ = 'Pacific/Auckland';
    const now = Date.parse('2026-06-01T08:30:00+12:00');
    assert.equal(toPeriod('today', now).fromMs, Date.parse('2026-06-01T00:00:00+12:00'));
    assert.equal(toPeriod('week', now).fromMs, Date.parse('2026-05-26T00:00:00+12:00'));
    assert.equal(toPeriod('month', now).fromMs, Date.parse('2026-06-01T00:00:00+12:00'));
    assert.deepEqual(toPeriod('all', now), {});
  });

  test('a week begins on Monday', () => {
    process.env.TZ = 'Europe/Berlin';
    const sunday = Date.parse('2026-08-09T23:00:00+02:00');
    assert.equal(startOfWeek(sunday), Date.parse('2026-08-03T00:00:00+02:00'));
    assert.equal(startOfWeek(sunday + 2 * hour), Date.parse('2026-08-10T00:00:00+02:00'));
  });

  test('typed days are days of the calendar or nothing', () => {
    process.env.TZ = 'Europe/Berlin';
    const day = parseDay(' 2026-03-29 ');
    assert.equal(day, Date.parse('2026-03-29T00:00:00+01:00'));
    assert.equal(dayText(day ?? 0), '2026-03-29');
    assert.deepEqual(['2026-02-30', '2026-13-01', '29.3.2026', ''].map(parseDay), Array(4).fill(undefined));
  });
});

suite('Bars of the chart', () => {
  const zoneBefore = process.env.TZ;
  setup(() => {
    process.env.TZ = 'Europe/Berlin';
  });
  teardown(() => {
    if (zoneBefore === undefined) delete process.env.TZ;
    else process.env.TZ = zoneBefore;
  });

  test('today has an hour per bar, as many as the day has', () => {
    const longDay = Date.parse('2026-10-25T12:00:00+01:00');
    const { unit, boundariesMs } = toChartSpans('today', undefined, longDay);
    assert.equal(unit, 'hour');
    assert.equal(boundariesMs.length - 1, 25);
    assert.equal(boundariesMs.at(-1), addDays(longDay, 1));
  });

  test('days touch each other over a change of the clocks and end with today', () => {
    const now = Date.parse('2026-03-31T09:00:00+02:00');
    const { unit, boundariesMs } = toChartSpans('month', undefined, now);
    assert.equal(unit, 'day');
    assert.equal(boundariesMs.length - 1, 31);
    assert.deepEqual(
      boundariesMs,
      boundariesMs.map(ms => startOfDay(ms)),
    );
    assert.equal(boundariesMs.at(-1), addDays(now, 1));
  });

  test('a long history is drawn in weeks, a very long one in months', () => {
    const now = Date.parse('2026-08-05T12:00:00+02:00');
    const years = (count: number) => now - count * 365 * 24 * hour;
    assert.equal(toChartSpans('all', years(1), now).unit, 'day');
    assert.equal(toChartSpans('all', years(3), now).unit, 'week');
    assert.equal(toChartSpans('all', years(12), now).unit, 'month');
    for (const count of [1, 3, 12]) {
      const { boundariesMs } = toChartSpans('all', years(count), now);
      assert.ok((boundariesMs[0] ?? now) <= years(count));
      assert.ok((boundariesMs.at(-1) ?? 0) > now);
      assert.ok(boundariesMs.length <= 402);
    }
  });

  test('without any request there is one bar: today', () => {
    const now = Date.parse('2026-08-05T12:00:00+02:00');
    assert.deepEqual(toChartSpans('all', undefined, now).boundariesMs, [startOfDay(now), addDays(now, 1)]);
  });
});
