import { describeCallFailure } from '../../core/chat/failureText';
import { formatPico } from '../../core/money/pico';
import type { Reconciliation, RunEnd } from '../../core/usage/reconciliation';
import { toUsageRow } from '../../protocol/usageFigures';
import { mostDifferences, type ReconcileState } from '../../protocol/usageState';

export type KeyPart = Pick<ReconcileState, 'key' | 'keyProblem'>;

/** A run as the page shows it; `end` is `undefined` while it runs. */
export function toReconcileState(
  run: Reconciliation,
  about: Pick<ReconcileState, 'periodText' | 'total'>,
  end: RunEnd | undefined,
  key: KeyPart,
): ReconcileState {
  const { differing, oursPico, theirsPico, ...counts } = run.findings;
  return {
    ...about,
    ...counts,
    ...key,
    phase: end?.kind ?? 'running',
    problem: end?.kind === 'stopped' ? describeCallFailure(end.failure, "OpenRouter's records") : undefined,
    oursUsd: formatPico(oursPico),
    theirsUsd: formatPico(theirsPico),
    differing: differing
      .slice(0, mostDifferences)
      .map(({ entry, differences }) => ({ row: toUsageRow(entry), differences })),
    differingCount: differing.length,
    adoptable: run.adoptable().length,
  };
}
