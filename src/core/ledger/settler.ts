import { type Disposable, Emitter } from '../base/event';
import type { AccountClient, Generation } from '../chat/account';
import type { Result } from '../chat/result';
import type { Routing } from '../chat/routing';
import type { Cost } from '../money/cost';
import { formatPico } from '../money/pico';
import type { Pricing } from '../money/pricing';
import { settledCost } from '../money/trueCost';
import type { Usage } from '../money/usage';
import { toSettledRecord } from './costRecords';
import type { LedgerEntry, LedgerStore } from './ledger';
import type { Claim, LedgerLeases } from './ledgerLeases';
import { toSettledPatch } from './ledgerRecorder';
import { firstAskMs, giveUpAfterMs, nextAskDelayMs } from './settleDelays';

export interface SettlerPorts {
  readonly leases: LedgerLeases;
  /** Tells of the rows that become pending. */
  readonly store: Pick<LedgerStore, 'onDidChange' | 'get'>;
  /**
   * The account of the endpoint in force, when that is `endpoint`, where the row's request went (undefined:
   * not known). A failure postpones: no key, or another endpoint, which knows nothing of the row.
   */
  readonly connect: (endpoint: string | undefined) => Promise<Result<AccountClient>>;
  /** Catalogue prices of a model; undefined when it is not in the catalogue. */
  readonly pricingOf: (model: string) => Promise<Pricing | undefined>;
  /** Epoch ms. */
  readonly now: () => number;
  /** From 0 to just below 1. */
  readonly random: () => number;
  /** Runs `task` once after `delayMs`, unless disposed. */
  readonly schedule: (task: () => void, delayMs: number) => Disposable;
  /** Hears of errors nobody expected. */
  readonly onError: (error: unknown) => void;
}

/** What became known of a row that had ended without a cost. */
export interface Settlement {
  readonly id: string;
  readonly cost: Cost;
  readonly usage: Usage;
  readonly finishReason?: string;
  readonly model?: string;
  readonly provider?: string;
  readonly routing?: Routing;
}

/** How long one window keeps a row to itself; longer than any answer of the server may take. */
const leaseMs = 60_000;
const rowsAtOnce = 4;
/** Never sleep through a change of the clock, or through rows another window leaves overdue. */
const longestSleepMs = 10 * 60_000;

/**
 * Finds out what requests cost that ended without saying: asks `/generation`, with growing delays, across
 * windows and restarts, for 24 hours; then the row is `estimated` (or `unknown`) for ever. Listens to the
 * ledger, so that each row is asked about as soon as it is pending, whatever else still runs. Does nothing
 * before {@link start}; no timer is left after `dispose`.
 */
export class Settler implements Disposable {
  private readonly settlements = new Emitter<Settlement>();
  private readonly stopped = new AbortController();
  private timer: Disposable | undefined;
  private round: Promise<void> | undefined;
  private isWokenAgain = false;
  private listening: Disposable | undefined;
  /** Fires after the row was written. */
  readonly onDidSettle = this.settlements.event;

  constructor(private readonly ports: SettlerPorts) {}

  /** Closes what dead windows left running, then settles what is due. Resolves when the first round is over. */
  async start(): Promise<void> {
    this.listening ??= this.ports.store.onDidChange(({ id }) => void this.follow(id));
    await this.guarded(() => this.ports.leases.recover(this.ports.now()));
    await this.wake();
  }

  /** Asks about every pending row that is due now; resolves when that is done. */
  async wake(): Promise<void> {
    this.isWokenAgain = this.round !== undefined;
    this.round ??= this.settleDue().finally(() => {
      this.round = undefined;
    });
    await this.round;
  }

  dispose(): void {
    this.stopped.abort();
    this.listening?.dispose();
    this.timer?.dispose();
    this.settlements.dispose();
  }

  /** Wakes up when row `id` waits for its cost. */
  private async follow(id: string): Promise<void> {
    await this.guarded(async () => {
      const row = await this.ports.store.get(id);
      if (row && isWaiting(row) && !this.isStopped) await this.wake();
    });
  }

