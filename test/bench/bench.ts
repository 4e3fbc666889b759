/** One line of the published table. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  /** The bare counterpart in the same run; absent where there is none. */
  readonly bare?: string;
  /** How the two compare, e.g. `1.20 ×` or `+3.1 ms`. */
  readonly comparison?: string;
  /** Absent for what is only told. */
  readonly bound?: string;
  readonly isMet?: boolean;
}

export interface BenchOptions {
  /** How often each side of a comparison is measured. */
  readonly repetitions: number;
}

/** One named measurement of `npm run bench`. */
export interface Bench {
  readonly name: string;
  run(options: BenchOptions): Promise<readonly Row[]>;
}
