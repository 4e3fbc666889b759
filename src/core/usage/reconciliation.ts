import type { Failure } from '../chat/failure';
import type { Routing } from '../chat/routing';
import type { LedgerEntry } from '../ledger/ledger';
import type { Period } from '../ledger/period';
import type { Cost } from '../money/cost';
import { type Pico, parsePico } from '../money/pico';
import type { Pricing } from '../money/pricing';
import type { Usage } from '../money/usage';
import { compareRow, type Difference } from './compareRow';
import { type Lookup, type LookupPorts, lookUp } from './lookup';

/** A row whose figures are not those of OpenRouter. */
export interface DifferingRow {
  readonly entry: LedgerEntry;
  readonly theirs: Cost;
  readonly usage: Usage;
  readonly model?: string;
  readonly provider?: string;
  readonly finishReason?: string;
  readonly routing?: Routing;
  readonly differences: readonly Difference[];
}

/** What a run has found so far. */
export interface ReconcileFindings {
  readonly checked: number;
  readonly same: number;
  readonly differing: readonly DifferingRow[];
  /** OpenRouter has no record of them under this key. */
  readonly notFound: number;
  /** They never got a generation id, or still run: there is nothing to look up. */
  readonly withoutId: number;
  readonly failed: number;
  /** Both sides' costs of the rows that were found and that both know. */
  readonly oursPico: Pico;
  readonly theirsPico: Pico;
}

export type RunEnd =
  | { readonly kind: 'done' }
  /** Stopped by the user; another `run` goes on from there. */
  | { readonly kind: 'cancelled' }
  /** Another `run` goes on from there, once the cause is mended. */
  | { readonly kind: 'stopped'; readonly failure: Failure };

export interface ReconcilePorts extends LookupPorts {
  /** Rows of a period, oldest first. */
  readonly rows: (period: Period) => AsyncIterable<LedgerEntry>;
  readonly pricingOf: (model: string) => Promise<Pricing | undefined>;
}

/** Rows asked about at the same time, and how often such a group may start: at most 8 a second. */
const groupSize = 4;
const groupMs = 500;

const nothing: Omit<ReconcileFindings, 'differing'> = {
  checked: 0,
  same: 0,
  notFound: 0,
  withoutId: 0,
  failed: 0,
  oursPico: 0n,
  theirsPico: 0n,
};

/**
 * Looks the rows of a period up again at `/generation`. Remembers what it has checked, so that a run that
 * was stopped goes on where it was.
 */
export class Reconciliation {
  private found = nothing;
  private readonly differing: DifferingRow[] = [];
  private nextFromMs: number | undefined;
  private readonly checkedAtNext = new Set<string>();

  constructor(
    readonly period: Period,
    private readonly ports: ReconcilePorts,
  ) {}

  get findings(): ReconcileFindings {
    return { ...this.found, differing: this.differing };
  }

  /** Checks what is left. Calls `onProgress` after each step. */
  async run(signal: AbortSignal, onProgress: () => void): Promise<RunEnd> {
    for await (const group of groups(this.remaining())) {
      if (signal.aborted) return { kind: 'cancelled' };
      const pause = this.ports.wait(groupMs, signal);
      const lookups = await Promise.all(group.map(entry => this.lookUp(entry, signal)));
      for (const [index, entry] of group.entries()) {
        const lookup = lookups[index];
        if (lookup?.kind === 'stop') return toEnd(lookup.failure, signal);
        await this.note(entry, lookup);
      }
      onProgress();
      if (group.some(hasId)) await pause;
    }
    return signal.aborted ? { kind: 'cancelled' } : { kind: 'done' };
  }

  /** Differing rows without a bill of their own, for which OpenRouter has one. */
  adoptable(): readonly DifferingRow[] {
    return this.differing.filter(isAdoptable);
  }

