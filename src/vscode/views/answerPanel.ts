import * as vscode from 'vscode';
import type { ActiveConversation, ConversationChange } from '../../app/ask/activeConversation';
import { Outbox } from '../../app/ask/outbox';
import type { Disposable } from '../../core/base/event';
import { answerViewType } from '../../ids';
import {
  type AnswerPageState,
  type ComposerState,
  type FromAnswerPage,
  isFromAnswerPage,
  type ToAnswerPage,
} from '../../protocol/answerMessages';
import { answerPageHtml } from './answerPageHtml';
import { dressPanel, pageOptions } from './pageHtml';

/** What the panel needs from the rest. */
export interface AnswerPanelPorts {
  readonly extensionUri: vscode.Uri;
  readonly conversation: ActiveConversation;
  readonly composer: () => ComposerState;
  /** Resolves when the conversation of the last session is back: a page is shown nothing before. */
  readonly restore: () => Promise<void>;
  readonly onError: (error: unknown) => void;
  /** A message of the page other than `ready`. */
  readonly onMessage: (message: FromAnswerPage) => void;
  /** The user closed the panel. */
  readonly onDidClose: () => void;
}

/**
 * The window's one answer panel. It mirrors the conversation to the page while the page is there and queues
 * nothing while it is not: a page that comes back says `ready` and gets the whole state.
 */
export class AnswerPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private pageIsReady = false;
  private focusWhenReady = false;
  private outbox = this.newOutbox();
  private readonly subscription: Disposable;

  constructor(private readonly ports: AnswerPanelPorts) {
    this.subscription = ports.conversation.onDidChange(change => this.mirror(change));
  }

  /** Opens the panel beside the editor, or brings it to the front; the focus stays where it is. */
  reveal(): void {
    const { panel } = this;
    if (panel?.visible) return;
    if (panel) panel.reveal(isCoveredByCode(panel) ? vscode.ViewColumn.Beside : undefined, true);
    else
      this.adopt(
        vscode.window.createWebviewPanel(
          answerViewType,
          'OpenRouter',
          { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
          pageOptions(this.ports.extensionUri),
        ),
      );
  }

  /** Opens the panel and puts the focus into the composer. */
  focusComposer(): void {
    this.reveal();
    this.panel?.reveal();
    if (this.pageIsReady) void this.post({ type: 'focusComposer' });
    else this.focusWhenReady = true;
  }

  /** Takes over a panel that VS Code kept across a reload. A second one is closed: a window has one. */
  adopt(panel: vscode.WebviewPanel): void {
    if (this.panel) {
      panel.dispose();
      return;
    }
    this.panel = panel;
    dressPanel(panel, this.ports.extensionUri);
    panel.webview.onDidReceiveMessage(message => this.receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.pageIsReady = false;
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.pageIsReady = false;
      this.ports.onDidClose();
    });
    panel.webview.html = answerPageHtml(panel.webview, this.ports.extensionUri);
  }

  updateComposer(): void {
    if (this.pageIsReady) void this.post({ type: 'composer', composer: this.ports.composer() });
  }

  dispose(): void {
    this.subscription.dispose();
    this.outbox.dispose();
    this.panel?.dispose();
  }

  private receive(message: unknown): void {
    if (!isFromAnswerPage(message)) return;
    if (message.type === 'ready') this.greet().catch(this.ports.onError);
    else this.ports.onMessage(message);
  }

  private async greet(): Promise<void> {
    await this.ports.restore();
    // It may be gone or hidden by now; a page that comes back greets again.
    if (!this.panel?.visible) return;
    this.pageIsReady = true;
    this.outbox.dispose();
    this.outbox = this.newOutbox();
    this.sendState();
    if (this.focusWhenReady) void this.post({ type: 'focusComposer' });
    this.focusWhenReady = false;
  }

  private mirror(change: ConversationChange): void {
    if (!this.pageIsReady) return;
    if (change.type === 'events') {
      this.outbox.add(change.turnId, change.events);
      return;
    }
    this.outbox.flush();
    if (change.type === 'turn') void this.post(change);
    else this.sendState();
  }

  private sendState(): void {
    const state: AnswerPageState = {
      conversation: this.ports.conversation.conversation,
      composer: this.ports.composer(),
    };
    void this.post({ type: 'state', state });
  }

  private newOutbox(): Outbox {
    return new Outbox(message => this.post(message));
  }

  private async post(message: ToAnswerPage): Promise<void> {
    await this.panel?.webview.postMessage(message);
  }
}

/** In the group of the code in use: brought to the front there, it would hide that code. */
const isCoveredByCode = ({ viewColumn }: vscode.WebviewPanel): boolean =>
  viewColumn !== undefined && viewColumn === vscode.window.activeTextEditor?.viewColumn;
