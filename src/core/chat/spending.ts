/** The limits of the user's that end a running answer. */
export type CapKind = 'maxAnswerCost' | 'session' | 'daily' | 'monthly';

/** How a limit of what an answer may cost is kept. */
export type CapBy =
  /** The answer is stopped when it is reached: whoever serves it then bills no more. */
  | 'stop'
  /** `max_tokens` is as low as the limit asks: who may serve it bills on after a stop, or nobody knows. */
  | 'maxTokens';

/** What a running request costs so far, and may cost. Amounts: USD, decimal text. */
export interface Spending {
  /** By estimate, at the highest price that may hold. */
  readonly usd: string;
  readonly capUsd: string;
  readonly kind: CapKind;
  readonly by: CapBy;
}
