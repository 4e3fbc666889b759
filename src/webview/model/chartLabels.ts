import type { ChartPoint } from '../../core/models/page/priceQuality';

/** A model at its place, in pixels. */
export interface Dot {
  readonly point: ChartPoint;
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A name in the chart. */
export interface PlacedLabel {
  readonly text: string;
  /** Left end and base line of the text. */
  readonly x: number;
  readonly y: number;
  /** The dot it names: a line leads there when the name does not stand beside it. */
  readonly dot: Dot;
  readonly isFar: boolean;
}

/** Of the characters of the chart's font, in pixels; a little more than they usually take. */
const characterWidth = 6.4;
const lineHeight = 14;
const longestName = 28;
/** Half the side of the largest mark, and a little. */
const markRoom = 9;
const distances = [0, 14, 28, 44, 62, 82];

/**
 * Places the names of `named` so that none covers another one or a mark of the user's; each is tried ever farther from
 * its dot, within `area`. One that finds no place is left out: the table has it.
 */
export function placeLabels(named: readonly Dot[], dots: readonly Dot[], area: Box): readonly PlacedLabel[] {
  const taken: Box[] = named.map(({ x, y }) => around(x, y, markRoom - 2));
  const placed: PlacedLabel[] = [];
  for (const dot of named) {
    const text = shorten(dot.point.name);
    const candidates = placesOf(dot, text.length * characterWidth).filter(
      ({ box }) => isWithin(box, area) && !taken.some(other => overlap(box, other)),
    );
    // Of those at the same distance the one that covers the fewest dots.
    const [nearest] = candidates;
    const best = candidates
      .filter(({ distance }) => distance === nearest?.distance)
      .map(candidate => ({
        candidate,
        covered: dots.filter(({ x, y }) => contains(candidate.box, x, y)).length,
      }))
      .sort((a, b) => a.covered - b.covered)[0]?.candidate;
    if (!best) continue;
    taken.push(best.box);
    placed.push({ text, x: best.box.left, y: best.box.bottom - 4, dot, isFar: best.distance > 0 });
  }
  return placed;
}

/** A vendor's name before a colon is left out first. */
function shorten(name: string): string {
  const short = name.length > longestName ? name.replace(/^[^:]{1,24}: /, '') : name;
  return short.length > longestName ? `${short.slice(0, longestName - 1)}…` : short;
}

function placesOf({ x, y }: Dot, width: number) {
  return distances.flatMap(distance => {
    const away = markRoom + distance;
    const lefts: readonly (readonly [left: number, top: number])[] = [
      [x + away, y - lineHeight / 2],
      [x - away - width, y - lineHeight / 2],
      [x - width / 2, y - away - lineHeight],
      [x - width / 2, y + away],
      [x + away * 0.7, y - away * 0.7 - lineHeight],
      [x + away * 0.7, y + away * 0.7],
      [x - away * 0.7 - width, y - away * 0.7 - lineHeight],
      [x - away * 0.7 - width, y + away * 0.7],
    ];
    return lefts.map(([left, top]) => ({
      distance,
      box: { left, right: left + width, top, bottom: top + lineHeight },
    }));
  });
}

const around = (x: number, y: number, room: number): Box => ({
  left: x - room,
  right: x + room,
  top: y - room,
  bottom: y + room,
});

const isWithin = (box: Box, area: Box): boolean =>
  box.left >= area.left && box.right <= area.right && box.top >= area.top && box.bottom <= area.bottom;

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const contains = (box: Box, x: number, y: number): boolean =>
  x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
