import assert from 'node:assert/strict';
import type { ChartMark, ChartPoint } from '../../../src/core/models/page/priceQuality';
import { layOutChart } from '../../../src/webview/model/chartLayout';

const point = (id: string, usd: string, index: number, mark: ChartMark = 'other'): ChartPoint => ({
  id,
  name: `Vendor: ${id}`,
  usd,
  index,
  mark,
});

suite('The chart of price and quality', () => {
  test('puts models by the logarithm of their price, better ones higher, free ones apart', () => {
    const { dots, freeX, plot } = layOutChart(
      [point('free', '0', 30), point('a', '0.1', 10), point('b', '1', 20), point('c', '10', 80)],
      600,
      380,
    );
    const [free, a, b, c] = dots;
    assert.ok(free && a && b && c && freeX !== undefined);
    assert.equal(free.x, freeX);
    assert.ok(free.x < a.x && a.x < b.x && b.x < c.x);
    assert.ok(Math.abs(b.x - a.x - (c.x - b.x)) < 1e-9, 'ten times the price is the same way each time');
    assert.ok(c.y < free.y && free.y < b.y && b.y < a.y);
    assert.ok(
      dots.every(({ x, y }) => x >= plot.left && x <= plot.right && y >= plot.top && y <= plot.bottom),
    );
  });

  test('has ticks that do not touch, at any width', () => {
    for (const width of [300, 400, 700, 1060]) {
      const points = [point('a', '0.01', 5), point('b', '40', 78)];
      const { xTicks, yTicks } = layOutChart(points, width, 320);
      assert.ok(xTicks.length >= 3, `${width}: ${xTicks.length} ticks`);
      const gaps = xTicks.slice(1).map(({ at }, index) => at - (xTicks[index]?.at ?? 0));
      assert.ok(Math.min(...gaps) > 30, `${width}: ${Math.min(...gaps)} px`);
      assert.deepEqual(
        yTicks.map(({ text }) => text),
        ['0', '20', '40', '60', '80'],
      );
    }
  });

  test('names what is the user’s own, so that no name covers another one', () => {
    const own = Array.from({ length: 20 }, (_, index) =>
      point(`own-${index}`, String(1 + index / 100), 50 + index / 10, index === 0 ? 'this' : 'favourite'),
    );
    const { labels } = layOutChart([...own, point('other', '2', 50)], 900, 380);
    assert.equal(labels[0]?.text, 'Vendor: own-0');
    assert.ok(labels.length >= 10 && labels.length <= 12, `${labels.length} names`);
    const boxes = labels.map(({ x, y, text }) => ({ x, y, end: x + text.length * 6.4 }));
    for (const [index, one] of boxes.entries())
      for (const other of boxes.slice(index + 1))
        assert.ok(Math.abs(one.y - other.y) >= 14 || one.end <= other.x || other.end <= one.x);
    assert.ok(boxes.every(({ x, end, y }) => x >= 0 && end <= 900 && y > 0 && y < 380));
  });

  test('stands one model, free ones alone and equal prices', () => {
    for (const points of [
      [point('a', '0', 3)],
      [point('a', '2', 3)],
      [point('a', '2', 3), point('b', '2', 3)],
    ])
      for (const { x, y } of layOutChart(points, 300, 320).dots) assert.ok(Number.isFinite(x + y));
  });
});
