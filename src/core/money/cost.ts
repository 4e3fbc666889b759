/** What a figure is. Shown beside every figure; figures of different states are never summed silently. */
export type CostState =
  /** The server billed it in the answer's own usage. */
  | 'billed'
  /** The server stated it afterwards, at `/generation`. */
  | 'settled'
  /** Sent, not yet known; the settler asks `/generation`. */
  | 'pending'
  /** Worked out from the price table; the server never said. */
  | 'estimated'
  /** Billed or priced at exactly zero. */
  | 'free'
  /** Neither billed nor priced. Never shown as 0. */
  | 'unknown';

export interface Cost {
  readonly state: CostState;
  /** USD as decimal text without exponent; undefined for `pending` and `unknown`. */
  readonly usd?: string;
}
