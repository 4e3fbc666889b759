import { type Disposable, Emitter } from '../../base/event';
import { LedgerFault } from '../../money/ledgerFault';
import { withinBounds, withoutFigures } from '../bounds';
import type { LedgerDraft, LedgerEntry, LedgerPatch, Totals } from '../ledger';
import type { LedgerLeases } from '../ledgerLeases';
import { type BeginResult, type SpendLimit, toPassedLimit } from '../ledgerLimits';
import type { DurableLedgerStore, LedgerParts } from '../ledgerParts';
import type { LedgerQueries } from '../ledgerQueries';
import { addTotals } from '../ledgerTotals';
import type { Period } from '../period';
import { HeldRows } from './heldRows';
import { patched } from './patched';
import { resilientLeases } from './resilientLeases';

export interface ResilientLedgerOptions {
  /** Runs `task` once after `delayMs`, unless disposed. Default: a timer. */
  readonly schedule?: (task: () => void, delayMs: number) => Disposable;
}

/** First and longest wait between tries to write what the file would not take. */
const firstRetryMs = 250;
const longestRetryMs = 30_000;

/**
 * Keeps a durable ledger's faults from whoever asks. While the file cannot be used, this window's rows
 * stay in memory, count in totals and limits, and are written when the fault has passed. `onDidFault`
 * fires once per fault, not per call. The settler's side reads a fault as "nothing to do now"; the usage
 * page's side (`queries`) rejects with it, because a page or an export with holes would lie.
 */
export class ResilientLedger implements DurableLedgerStore, LedgerParts {
  private readonly faults = new Emitter<LedgerFault>();
  private readonly changes = new Emitter<{ readonly id: string }>();
  private readonly held = new HeldRows();
  private readonly forwarding: Disposable;
  private readonly schedule: NonNullable<ResilientLedgerOptions['schedule']>;
  private fault: LedgerFault | undefined;
  private retry: Disposable | undefined;
  private retryMs = firstRetryMs;

  /** Once per fault that keeps the file from being used, and for each request that the file refuses. */
  readonly onDidFault = this.faults.event;
  readonly onDidChange = this.changes.event;
  readonly store: DurableLedgerStore = this;
  readonly queries: LedgerQueries;
  readonly leases: LedgerLeases;

  constructor(
    private readonly file: LedgerParts,
    { schedule = onTimer }: ResilientLedgerOptions = {},
  ) {
    this.schedule = schedule;
    this.queries = file.queries;
    const leases = resilientLeases(file.leases, fault => this.note(fault));
    this.leases = { ...leases, settle: (id, patch) => this.settle(leases, id, withinBounds(patch)) };
    this.forwarding = file.store.onDidChange(change => this.changes.fire(change));
  }

  async begin(draft: LedgerDraft, limits: readonly SpendLimit[] = []): Promise<BeginResult> {
    if (this.held.has(draft.id)) throw new Error(`Ledger row ${draft.id} exists already.`);
    const entry: LedgerEntry = withinBounds({ ...draft, outcome: 'started', costState: 'pending' });
    if (this.held.unwritten().length > 0) return this.beginInMemory(entry, limits);
    try {
      const result = await this.file.store.begin(withinBounds(draft), limits);
      if (result.ok) this.held.markWritten(entry);
      this.fault = undefined;
      return result;
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
      this.note(error);
      return this.beginInMemory(entry, limits);
    }
  }

  async update(id: string, unchecked: LedgerPatch): Promise<void> {
    const patch = withinBounds(unchecked);
    const before = this.held.get(id);
    if (!before) return this.file.store.update(id, patch);
    const wasUnwritten = this.held.isUnwritten(id);
    const entry = patched(before, patch);
    this.held.hold(entry);
    if (wasUnwritten) return this.announce(id);
    try {
      await this.file.store.update(id, patch);
      this.held.markWritten(entry);
    } catch (error) {
      await this.keepUpdate(id, error);
    }
  }

  async put(unchecked: LedgerEntry): Promise<void> {
    const entry = withinBounds(unchecked);
    this.held.hold(entry);
    if (!(await this.tryWrite(entry))) this.announce(entry.id);
  }

  async get(id: string): Promise<LedgerEntry | undefined> {
    if (this.held.isUnwritten(id)) return this.held.get(id);
    try {
      return await this.file.store.get(id);
    } catch (error) {
      this.note(toFault(error));
      return this.held.get(id);
    }
  }

  async totals(period: Period, ownRowsOnly?: boolean): Promise<Totals> {
    return (await this.readTotals(period, ownRowsOnly)).totals;
  }

