import { type Disposable, Emitter, type Event } from '../../core/base/event';
import { toSpendLimits } from '../../core/ledger/budgets';
import type { LedgerStore } from '../../core/ledger/ledger';
import { describeTotals } from '../../core/ledger/totalsText';
import { toPeriod } from '../../core/ledger/usagePeriod';
import { isNear, isReached, type LimitUse } from '../../core/usage/limitUse';
import type { Clients } from '../account/clients';
import { readCredit } from '../account/credit';
import type { AskSession } from '../ask/askSession';
import type { SettingsReader } from '../ports/settingsReader';
import type { Workbench } from '../ports/workbench';
import { lastRequestText } from './lastRequestText';
import { periodWords, type StatusBarState } from './statusBarState';
import { tooltipCommands, type UsageFigures, usageTooltip } from './usageTooltip';

/** Sums are read once for several changes; nobody notices a delay this short. */
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
  private readonly counted = new Emitter<boolean>();
  /** Fires each time the sums were read: whether rows still wait for their cost. */
  readonly onDidCountPending: Event<boolean> = this.counted.event;

  constructor(
    private readonly store: Pick<LedgerStore, 'totals' | 'onDidChange'>,
    private readonly session: Pick<AskSession, 'conversation' | 'isRunning' | 'onDidChange'>,
    private readonly settings: Pick<SettingsReader, 'current' | 'onDidChange'>,
    workbench: Pick<Workbench, 'onDidFocus'>,
    private readonly clients: Pick<Clients, 'account'>,
    private readonly onError: (error: unknown) => void,
  ) {
    this.subscriptions = [
      store.onDidChange(() => this.refreshSoon()),
      session.onDidChange(({ type }) => type === 'composer' && this.render()),
      settings.onDidChange(() => this.refresh()),
      // Other windows write to the same ledger, and it may be another day by now.
      workbench.onDidFocus(() => this.refresh()),
    ];
  }

  /** Reads the sums again and shows them. */
  refresh(): void {
    this.read().catch(this.onError);
  }

  /** A request writes to the ledger several times in a row, and must not wait for the sums. */
  private refreshSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      this.refresh();
    }, refreshDelayMs);
  }

  /** Asks OpenRouter what is left on the key, and shows it from now on. */
  async refreshCredit(): Promise<void> {
    this.credit = await readCredit(this.clients);
    this.render();
  }

  dispose(): void {
    clearTimeout(this.soon);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
    this.counted.dispose();
  }

  private async read(): Promise<void> {
    const { store } = this;
    const nowMs = Date.now();
    const uses = toSpendLimits(this.settings.current.budgets, nowMs).map(async limit => ({
      limit,
      totals: await store.totals(limit.period, limit.ownRowsOnly),
    }));
    const [session, today, month, all] = await Promise.all([
      store.totals({}, true),
      store.totals(toPeriod('today', nowMs)),
      store.totals(toPeriod('month', nowMs)),
      store.totals({}),
    ]);
    this.figures = { session, today, month, limits: await Promise.all(uses) };
    this.render();
    this.counted.fire(all.pendingRequests > 0);
  }

  private render(): void {
    this.changed.fire(this.state());
  }

  private state(): StatusBarState | undefined {
    const { session } = this;
    const { parameters, statusBar: shown } = this.settings.current;
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