  private async settleDue(): Promise<void> {
    this.timer?.dispose();
    do {
      this.isWokenAgain = false;
      await this.guarded(() => this.claimAndAsk());
    } while (this.isWokenAgain && !this.isStopped);
    await this.guarded(() => this.sleep());
  }

  private async claimAndAsk(): Promise<void> {
    for (;;) {
      const { leases, now } = this.ports;
      const claims = this.isStopped ? [] : await leases.claim(now(), leaseMs, rowsAtOnce);
      if (claims.length === 0) return;
      // One row that cannot be settled now holds up none of the others.
      await Promise.all(claims.map(claim => this.guarded(() => this.settle(claim))));
    }
  }

  private async sleep(): Promise<void> {
    const dueAt = await this.ports.leases.nextDueMs();
    if (dueAt === undefined || this.isStopped) return;
    const delayMs = Math.min(Math.max(dueAt - this.ports.now(), 0), longestSleepMs);
    // Settling is asked for right when a row ends, and the server needs a moment to know it.
    this.timer = this.ports.schedule(() => void this.wake(), Math.max(delayMs, firstAskMs));
  }

  private async settle(claim: Claim): Promise<void> {
    const { entry, tries } = claim;
    const generation = await this.ask(entry);
    if (this.isStopped) return;
    const endedAt = entry.endedAt ?? entry.startedAt;
    const known = generation.ok ? await this.toSettlement(entry, generation.value) : undefined;
    if (known) return this.write(entry, known);
    const { now, random, leases } = this.ports;
    if (now() - endedAt >= giveUpAfterMs) return this.write(entry, giveUp(entry));
    const askedToWaitMs = generation.ok ? 0 : (generation.failure.retryAfterMs ?? 0);
    await leases.postpone(entry.id, now() + Math.max(nextAskDelayMs(tries, random()), askedToWaitMs));
  }

  private async ask({ generationId = '', endpoint }: LedgerEntry): Promise<Result<Generation | undefined>> {
    const account = await this.ports.connect(endpoint);
    return account.ok ? account.value.generation(generationId, this.stopped.signal) : account;
  }

  /** `undefined` while the server knows the request, but not yet what it cost. */
  private async toSettlement(entry: LedgerEntry, generation?: Generation): Promise<Settlement | undefined> {
    if (generation?.usage.costUsd === undefined) return undefined;
    const { usage, finishReason, model, provider, routing } = generation;
    const pricing = await this.ports.pricingOf(entry.servedModel ?? model ?? entry.requestedModel);
    const cost = settledCost(usage, pricing, entry.startedAt);
    return { id: entry.id, cost, usage, finishReason, model, provider, routing };
  }

  private async write(entry: LedgerEntry, settlement: Settlement): Promise<void> {
    const { cost, model: served } = settlement;
    const model = entry.servedModel ?? served ?? entry.requestedModel;
    const prices = { model, pricing: await this.ports.pricingOf(model) };
    const patch = toSettledPatch(entry, cost, settlement, toSettledRecord(entry, cost, settlement, prices));
    const wasPending = await this.ports.leases.settle(entry.id, patch);
    if (wasPending) this.settlements.fire(settlement);
  }

  private async guarded(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.ports.onError(error);
    }
  }

  private get isStopped(): boolean {
    return this.stopped.signal.aborted;
  }
}

function isWaiting({ outcome, costState, generationId }: LedgerEntry): boolean {
  return outcome !== 'started' && costState === 'pending' && generationId !== undefined;
}

/**
 * The figure for a row nobody will ever tell about: nothing when it failed before a first token came,
 * else the worst case that was reserved for it.
 */
function giveUp(entry: LedgerEntry): Settlement {
  const isUnbilled = entry.outcome === 'failed' && entry.ttftMs === undefined;
  const pico = isUnbilled ? 0n : entry.reservedPico;
  const cost: Cost =
    pico === undefined ? { state: 'unknown' } : { state: 'estimated', usd: formatPico(pico) };
  return { id: entry.id, cost, usage: {} };
}
