import * as vscode from 'vscode';
import type { AnswerEvent } from '../../core/chat/answer';
import type { Disposable } from '../../core/event';
import { dressPanel, pageOptions } from '../../host/pageHtml';
import { answerViewType } from '../../ids';
import {
  type AnswerPageState,
  type ComposerState,
  type FromAnswerPage,
  isFromAnswerPage,
  type ToAnswerPage,
} from '../../protocol/answerMessages';
import type { ActiveConversation, ConversationChange } from './activeConversation';
import { answerPageHtml } from './answerPageHtml';

/** What the panel needs from the rest. */
export interface AnswerPanelPorts {
  readonly extensionUri: vscode.Uri;
  readonly conversation: ActiveConversation;
  readonly composer: () => ComposerState;
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
  private readonly outbox = new Outbox(message => this.post(message));
  private readonly subscription: Disposable;

  constructor(private readonly ports: AnswerPanelPorts) {
    this.subscription = ports.conversation.onDidChange(change => this.mirror(change));
  }

  /** Opens the panel beside the editor, or brings it to the front; the focus stays where it is. */
  reveal(): void {
    if (this.panel) this.panel.reveal(undefined, true);
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
    this.panel?.dispose();
  }

  private receive(message: unknown): void {
    if (!isFromAnswerPage(message)) return;
    if (message.type === 'ready') this.greet();
    else this.ports.onMessage(message);
  }

  private greet(): void {
    this.pageIsReady = true;
    this.outbox.clear();
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

  private async post(message: ToAnswerPage): Promise<void> {
    await this.panel?.webview.postMessage(message);
  }
}

/**
 * Sends events of a turn in batches: at once when the line is free, else together when the last batch has
 * arrived. A fast stream then costs a message per round trip, not one per token.
 */
class Outbox {
  private turnId = '';
  private events: AnswerEvent[] = [];
  private isSending = false;

  constructor(private readonly post: (message: ToAnswerPage) => Promise<void>) {}

  add(turnId: string, events: readonly AnswerEvent[]): void {
    if (turnId !== this.turnId) this.flush();
    this.turnId = turnId;
    this.events.push(...events);
    if (!this.isSending) void this.sendAll();
  }

  /** Sends what waits, without waiting for the line. */
  flush(): void {
    if (this.events.length > 0) void this.post(this.take());
  }

  clear(): void {
    this.events = [];
  }

  private async sendAll(): Promise<void> {
    this.isSending = true;
    try {
      while (this.events.length > 0) await this.post(this.take());
    } finally {
      this.isSending = false;
    }
  }

  private take(): ToAnswerPage {
    const events = this.events;
    this.events = [];
    return { type: 'events', turnId: this.turnId, events };
  }
}
