import * as vscode from 'vscode';
import { orTellFault } from '../../app/usage/ledgerTrouble';
import { UsageDeletion, type UsageDeletionPorts } from '../../app/usage/usageDeletion';
import { UsageExport, type UsageExportPorts } from '../../app/usage/usageExport';
import { handleUsageMessage, type UsageMessagePorts } from '../../app/usage/usageMessages';
import { UsageReconciling, type UsageReconcilingPorts } from '../../app/usage/usageReconciling';
import { UsageView, type UsageViewPorts } from '../../app/usage/usageView';
import { wait } from '../../core/base/wait';
import { usageViewType } from '../../ids';
import { isFromUsagePage } from '../../protocol/usageGuard';
import type { ToUsagePage } from '../../protocol/usageMessages';
import { dressPanel, pageHtml, pageOptions } from './pageHtml';

/** What the usage page and its commands need from the rest. */
export interface UsagePagePorts
  extends Omit<UsageViewPorts, 'post' | 'ledger'>,
    Omit<UsageExportPorts, 'dialogs'>,
    Omit<UsageDeletionPorts, 'dialogs'>,
    Omit<UsageReconcilingPorts, 'ledger' | 'wait' | 'dialogs'>,
    Pick<UsageMessagePorts, 'log' | 'ask' | 'dialogs'> {
  readonly extensionUri: vscode.Uri;
  readonly ledger: UsageViewPorts['ledger'] & UsageReconcilingPorts['ledger'];
}

/** The window's one usage page, and the commands that work with or without it. */
export class UsagePanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private readonly view: UsageView;
  private readonly exporting: UsageExport;
  private readonly reconciling: UsageReconciling;
  private readonly deletion: UsageDeletion;

  constructor(private readonly ports: UsagePagePorts) {
    this.view = new UsageView({ ...ports, post: message => this.post(message) });
    this.exporting = new UsageExport(ports);
    this.reconciling = new UsageReconciling({ ...ports, wait });
    this.deletion = new UsageDeletion(ports);
    this.reconciling.onDidChange(reconcile => this.post({ type: 'reconcile', reconcile }));
  }

  /** Opens the page, or brings it to the front. */
  show(): void {
    if (this.panel) this.panel.reveal();
    else
      this.adopt(
        vscode.window.createWebviewPanel(
          usageViewType,
          'OpenRouter Usage',
          vscode.ViewColumn.Active,
          pageOptions(this.ports.extensionUri),
        ),
      );
  }

  /** Takes over a panel that VS Code kept across a reload. A second one is closed: a window has one. */
  adopt(panel: vscode.WebviewPanel): void {
    if (this.panel) {
      panel.dispose();
      return;
    }
    this.panel = panel;
    dressPanel(panel, this.ports.extensionUri);
    panel.webview.onDidReceiveMessage(message => void this.receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.view.pause();
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.view.pause();
      // Nothing is asked of OpenRouter that nobody sees.
      this.reconciling.stop();
    });
    panel.webview.html = pageHtml(panel.webview, this.ports.extensionUri, {
      name: 'usage',
      element: 'ask-usage-page',
      title: 'OpenRouter Usage',
    });
  }

  async exportUsage(): Promise<void> {
    const shown = this.panel ? this.view.rowFilter : undefined;
    await orTellFault(this.ports.dialogs, () => this.exporting.run(shown));
  }

  /** Shows the page, where the findings appear. */
  async reconcile(): Promise<void> {
    this.show();
    await orTellFault(this.ports.dialogs, () => this.reconciling.start());
  }

  async deleteHistory(): Promise<void> {
    await orTellFault(this.ports.dialogs, () => this.deletion.run());
  }

  dispose(): void {
    this.view.dispose();
    this.reconciling.dispose();
    this.panel?.dispose();
  }

  private async receive(message: unknown): Promise<void> {
    if (!isFromUsagePage(message)) return;
    const { view, exporting, reconciling, deletion, ports } = this;
    const { dialogs, log, ask, queries } = ports;
    const location = () => queries.location;
    try {
      if (message.type === 'ready') this.greetWithRun();
      const messagePorts = { view, exporting, reconciling, deletion, dialogs, log, ask, location };
      await orTellFault(dialogs, () => handleUsageMessage(message, messagePorts));
    } catch (error) {
      ports.report(error);
    }
  }

  private greetWithRun(): void {
    const { state } = this.reconciling;
    if (state) this.post({ type: 'reconcile', reconcile: state });
  }

  private post(message: ToUsagePage): void {
    void this.panel?.webview.postMessage(message);
  }
}
