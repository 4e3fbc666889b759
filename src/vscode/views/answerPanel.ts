import * as vscode from 'vscode';
import type { AnswerPageHandler } from '../../app/ask/answerPageHandler';
import type { AskSession, SessionChange } from '../../app/ask/askSession';
import { ConversationSender } from '../../app/ask/conversationSender';
import { Outbox } from '../../app/ask/outbox';
import type { Disposable } from '../../core/base/event';
import { answerViewType } from '../../ids';
import { isFromAnswerPage, type ToAnswerPage } from '../../protocol/answerMessages';
import { answerPageHtml } from './answerPageHtml';
import { dressPanel, pageOptions } from './pageHtml';

/**
 * The window's one answer panel. It mirrors the conversation to the page while the page is there and queues
 * nothing while it is not: a page that comes back says `ready` and gets the whole state.
 */
export class AnswerPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private pageIsReady = false;
  private focusWhenReady = false;
  private outbox = this.newOutbox();
  private readonly sender: ConversationSender;
  private readonly subscription: Disposable;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly session: AskSession,
    private readonly handler: Pick<AnswerPageHandler, 'handle'>,
    private readonly onError: (error: unknown) => void,
  ) {
    this.sender = new ConversationSender(
      session,
      message => this.post(message),
      () => this.outbox.flush(),
    );
    this.subscription = session.onDidChange(change => this.mirror(change));
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
          pageOptions(this.extensionUri),
        ),
      );
  }

  /** Opens the panel and puts the focus into the composer. */
  focusComposer(): void {
    this.reveal();
    this.panel?.reveal();
    // The conversation is read while the page starts.
    void this.session.restore();
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
    dressPanel(panel, this.extensionUri);
    panel.webview.onDidReceiveMessage(message => this.receive(message));
    panel.onDidChangeViewState(() => {
      if (panel.visible) return;
      this.pageIsReady = false;
      this.sender.stop();
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.pageIsReady = false;
      this.sender.stop();
      this.session.stop();
    });
    panel.webview.html = answerPageHtml(panel.webview, this.extensionUri);
  }

  dispose(): void {
    this.subscription.dispose();
    this.outbox.dispose();
    this.panel?.dispose();
  }

  private receive(message: unknown): void {
    if (!isFromAnswerPage(message)) return;
    const handling = message.type === 'ready' ? this.greet() : this.handler.handle(message);
    handling.catch(this.onError);
  }

  private async greet(): Promise<void> {
    await this.session.restore();
    // It may be gone or hidden by now; a page that comes back greets again.
    if (!this.panel?.visible) return;
    this.pageIsReady = true;
    this.outbox.dispose();
    this.outbox = this.newOutbox();
    void this.sender.sendLastFirst();
    if (this.focusWhenReady) void this.post({ type: 'focusComposer' });
    this.focusWhenReady = false;
  }

  private mirror(change: SessionChange): void {
    if (change.type === 'reveal') this.reveal();
    if (!this.pageIsReady || change.type === 'reveal') return;
    if (change.type === 'events') {
      this.outbox.add(change.turnId, change.events);
      return;
    }
    this.outbox.flush();
    if (change.type === 'turn') void this.post(change);
    else if (change.type === 'composer')
      void this.post({ type: 'composer', composer: this.session.composer });
    else void this.sender.sendAll();
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
