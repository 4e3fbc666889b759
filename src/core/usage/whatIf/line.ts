/** Sums over points. */
export interface PointSums {
  readonly n: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly xy: number;
}

/** y = base + slope · x; neither is negative. */
export interface Line {
  readonly base: number;
  readonly slope: number;
}

/** The line nearest to all points, by least squares; undefined of none. */
export function fitLine(parts: readonly PointSums[]): Line | undefined {
  const sum = (name: keyof PointSums): number => parts.reduce((total, part) => total + part[name], 0);
  const [n, x, y, xx, xy] = [sum('n'), sum('x'), sum('y'), sum('xx'), sum('xy')];
  if (n === 0) return undefined;
  const scatter = n * xx - x * x;
  const slope = scatter > 0 ? (n * xy - x * y) / scatter : 0;
  const base = (y - slope * x) / n;
  // Answers do not shrink as prompts grow, and none is shorter than nothing: what a few odd points say otherwise.
  if (slope < 0) return { base: y / n, slope: 0 };
  if (base < 0) return { base: 0, slope: y / x };
  return { base, slope };
}
