import * as vscode from 'vscode';
import type { UsagePageHandler } from '../../app/usage/usagePageHandler';
import type { UsageReconciling } from '../../app/usage/usageReconciling';
import type { UsageView } from '../../app/usage/usageView';
import type { WhatIfView } from '../../app/usage/whatIfView';
import type { Disposable } from '../../core/base/event';
import { viewTypes } from '../../ids';
import { type FromUsagePage, isFromUsagePage, type ToUsagePage } from '../../protocol/usageMessages';
import { type Page, PagePanel, type RestorablePanel } from './pagePanel';

const usagePage: Page<ToUsagePage, FromUsagePage> = {
  viewType: viewTypes.usage,
  name: 'usage',
  element: 'ask-usage-page',
  title: 'OpenRouter Usage',
  isFromPage: isFromUsagePage,
};

/** The window's one usage page. */
export class UsagePanel implements RestorablePanel {
  private readonly panel: PagePanel<ToUsagePage, FromUsagePage>;
  private readonly subscriptions: readonly Disposable[];

  constructor(
    extensionUri: vscode.Uri,
    private readonly view: UsageView,
    private readonly reconciling: UsageReconciling,
    private readonly whatIf: WhatIfView,
    handler: UsagePageHandler,
    onError: (error: unknown) => void,
  ) {
    this.panel = new PagePanel(
      extensionUri,
      usagePage,
      {
        onReady: () => this.greet(),
        onMessage: message => handler.handle(message),
        onHide: () => {
          view.pause();
          whatIf.pause();
        },
        // Nothing is asked of OpenRouter that nobody sees.
        onClose: () => reconciling.stop(),
      },
      onError,
    );
    this.subscriptions = [
      view.onDidPost(message => this.panel.post(message)),
      whatIf.onDidChange(state => this.panel.post({ type: 'whatIf', whatIf: state })),
      reconciling.onDidChange(reconcile => this.panel.post({ type: 'reconcile', reconcile })),
    ];
  }

  get isOpen(): boolean {
    return this.panel.isOpen;
  }

  /** Opens the page, or brings it to the front. */
  show(): void {
    if (this.panel.isOpen) this.panel.reveal();
    else this.panel.open(vscode.ViewColumn.Active);
  }

  /** Takes over a panel that VS Code kept across a reload. */
  adopt(panel: vscode.WebviewPanel): void {
    this.panel.adopt(panel);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.panel.dispose();
  }

  private async greet(): Promise<void> {
    const { state } = this.reconciling;
    if (state) this.panel.post({ type: 'reconcile', reconcile: state });
    await this.view.greet();
    await this.whatIf.greet();
  }
}
