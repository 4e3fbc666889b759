import { type Disposable, Emitter, type Event } from '../../core/base/event';
import { toSpendLimits } from '../../core/ledger/budgets';
import type { LedgerStore } from '../../core/ledger/ledger';
import { describeTotals } from '../../core/ledger/totalsText';
import { toPeriod } from '../../core/ledger/usagePeriod';
import { isNear, isReached, type LimitUse } from '../../core/usage/limitUse';
import type { AskSession } from '../ask/askSession';
import type { SettingsReader, Workbench } from '../ports';
import { lastRequestText } from './lastRequestText';
import { periodWords, type StatusBarState } from './statusBarState';
import { tooltipCommands, type UsageFigures, usageTooltip } from './usageTooltip';

export interface UsageStatusPorts {
  readonly ledger: LedgerStore;
  readonly session: Pick<AskSession, 'conversation' | 'isRunning' | 'onDidChange'>;
  readonly settings: Pick<SettingsReader, 'current' | 'onDidChange'>;
  readonly workbench: Pick<Workbench, 'onDidFocus'>;
  /** Hears after each look whether rows still wait for their cost. */
  readonly onDidCountPending: (hasPending: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/** Too short to be seen. */
const refreshDelayMs = 50;

/** What the status bar shows, in step with the ledger, the limits and the running requests. */
export class UsageStatus implements Disposable {
  private figures: UsageFigures | undefined;
  private credit: string | undefined;
  private soon: ReturnType<typeof setTimeout> | undefined;
  private readonly subscriptions: readonly Disposable[];
  private readonly changed = new Emitter<StatusBarState | undefined>();
  /** Undefined: nothing is shown. */
  readonly onDidChange: Event<StatusBarState | undefined> = this.changed.event;

  constructor(private readonly ports: UsageStatusPorts) {
    this.subscriptions = [
      ports.ledger.onDidChange(() => this.refreshSoon()),
      ports.session.onDidChange(({ type }) => type === 'composer' && this.render()),
      // Other windows write to the same ledger; the day may be another one too.
      ports.settings.onDidChange(() => this.refresh()),
      ports.workbench.onDidFocus(() => this.refresh()),
    ];
  }

  /** Reads the sums again and shows them. */
  refresh(): void {
    this.read().catch(this.ports.onError);
  }

  /** A request writes several times in a row, and its own way goes first. */
  private refreshSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      this.refresh();
    }, refreshDelayMs);
  }

  /** Notes what is left on the key. */
  setCredit(credit: string): void {
    this.credit = credit;
    this.render();
  }

  dispose(): void {
    clearTimeout(this.soon);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private async read(): Promise<void> {
    const { ledger, settings, onDidCountPending } = this.ports;
    const nowMs = Date.now();
    const uses = toSpendLimits(settings.current.budgets, nowMs).map(async limit => ({
      limit,
      totals: await ledger.totals(limit.period, limit.ownRowsOnly),
    }));
    const [session, today, month, all] = await Promise.all([
      ledger.totals({}, true),
      ledger.totals(toPeriod('today', nowMs)),
      ledger.totals(toPeriod('month', nowMs)),
      ledger.totals({}),
    ]);
    this.figures = { session, today, month, limits: await Promise.all(uses) };
    this.render();
    onDidCountPending(all.pendingRequests > 0);
  }

  private render(): void {
    this.changed.fire(this.state());
  }

  private state(): StatusBarState | undefined {
    const { session, settings } = this.ports;
    const { parameters, statusBar: shown } = settings.current;
    if (shown === 'off') return undefined;
    const lastRequest = lastRequestText(session.conversation);
    const { figures, credit } = this;
    return {
      model: parameters.model,
      spent: describeTotals(figures?.[shown]),
      period: periodWords[shown],
      isRunning: session.isRunning,
      level: levelOf(figures?.limits ?? []),
      details: figures ? usageTooltip({ ...figures, lastRequest, credit }) : [],
      linkedCommands: tooltipCommands,
    };
  }
}

function levelOf(limits: readonly LimitUse[]): 'ok' | 'warning' | 'reached' {
  if (limits.some(isReached)) return 'reached';
  return limits.some(isNear) ? 'warning' : 'ok';
}
