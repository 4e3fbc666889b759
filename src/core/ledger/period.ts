/** Rows with `fromMs <= startedAt < toMs`. */
export interface Period {
  readonly fromMs?: number;
  readonly toMs?: number;
}
