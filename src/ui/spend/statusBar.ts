import * as vscode from 'vscode';
import type { Disposable } from '../../core/event';
import type { LedgerStore, Totals } from '../../core/money/ledger';
import { describeTotals } from '../../core/money/totalsText';
import { commands } from '../../ids';

export interface StatusBarPorts {
  readonly ledger: LedgerStore;
  /** Epoch ms: requests from here on belong to this session. */
  readonly sessionStartedAtMs: number;
  readonly modelName: () => string;
  readonly isRunning: () => boolean;
  /** Markdown about the last request; undefined before the first. */
  readonly lastRequest: () => string | undefined;
}

/** The model in force and what this session cost; a spinner while a request runs. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'askOpenRouter.status',
    vscode.StatusBarAlignment.Right,
    90,
  );
  private readonly subscription: Disposable;
  private totals: Totals | undefined;

  constructor(private readonly ports: StatusBarPorts) {
    this.item.name = 'OpenRouter';
    this.item.command = commands.showPanel;
    this.subscription = ports.ledger.onDidChange(() => void this.refresh());
    this.render();
    this.item.show();
  }

  /** Shows the model and the running state as they are now. */
  render(): void {
    const model = this.ports.modelName();
    const spent = describeTotals(this.totals);
    const isRunning = this.ports.isRunning();
    this.item.text = `$(${isRunning ? 'loading~spin' : 'comment-discussion'}) ${model} · ${spent}`;
    this.item.tooltip = this.tooltip(model, spent);
    this.item.accessibilityInformation = {
      label: `OpenRouter: model ${model}, ${spent} this session${isRunning ? ', a request is running' : ''}. Shows the answer panel.`,
      role: 'button',
    };
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private async refresh(): Promise<void> {
    this.totals = await this.ports.ledger.totals({ fromMs: this.ports.sessionStartedAtMs });
    this.render();
  }

  private tooltip(model: string, spent: string): vscode.MarkdownString {
    const requests = this.totals?.requests ?? 0;
    const lines = [
      '**Ask OpenRouter**',
      `Model: \`${model}\``,
      `This session: ${spent} · ${requests} ${requests === 1 ? 'request' : 'requests'}`,
      this.ports.lastRequest(),
      'Click to show the answer panel.',
    ];
    return new vscode.MarkdownString(lines.filter(line => line !== undefined).join('\n\n'));
  }
}
