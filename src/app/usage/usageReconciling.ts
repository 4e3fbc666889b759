import { type Disposable, Emitter } from '../../core/base/event';
import { countText } from '../../core/base/formatCount';
import { plain, say } from '../../core/base/plainText';
import { wait } from '../../core/base/wait';
import type { AccountClient } from '../../core/chat/account';
import { describeCallFailure } from '../../core/chat/failureText';
import { toSettledRecord } from '../../core/ledger/costRecords';
import type { LedgerStore } from '../../core/ledger/ledger';
import type { LedgerQueries } from '../../core/ledger/ledgerQueries';
import { toSettledPatch } from '../../core/ledger/ledgerRecorder';
import type { FindPricing } from '../../core/money/pricing';
import { compareWithKey, keyComparisonFromMs } from '../../core/usage/keyComparison';
import type { LookupPorts } from '../../core/usage/lookup';
import { Reconciliation, type RunEnd } from '../../core/usage/reconciliation';
import type { ReconcileState } from '../../protocol/usageState';
import type { Clients } from '../account/clients';
import type { Dialogs } from '../ports/dialogs';
import { reconcilePeriods } from './reconcilePeriods';
import { type KeyPart, toReconcileState } from './reconcileState';

/** A reconciliation of one period. */
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

  constructor(
    private readonly store: Pick<LedgerStore, 'update'>,
    private readonly queries: LedgerQueries,
    private readonly clients: Pick<Clients, 'account'>,
    private readonly findPricing: FindPricing,
    private readonly dialogs: Pick<Dialogs, 'pick' | 'confirm' | 'warn'>,
    /** Epoch ms. */
    private readonly now: () => number = Date.now,
    private readonly waitFor: LookupPorts['wait'] = wait,
  ) {}

  get state(): ReconcileState | undefined {
    const { job } = this;
    return job && toReconcileState(job.run, job.about, job.end, job.key);
  }

  /** Asks for a period and runs. Resolves when the run has ended, one way or another. */
  async start(): Promise<void> {
    const { clients, dialogs, queries } = this;
    const account = await clients.account();
    if (!account.ok) {
      await dialogs.warn(plain(describeCallFailure(account.failure, 'the usage of the key')));
      return;
    }
    const item = await dialogs.pick(reconcilePeriods(this.now()), {
      title: say`Reconcile Usage`,
      placeHolder: say`Each request is looked up in OpenRouter's records, which costs nothing.`,
    });
    if (!item) return;
    this.stop();
    const { requests } = await queries.usage(item.period);
    const run = new Reconciliation(item.period, {
      account: account.value,
      rows: period => queries.allRows(period),
      pricingOf: this.findPricing,
      wait: this.waitFor,
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
    this.fireChange();
  }

  /** Writes OpenRouter's figures into rows that were only estimated, pending or unknown, after asking. */
  async adopt(): Promise<void> {
    const { job } = this;
    const rows = job?.run.adoptable() ?? [];
    if (!job || rows.length === 0) return;
    const adopt = 'Take Figures';
    const choice = await this.dialogs.confirm(
      say`Take OpenRouter's figures for ${countText(rows.length, 'request')}?`,
      say`They become settled. Only requests whose cost was estimated, pending or unknown are changed; what was billed stays as it was written down.`,
      adopt,
    );
    if (choice !== adopt) return;
    for (const row of rows) {
      const { entry, theirs } = row;
      const model = entry.servedModel ?? row.model ?? entry.requestedModel;
      const prices = { model, pricing: await this.findPricing(model) };
      const record = toSettledRecord(entry, theirs, row, prices);
      await this.store.update(entry.id, toSettledPatch(entry, theirs, row, record));
      job.run.noteAdopted(row.entry.id);
    }
    this.fireChange();
  }

  dispose(): void {
    this.stop();
    this.changes.dispose();
  }

  /** Waits for `before` first: a run that was stopped may still be ending. */
  private async work(job: Job, abort: AbortController, before: Promise<void> | undefined): Promise<void> {
    job.end = undefined;
    this.fireChange();
    await Promise.allSettled([before]);
    try {
      job.key = (await this.compareKey(job.account, abort.signal)) ?? job.key;
      this.fireChange();
      job.end = await job.run.run(abort.signal, () => this.fireChange());
    } finally {
      job.end ??= { kind: 'cancelled' };
      if (this.abort === abort) this.abort = undefined;
      this.fireChange();
    }
  }

  /** `undefined` when it was stopped. */
  private async compareKey(account: AccountClient, signal: AbortSignal): Promise<KeyPart | undefined> {
    const key = await account.key(signal);
    if (signal.aborted) return undefined;
    if (!key.ok) return { keyProblem: describeCallFailure(key.failure, 'the usage of the key') };
    const nowMs = this.now();
    const rows = this.queries.allRows({ fromMs: keyComparisonFromMs(nowMs) });
    const compared = await compareWithKey(key.value, rows, nowMs, signal);
    return compared && { key: compared };
  }

  private fireChange(): void {
    this.changes.fire(this.state);
  }
}
