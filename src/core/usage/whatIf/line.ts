/** Sums over points. */
export interface PointSums {
  readonly n: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** y = base + slope · x; neither is negative. */
export interface Line {
  readonly base: number;
  readonly slope: number;
  /** How far points lie off it, as a share of the mean y. */
  readonly scatter: number;
}

/** The line nearest to all points, by least squares; undefined where there is none, or every y is 0. */
export function fitLine(parts: readonly PointSums[]): Line | undefined {
  const sum = (name: keyof PointSums): number => parts.reduce((total, part) => total + part[name], 0);
  const [n, x, y, xx, xy, yy] = [sum('n'), sum('x'), sum('y'), sum('xx'), sum('xy'), sum('yy')];
  if (n === 0 || y === 0) return undefined;
  const spread = n * xx - x * x;
  const fitted = spread > 0 ? (n * xy - x * y) / spread : 0;
  // Answers do not shrink as prompts grow, and none is shorter than nothing: what a few odd points say otherwise.
  const steepest = x > 0 ? y / x : 0;
  const slope = Math.min(Math.max(0, fitted), steepest);
  const base = Math.max(0, (y - slope * x) / n);
  const squares =
    yy - 2 * base * y - 2 * slope * xy + n * base * base + 2 * base * slope * x + slope * slope * xx;
  return { base, slope, scatter: Math.sqrt(Math.max(0, squares) / n) / (y / n) };
}
