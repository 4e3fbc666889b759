import type { Disposable } from '../../core/event';
import type { LedgerStore, Totals } from '../../core/money/ledger';
import { describeTotals } from '../../core/money/totalsText';
import type { ActiveConversation } from '../ask/activeConversation';
import { lastRequestText } from './lastRequestText';
import type { StatusBarState } from './statusBarItem';

export interface SpendStatusPorts {
  readonly ledger: LedgerStore;
  readonly conversation: ActiveConversation;
  readonly modelName: () => string;
  readonly show: (state: StatusBarState) => void;
  readonly onError: (error: unknown) => void;
}

/** What the status bar shows before anything was asked in this window. */
export function idleStatus(model: string): StatusBarState {
  return { model, spent: describeTotals(undefined), period: 'this session', isRunning: false, details: [] };
}

/** Keeps the status bar in step with the ledger and the running requests. */
export class SpendStatus implements Disposable {
  private totals: Totals | undefined;
  private readonly subscriptions: readonly Disposable[];

  constructor(private readonly ports: SpendStatusPorts) {
    this.subscriptions = [
      ports.ledger.onDidChange(() => void this.refresh().catch(ports.onError)),
      ports.conversation.onDidChangeRunning(() => this.render()),
    ];
  }

  /** Shows model, totals and running state as they are now. */
  render(): void {
    const { conversation, modelName, show } = this.ports;
    const requests = this.totals?.requests ?? 0;
    const lastRequest = lastRequestText(conversation.conversation);
    show({
      model: modelName(),
      spent: describeTotals(this.totals),
      period: 'this session',
      isRunning: conversation.isRunning,
      details: [
        `${requests} ${requests === 1 ? 'request' : 'requests'} this session`,
        ...(lastRequest === undefined ? [] : [lastRequest]),
      ],
    });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async refresh(): Promise<void> {
    this.totals = await this.ports.ledger.totals({}, true);
    this.render();
  }
}