  /** The row with this id now has OpenRouter's figures. */
  noteAdopted(id: string): void {
    const index = this.differing.findIndex(({ entry }) => entry.id === id);
    const [row] = index < 0 ? [] : this.differing.splice(index, 1);
    if (!row) return;
    const theirsPico = parsePico(row.theirs.usd ?? '0') ?? 0n;
    const { same, oursPico } = this.found;
    const counted = row.entry.costPico ?? 0n;
    this.found = {
      ...this.found,
      same: same + 1,
      oursPico: oursPico - counted + theirsPico,
      theirsPico: this.found.theirsPico + (row.entry.costPico === undefined ? theirsPico : 0n),
    };
  }

  /** Rows begun in the same millisecond as the last checked one may not have been checked. */
  private async *remaining(): AsyncIterable<LedgerEntry> {
    const { toMs, fromMs } = this.period;
    const rows = this.ports.rows({ fromMs: this.nextFromMs ?? fromMs, toMs });
    const alreadyChecked = new Set(this.checkedAtNext);
    for await (const entry of rows) if (!alreadyChecked.has(entry.id)) yield entry;
  }

  private async lookUp(entry: LedgerEntry, signal: AbortSignal): Promise<Lookup | undefined> {
    return hasId(entry) ? lookUp(entry.generationId ?? '', this.ports, signal) : undefined;
  }

  private async note(entry: LedgerEntry, lookup: Lookup | undefined): Promise<void> {
    const found = this.found;
    const checked = found.checked + 1;
    if (lookup === undefined) this.found = { ...found, checked, withoutId: found.withoutId + 1 };
    else if (lookup.kind === 'unknown') this.found = { ...found, checked, notFound: found.notFound + 1 };
    else if (lookup.kind === 'found') this.found = { ...(await this.compare(entry, lookup)), checked };
    else this.found = { ...found, checked, failed: found.failed + 1 };
    if (entry.startedAt !== this.nextFromMs) this.checkedAtNext.clear();
    this.nextFromMs = entry.startedAt;
    this.checkedAtNext.add(entry.id);
  }

  private async compare(
    entry: LedgerEntry,
    { generation }: Extract<Lookup, { kind: 'found' }>,
  ): Promise<typeof nothing> {
    const pricing = await this.ports.pricingOf(entry.servedModel ?? entry.requestedModel);
    const { theirs, differences } = compareRow(entry, generation, pricing);
    const theirsPico = theirs.usd === undefined ? undefined : parsePico(theirs.usd);
    const bothKnown = entry.costPico !== undefined && theirsPico !== undefined;
    const { usage, finishReason, model, provider, routing } = generation;
    const found = this.found;
    if (differences.length > 0)
      this.differing.push({ entry, theirs, usage, finishReason, model, provider, routing, differences });
    return {
      ...found,
      same: found.same + (differences.length === 0 ? 1 : 0),
      oursPico: found.oursPico + (bothKnown ? (entry.costPico ?? 0n) : 0n),
      theirsPico: found.theirsPico + (bothKnown ? (theirsPico ?? 0n) : 0n),
    };
  }
}

/** A running request has no final record anywhere yet. */
function hasId({ generationId, outcome }: LedgerEntry): boolean {
  return generationId !== undefined && outcome !== 'started';
}

/** A billed row is never changed: what it says was once OpenRouter's word too. */
function isAdoptable({ entry, theirs }: DifferingRow): boolean {
  const isOpen = ['estimated', 'pending', 'unknown'].includes(entry.costState);
  return isOpen && (theirs.state === 'settled' || theirs.state === 'free');
}

function toEnd(failure: Failure, signal: AbortSignal): RunEnd {
  return signal.aborted ? { kind: 'cancelled' } : { kind: 'stopped', failure };
}

async function* groups(entries: AsyncIterable<LedgerEntry>): AsyncIterable<readonly LedgerEntry[]> {
  let group: LedgerEntry[] = [];
  for await (const entry of entries) {
    group.push(entry);
    if (group.length < groupSize) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
