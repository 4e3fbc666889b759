import { assertNever } from '../../core/base/assertNever';
import { say } from '../../core/base/plainText';
import type { FailureAction } from '../../core/chat/failureAction';
import { lastAnswered } from '../../core/chat/history';
import { offeredActions } from '../../core/chat/offeredActions';
import type { CodeFormat } from '../../core/chat/requestCode';
import { commands, internalCommands } from '../../ids';
import type { FirstStep, FromAnswerPage } from '../../protocol/answerMessages';
import type { OpenInOpenRouter } from '../account/openInOpenRouter';
import type { ChooseModel } from '../models/modelList';
import type { Dialogs, Editors, Log, Workbench } from '../ports';
import type { CostExplanations } from '../usage/costExplanations';
import { titleOf } from './askRequest';
import type { AskSession } from './askSession';
import type { FailureActions } from './failureActions';
import { askAboutHidden } from './hiddenQuestion';
import type { RequestCopies } from './requestCopies';

const firstStepCommands: Readonly<Record<FirstStep, string>> = {
  signIn: commands.signIn,
  setKey: commands.setApiKey,
  sample: internalCommands.openSample,
  walkthrough: internalCommands.openWalkthrough,
};

/**
 * Does what the user did in the answer page, as far as the page may ask: what it names must be there, and a failure's
 * button only counts where that failure has it.
 */
export class AnswerPageHandler {
  constructor(
    private readonly session: AskSession,
    private readonly failureActions: Pick<FailureActions, 'run'>,
    private readonly chooseModel: ChooseModel,
    private readonly dialogs: Pick<Dialogs, 'confirm' | 'copy' | 'openLink' | 'warn'>,
    private readonly editors: Pick<Editors, 'insert' | 'openNew'>,
    private readonly workbench: Pick<Workbench, 'runCommand'>,
    private readonly log: Pick<Log, 'warn'>,
    private readonly costs: {
      readonly explanations: Pick<CostExplanations, 'explain'>;
      readonly openRouterLog: Pick<OpenInOpenRouter, 'open'>;
    },
    private readonly copies: Pick<RequestCopies, 'copy'>,
  ) {}

  async handle(message: FromAnswerPage): Promise<void> {
    const { session, dialogs } = this;
    switch (message.type) {
      case 'ready':
        return;
      case 'send':
        return this.send(message.text);
      case 'draft':
        return session.setDraft(message.text);
      case 'stop':
        return message.turnId === undefined ? session.stopPreparing() : session.stop(message.turnId);
      case 'copy':
        return this.copy(message.text);
      case 'insert':
        return this.insert(message.text);
      case 'newFile':
        return this.openNew(message.text, message.language);
      case 'errorAction':
        return this.runFailureAction(message.action, message.turnId);
      case 'openLink':
        return dialogs.openLink(message.href);
      case 'explainCost':
        return this.explain(message.turnId);
      case 'openInOpenRouter':
        return this.costs.openRouterLog.open(message.turnId);
      case 'pickModel':
        await this.chooseModel('all');
        return;
      case 'firstStep':
        return this.workbench.runCommand(firstStepCommands[message.step]);
      case 'newConversation':
        return this.startNew();
      case 'undoNewConversation':
        return session.undoStartNew();
      case 'copyRequest':
        return this.copyRequest(message.turnId, message.format);
      case 'pageError':
        return this.log.warn(say`Answer page: ${message.message}`);
      default:
        return assertNever(message);
    }
  }

  private async send(text: string): Promise<void> {
    const prompt = text.trim();
    const { session } = this;
    if (prompt === '' || !session.composer.canSend) return;
    session.setDraft('');
    const follows = lastAnswered(session.conversation)?.id;
    await session.ask({ title: titleOf(prompt), action: 'ask', origin: 'panel', prompt, follows });
  }

  private async explain(turnId: string): Promise<void> {
    if (await this.costs.explanations.explain(turnId)) return;
    await this.dialogs.warn(
      say`The usage history has no row of this request, so its cost cannot be explained.`,
    );
  }

  /** Only the conversation that is shown has buttons. */
  private async runFailureAction(action: FailureAction, turnId: string): Promise<void> {
    const turn = this.session.conversation.turns.findLast(({ id }) => id === turnId);
    if (turn && offeredActions(turn).includes(action)) await this.failureActions.run(action, turn);
  }

  private async copyRequest(turnId: string, format: CodeFormat): Promise<void> {
    const turn = this.session.find(turnId);
    if (turn) await this.copies.copy(turn, format);
  }

  private async copy(text: string): Promise<void> {
    const copied = await askAboutHidden(text, 'Copy', this.dialogs);
    if (copied !== undefined) await this.dialogs.copy(copied);
  }

  private async openNew(text: string, language: string | undefined): Promise<void> {
    const opened = await askAboutHidden(text, 'Open', this.dialogs);
    if (opened !== undefined) await this.editors.openNew(opened, language);
  }

  private async insert(text: string): Promise<void> {
    const wanted = await askAboutHidden(text, 'Insert', this.dialogs);
    if (wanted === undefined) return;
    const inserted = await this.editors.insert(wanted);
    if (inserted.ok) return;
    await this.dialogs.warn(
      inserted.problem === 'noEditor'
        ? say`There is no editor to insert into: click into the file that is meant, or use New File.`
        : say`Nothing was inserted: ${inserted.name} is read-only. Use New File instead.`,
    );
  }

  /** The page has a button that brings the old conversation back until the next one has begun. */
  private startNew(): void {
    if (this.session.conversation.turns.length > 0) this.session.startNew();
  }
}
