import { type Disposable, Emitter } from '../../core/base/event';
import { plain, say } from '../../core/base/plainText';
import type { AccountClient } from '../../core/chat/account';
import { describeFailure } from '../../core/chat/failureText';
import type { Result } from '../../core/chat/result';
import type { LedgerStore } from '../../core/ledger/ledger';
import type { LedgerQueries } from '../../core/ledger/ledgerQueries';
import { toSettledPatch } from '../../core/ledger/ledgerRecorder';
import type { Pricing } from '../../core/money/pricing';
import { compareWithKey, keyComparisonFromMs } from '../../core/usage/keyComparison';
import type { LookupPorts } from '../../core/usage/lookup';
import { Reconciliation, type RunEnd } from '../../core/usage/reconciliation';
import type { ReconcileState } from '../../protocol/usageMessages';
import type { Dialogs } from '../ports';
import { countText } from './countText';
import { reconcilePeriods } from './reconcilePeriods';
import { type KeyPart, toReconcileState } from './reconcileState';

export interface UsageReconcilingPorts {
  readonly ledger: Pick<LedgerStore, 'update'>;
  readonly queries: LedgerQueries;
  /** The account of the key in use; fails when none is set. */
  readonly account: () => Promise<Result<AccountClient>>;
  /** Prices by the catalogue at hand; asks no server. */
  readonly pricingOf: (model: string) => Promise<Pricing | undefined>;
  readonly dialogs: Pick<Dialogs, 'pick' | 'confirm' | 'warn'>;
  readonly wait: LookupPorts['wait'];
  readonly now: () => number;
}

/** One reconciliation from its choice of period on. */
interface Job {
  readonly run: Reconciliation;
  readonly about: Pick<ReconcileState, 'periodText' | 'total'>;
  readonly account: AccountClient;
  key: KeyPart;
  end: RunEnd | undefined;
}

/** Compares the ledger with OpenRouter's own records. A run is stopped, resumed and shown in the usage page. */
export class UsageReconciling implements Disposable {
  private job: Job | undefined;
  private abort: AbortController | undefined;
  private running: Promise<void> | undefined;
  private readonly changes = new Emitter<ReconcileState | undefined>();
  readonly onDidChange = this.changes.event;

  constructor(private readonly ports: UsageReconcilingPorts) {}

  get state(): ReconcileState | undefined {
    const { job } = this;
    return job && toReconcileState(job.run, job.about, job.end, job.key);
  }

  /** Asks for a period and runs. Resolves when the run has ended, one way or another. */
  async start(): Promise<void> {
    const { ports } = this;
    const account = await ports.account();
    if (!account.ok) {
      await ports.dialogs.warn(plain(describeFailure(account.failure, 'OpenRouter').sentence));
      return;
    }
    const item = await ports.dialogs.pick(reconcilePeriods(ports.now()), {
      title: say`Reconcile Usage`,
      placeHolder: say`Each request is looked up in OpenRouter's records, which costs nothing.`,
    });
    if (!item) return;
    this.stop();
    const { requests } = await ports.queries.usage(item.period);
    const run = new Reconciliation(item.period, {
      account: account.value,
      rows: period => ports.queries.allRows(period),
      pricingOf: ports.pricingOf,
      wait: ports.wait,
    });
    const about = { periodText: item.label, total: requests };
    this.job = { run, about, account: account.value, key: {}, end: undefined };
    await this.resume();
  }

  /** Goes on with a run that was stopped. */
  async resume(): Promise<void> {
    const { job, running } = this;
    if (!job || this.abort) return;
    const abort = new AbortController();
    this.abort = abort;
    this.running = this.work(job, abort, running);
    await this.running;
  }

  stop(): void {
    this.abort?.abort();
    this.abort = undefined;
  }

  /** Stops, and forgets what was found. */
  close(): void {
    this.stop();
    this.job = undefined;
    this.tell();
  }

  /** Writes OpenRouter's figures into rows that were only estimated, pending or unknown, after asking. */
  async adopt(): Promise<void> {
    const { job } = this;
    const rows = job?.run.adoptable() ?? [];
    if (!job || rows.length === 0) return;
    const adopt = 'Take Figures';
    const choice = await this.ports.dialogs.confirm(
      say`Take OpenRouter's figures for ${countText(rows.length, 'request')}?`,
      say`They become settled. Only requests whose cost was estimated, pending or unknown are changed; what was billed stays as it was written down.`,
      adopt,
    );
    if (choice !== adopt) return;
    for (const row of rows) {
      await this.ports.ledger.update(row.entry.id, toSettledPatch(row.entry, row.theirs, row));
      job.run.noteAdopted(row.entry.id);
    }
    this.tell();
  }

  dispose(): void {
    this.stop();
    this.changes.dispose();
  }

  /** A stopped run may still be on its way out when the next begins: it is waited for. */
  private async work(job: Job, abort: AbortController, before: Promise<void> | undefined): Promise<void> {
    job.end = undefined;
    this.tell();
    await Promise.allSettled([before]);
    try {
      job.key = (await this.compareKey(job.account, abort.signal)) ?? job.key;
      this.tell();
      job.end = await job.run.run(abort.signal, () => this.tell());
    } finally {
      job.end ??= { kind: 'cancelled' };
      if (this.abort === abort) this.abort = undefined;
      this.tell();
    }
  }

  /** `undefined` when it was stopped. */
  private async compareKey(account: AccountClient, signal: AbortSignal): Promise<KeyPart | undefined> {
    const key = await account.key(signal);
    if (signal.aborted) return undefined;
    if (!key.ok) return { keyProblem: describeFailure(key.failure, 'the usage of the key').sentence };
    const now = this.ports.now();
    const rows = this.ports.queries.allRows({ fromMs: keyComparisonFromMs(now) });
    const compared = await compareWithKey(key.value, rows, now, signal);
    return compared && { key: compared };
  }

  private tell(): void {
    this.changes.fire(this.state);
  }
}