  /** Writes what is held back, as far as the file takes it; never rejects. */
  async flush(): Promise<void> {
    this.retry?.dispose();
    this.retry = undefined;
    for (const entry of this.held.unwritten()) {
      if (!(await this.tryWrite(entry))) return;
    }
    if (this.held.unwritten().length > 0) return this.tryLater();
    this.fault = undefined;
    this.retryMs = firstRetryMs;
  }

  /** Tries once more to write what is held back, then closes everything. */
  dispose(): void {
    this.forwarding.dispose();
    this.changes.dispose();
    const close = () => {
      this.retry?.dispose();
      this.faults.dispose();
      this.file.store.dispose();
    };
    if (this.held.unwritten().length === 0) close();
    else void this.flush().finally(close);
  }

  private async beginInMemory(entry: LedgerEntry, limits: readonly SpendLimit[]): Promise<BeginResult> {
    const sums = await Promise.all(limits.map(limit => this.readTotals(limit.period, limit.ownRowsOnly)));
    const passed = sums
      .map(({ totals }, index) => {
        const limit = limits[index];
        return limit && toPassedLimit(limit, totals, entry.reservedPico);
      })
      .filter(limit => limit !== undefined);
    const unchecked = sums.find(({ fault }) => fault)?.fault?.kind;
    if (passed.length > 0 || unchecked) return { ok: false, passed, unchecked };
    this.held.hold(entry);
    this.announce(entry.id);
    return { ok: true };
  }

  private async keepUpdate(id: string, error: unknown): Promise<void> {
    // Without a fault, the row is missing, as it went with a damaged file that was set aside, or refused.
    if (error instanceof LedgerFault) this.note(error);
    else this.held.lose(id);
    this.announce(id);
    if (!(error instanceof LedgerFault)) await this.flush();
  }

  /** False when the file cannot be used now, so that it is no use to go on with other rows. */
  private async tryWrite(entry: LedgerEntry): Promise<boolean> {
    try {
      await this.file.store.put(entry);
      this.held.markWritten(entry);
      return true;
    } catch (error) {
      if (!(error instanceof LedgerFault)) return this.writeWithoutFigures(entry, error);
      this.note(error);
      this.tryLater();
      return false;
    }
  }

  /** For a row that the file refuses though it can be used: whatever is wrong with it, others do not wait. */
  private async writeWithoutFigures(entry: LedgerEntry, refusal: unknown): Promise<boolean> {
    const bare = withoutFigures(entry);
    try {
      await this.file.store.put(bare);
      this.held.hold(bare);
      this.held.markWritten(bare);
    } catch (error) {
      if (error instanceof LedgerFault) {
        this.note(error);
        this.tryLater();
        return false;
      }
      this.held.refuse(entry.id);
    }
    this.faults.fire(new LedgerFault('refused', String(refusal)));
    return true;
  }

  private async settle(leases: LedgerLeases, id: string, patch: LedgerPatch): Promise<boolean> {
    let settled = patch;
    let isSettled: boolean;
    try {
      isSettled = await leases.settle(id, settled);
    } catch (refusal) {
      settled = { costState: 'unknown' };
      isSettled = await leases.settle(id, settled);
      this.faults.fire(new LedgerFault('refused', String(refusal)));
    }
    if (isSettled) this.held.settle(id, settled);
    return isSettled;
  }

  /** Tells of a change that only memory has so far. */
  private announce(id: string): void {
    this.changes.fire({ id });
    this.tryLater();
  }

  private tryLater(): void {
    if (this.retry) return;
    this.retry = this.schedule(() => void this.flush(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, longestRetryMs);
  }

  /** `fault` is set when the file could not be read, and rows that count are missing: those of other windows. */
  private async readTotals(period: Period, ownRowsOnly?: boolean) {
    try {
      const written = await this.file.store.totals(period, ownRowsOnly);
      return { totals: addTotals(written, this.held.difference(period)) };
    } catch (error) {
      const fault = toFault(error);
      this.note(fault);
      return { totals: this.held.totals(period), fault: ownRowsOnly ? undefined : fault };
    }
  }

  private note(fault: LedgerFault): void {
    if (this.fault?.kind === fault.kind) return;
    this.fault = fault;
    this.faults.fire(fault);
  }
}

/** A row the file refuses for a reason of ours is kept like any other, rather than thrown at the user. */
function toFault(error: unknown): LedgerFault {
  return error instanceof LedgerFault ? error : new LedgerFault('unavailable', String(error));
}

function onTimer(task: () => void, delayMs: number): Disposable {
  const timer = setTimeout(task, delayMs);
  return { dispose: () => clearTimeout(timer) };
}
