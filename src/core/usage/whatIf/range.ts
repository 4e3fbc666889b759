/** A figure that is not sure. */
export interface Range {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/** `likely`, give or take the share `spread` of it. */
export const around = (likely: number, spread: number): Range => ({
  low: likely * (1 - spread),
  likely,
  high: likely * (1 + spread),
});

export const exactly = (value: number): Range => ({ low: value, likely: value, high: value });

export const times = ({ low, likely, high }: Range, factor: number): Range => ({
  low: low * factor,
  likely: likely * factor,
  high: high * factor,
});
