/** The limits of the user's that end a running answer. */
export type CapKind = 'maxAnswerCost' | 'session' | 'daily' | 'monthly';

/** All limits of the user's that say how long an answer may be. */
export type LimitKind = CapKind | 'perRequest';

/** `your limit of $0.05 per answer`, `what your daily limit leaves, $0.05`: `usd` is what one request may cost. */
export function leftPhrase(kind: LimitKind, usd: string): string {
  switch (kind) {
    case 'maxAnswerCost':
      return `your limit of $${usd} per answer`;
    case 'perRequest':
      return `your limit of $${usd} per request`;
    case 'session':
      return `what your limit per session leaves, $${usd}`;
    case 'daily':
      return `what your daily limit leaves, $${usd}`;
    case 'monthly':
      return `what your monthly limit leaves, $${usd}`;
  }
}

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
