import * as vscode from 'vscode';
import type { ModelPageHandler } from '../../app/models/modelPageHandler';
import type { ModelPageView } from '../../app/models/modelPageView';
import type { Disposable } from '../../core/base/event';
import { plain } from '../../core/base/plainText';
import { viewTypes } from '../../ids';
import { type FromModelPage, isFromModelPage, type ToModelPage } from '../../protocol/modelMessages';
import { type Page, PagePanel, type RestorablePanel } from './pagePanel';

const modelPage: Page<ToModelPage, FromModelPage> = {
  viewType: viewTypes.model,
  name: 'model',
  element: 'ask-model-page',
  title: 'Model',
  isFromPage: isFromModelPage,
};

/** The window's one page of a model; another model takes the place of the one before. */
export class ModelPanel implements RestorablePanel {
  private readonly panel: PagePanel<ToModelPage, FromModelPage>;
  private readonly subscription: Disposable;

  constructor(
    extensionUri: vscode.Uri,
    private readonly view: ModelPageView,
    handler: Pick<ModelPageHandler, 'handle'>,
    onError: (error: unknown) => void,
  ) {
    this.panel = new PagePanel(
      extensionUri,
      modelPage,
      {
        onReady: () => view.greet(),
        onMessage: message => handler.handle(message),
        onHide: () => view.pause(),
      },
      onError,
    );
    this.subscription = view.onDidPost(message => this.post(message));
  }

  /** Opens the page, or brings it to the front. */
  show(): void {
    if (this.panel.isOpen) this.panel.reveal();
    else this.panel.open(vscode.ViewColumn.Active);
  }

  /** Takes over a panel that VS Code kept across a reload, with the model that it showed. */
  adopt(panel: vscode.WebviewPanel, saved?: unknown): void {
    if (!this.panel.isOpen) this.view.restore(saved);
    this.panel.adopt(panel);
  }

  dispose(): void {
    this.subscription.dispose();
    this.panel.dispose();
  }

  private post(message: ToModelPage): void {
    if (message.type === 'model') this.panel.title = plain(message.state.model.name);
    this.panel.post(message);
  }
}
