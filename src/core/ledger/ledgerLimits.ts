import type { LedgerFaultKind } from '../money/ledgerFault';
import type { Pico } from '../money/pico';
import type { Period } from './period';

/** A cap on spending. Rows that run, or whose cost is pending or unknown, count with what they reserved. */
export interface SpendLimit {
  readonly kind: 'session' | 'daily' | 'monthly';
  readonly limitPico: Pico;
  /** Which rows count: the user's local day or month; open for a session. */
  readonly period: Period;
  /** True: only rows begun through this very store count (one window's session), else everyone's. */
  readonly ownRowsOnly?: boolean;
}

/** A limit that a request would pass. */
export interface PassedLimit {
  readonly limit: SpendLimit;
  /** Spent, estimated and held before this request. */
  readonly committedPico: Pico;
  /** How far `committedPico` plus the request's reservation lies above the limit. */
  readonly overPico: Pico;
}

export type BeginResult =
  | { readonly ok: true }
  /** Nothing was written: ask the user, then `begin` again without `limits`. */
  | {
      readonly ok: false;
      readonly passed: readonly PassedLimit[];
      /** Why the record could not be read, so that the limits saw only part of the spending. */
      readonly unchecked?: LedgerFaultKind;
    };

/** What the rows of a limit add up to, running ones included. */
export interface Committed {
  readonly spentPico: Pico;
  readonly estimatedPico: Pico;
  readonly heldPico: Pico;
}

/**
 * The limit as passed by a request that reserves `reservedPico` on top of `committed`, or `undefined`
 * when it fits. A request that costs nothing always fits; one whose price varies (`undefined`) fits
 * while there is anything left.
 */
export function toPassedLimit(
  limit: SpendLimit,
  committed: Committed,
  reservedPico: Pico | undefined,
): PassedLimit | undefined {
  const committedPico = committed.spentPico + committed.estimatedPico + committed.heldPico;
  const overPico = committedPico + (reservedPico ?? 0n) - limit.limitPico;
  const fits = reservedPico === undefined ? overPico < 0n : overPico <= 0n || reservedPico === 0n;
  return fits ? undefined : { limit, committedPico, overPico };
}
