import * as vscode from 'vscode';
import type { KeyPresence } from '../../app/account/keyPresence';
import type { ChangeProposals } from '../../app/apply/changeProposals';
import type { AnswerPageHandler } from '../../app/ask/answerPageHandler';
import type { AskSession, SessionChange } from '../../app/ask/askSession';
import { ConversationSender } from '../../app/ask/conversationSender';
import type { ContextCommands, Ended } from '../../app/context/contextCommands';
import type { ContextImages } from '../../app/context/contextImages';
import type { Passports } from '../../app/passport/passports';
import type { Dialogs } from '../../app/ports/dialogs';
import type { CostExplanations } from '../../app/usage/costExplanations';
import type { Disposable } from '../../core/base/event';
import type { AnswerEvent } from '../../core/chat/answer';
import { noChoices } from '../../core/chat/versions';
import { viewTypes } from '../../ids';
import { type FromAnswerPage, isFromAnswerPage, type ToAnswerPage } from '../../protocol/answerMessages';
import { type Page, PagePanel, type RestorablePanel } from './pagePanel';

export const answerPage: Page<ToAnswerPage, FromAnswerPage> = {
  viewType: viewTypes.answer,
  name: 'answer',
  element: 'ask-answer-page',
  title: 'OpenRouter',
  isFromPage: isFromAnswerPage,
  batching: { keyOf: batchOf, join },
};

/**
 * A new turn waits like its events, which stay behind it: nothing that the page is told holds up the request that is
 * just being sent.
 */
function batchOf(message: ToAnswerPage): string | undefined {
  switch (message.type) {
    case 'turn':
      return `turn ${message.turn.id}`;
    case 'events':
      return message.turnId;
    case 'composer':
      return 'composer';
    default:
      return undefined;
  }
}

/** Events one after the other; of everything else the last. */
function join(first: ToAnswerPage, others: readonly ToAnswerPage[]): ToAnswerPage {
  if (first.type !== 'events') return others.at(-1) ?? first;
  return { ...first, events: [first, ...others].flatMap(eventsOf) };
}

/** What the panel shows, and who is told of what happens in it. */
export interface AnswerPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly session: AskSession;
  readonly keyPresence: Pick<KeyPresence, 'hasKey' | 'onDidChange'>;
  readonly handler: Pick<AnswerPageHandler, 'handle'>;
  readonly explanations: Pick<CostExplanations, 'onDidExplain'>;
  readonly passports: Pick<Passports, 'onDidShow'>;
  readonly context: {
    readonly commands: Pick<ContextCommands, 'onDidEnd'>;
    readonly images: Pick<ContextImages, 'onDidAsk' | 'large'>;
  };
  readonly changes: Pick<ChangeProposals, 'onDidRefuse'>;
  readonly dialogs: Pick<Dialogs, 'warn'>;
  readonly onError: (error: unknown) => void;
}

/** The window's one answer panel: shows the session to the page, and tells the session what the user did. */
export class AnswerPanel implements RestorablePanel {
  private focusWhenReady = false;
  private readonly panel: PagePanel<ToAnswerPage, FromAnswerPage>;
  private readonly sender: ConversationSender;
  private readonly subscriptions: readonly Disposable[];

  constructor(private readonly parts: AnswerPanelParts) {
    const { session, onError } = parts;
    this.panel = new PagePanel(
      parts.extensionUri,
      answerPage,
      {
        beforeReady: () => session.restore(),
        onReady: async () => this.greet(),
        onMessage: message => parts.handler.handle(message),
        onHide: () => this.sender.stop(),
        onClose: () => session.stop(),
      },
      onError,
    );
    this.sender = new ConversationSender(
      session,
      message => this.panel.deliver(message),
      () => this.panel.flush(),
    );
    this.subscriptions = [
      session.onDidChange(change => this.show(change)),
      parts.keyPresence.onDidChange(() => this.panel.isReady && this.showAccount()),
      parts.explanations.onDidExplain(explained => {
        if (this.panel.isReady) this.panel.post({ type: 'explanation', ...explained });
      }),
      parts.passports.onDidShow(passport => {
        if (this.panel.isReady) this.panel.post({ type: 'passport', passport });
      }),
      parts.context.commands.onDidEnd(ended => this.showChosen(ended)),
      parts.context.images.onDidAsk(image => {
        if (this.panel.isReady) this.panel.post({ type: 'shrinkImage', ...image });
      }),
      parts.changes.onDidRefuse(refusal => {
        if (this.panel.isReady && this.panel.isVisible) this.panel.post({ type: 'refused', ...refusal });
        else parts.dialogs.warn(refusal.reason).catch(onError);
      }),
    ];
  }

  /** Opens the panel beside the editor, or brings it to the front; the focus stays where it is. */
  reveal(): void {
    const { panel } = this;
    if (panel.isVisible) return;
    if (panel.isOpen)
      panel.reveal(isUsedByCode(panel.viewColumn) ? vscode.ViewColumn.Beside : undefined, true);
    else panel.open(vscode.ViewColumn.Beside, true);
  }

  /** Opens the panel and puts the focus into the composer. */
  focusComposer(): void {
    this.reveal();
    this.panel.reveal();
    // The conversation is read while the page starts.
    void this.parts.session.restore();
    if (this.panel.isReady) this.panel.post({ type: 'focusComposer' });
    else this.focusWhenReady = true;
  }

  /** Takes over a panel that VS Code kept across a reload. */
  adopt(panel: vscode.WebviewPanel): void {
    this.panel.adopt(panel);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.panel.dispose();
  }

  /** What goes along is seen in the composer, and the question is typed there. */
  private showChosen({ isChosen, goesOn }: Ended): void {
    if (isChosen && this.panel.isReady) this.panel.post({ type: 'contextChosen' });
    if (goesOn) this.focusComposer();
  }

  private showAccount(): void {
    const { hasKey } = this.parts.keyPresence;
    if (hasKey !== undefined) this.panel.post({ type: 'account', hasKey });
  }

  private greet(): void {
    this.showAccount();
    for (const image of this.parts.context.images.large) this.panel.post({ type: 'shrinkImage', ...image });
    void this.sender.sendLastFirst();
    // A page takes a while to load: who has gone on to the code by then is not called back.
    if (this.focusWhenReady && this.panel.isActive) this.panel.post({ type: 'focusComposer' });
    this.focusWhenReady = false;
  }

  private show(change: SessionChange): void {
    if (change.type === 'reveal') this.reveal();
    else if (!this.panel.isReady) return;
    else if (change.type === 'replaced') void this.sender.sendAll();
    else if (change.type === 'composer')
      this.panel.post({ type: 'composer', composer: this.parts.session.composer });
    else if (change.type === 'choices')
      this.panel.post({ type: 'choices', choices: this.parts.session.conversation.choices ?? noChoices });
    else this.panel.post(change);
  }
}

/** A panel in the group of the code in use would hide that code, if it were brought to the front there. */
function isUsedByCode(column: vscode.ViewColumn | undefined): boolean {
  return column !== undefined && column === vscode.window.activeTextEditor?.viewColumn;
}

const eventsOf = (message: ToAnswerPage): readonly AnswerEvent[] =>
  message.type === 'events' ? message.events : [];
