import type { SafeMarkdown } from '../../core/base/plainText';
import type { StatusBarMode } from '../settings';

/** How near the nearest spending limit is. */
export type LimitLevel = 'ok' | 'warning' | 'reached';

/** What the status bar shows. */
export interface StatusBarState {
  readonly model: string;
  /** Ready to show, e.g. `$0.42 + 2 pending`. */
  readonly spent: string;
  /** The period of `spent`, in words. */
  readonly period: string;
  readonly isRunning: boolean;
  readonly level: LimitLevel;
  /** Further parts of the tooltip. */
  readonly details: readonly SafeMarkdown[];
  /** Commands that `details` link to. */
  readonly linkedCommands: readonly string[];
}

export const periodWords: Readonly<Record<Exclude<StatusBarMode, 'off'>, string>> = {
  today: 'today',
  session: 'this session',
  month: 'this month',
};

/**
 * The state before the ledger is read: the model, and that a new session has cost nothing yet. Undefined: nothing
 * is shown.
 */
export function idleState(model: string, mode: StatusBarMode): StatusBarState | undefined {
  if (mode === 'off') return undefined;
  return {
    model,
    spent: mode === 'session' ? '$0' : '…',
    period: periodWords[mode],
    isRunning: false,
    level: 'ok',
    details: [],
    linkedCommands: [],
  };
}
