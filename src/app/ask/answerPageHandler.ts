import { say } from '../../core/base/plainText';
import { rowIds } from '../../core/chat/answerTotals';
import type { Turn } from '../../core/chat/conversation';
import { offeredActions } from '../../core/chat/offeredActions';
import { commands, internalCommands } from '../../ids';
import type { FirstStep, FromAnswerPage } from '../../protocol/answerMessages';
import type { OpenInOpenRouter } from '../account/openInOpenRouter';
import type { AnswerFiles } from '../apply/answerFiles';
import type { ChangeProposals } from '../apply/changeProposals';
import type { CompareCommands } from '../compare/compareCommands';
import type { RerunCommands } from '../compare/rerunCommands';
import type { ContextMessage, ContextPage } from '../context/contextPage';
import type { ModelDetails } from '../models/modelDetails';
import type { ChooseModel } from '../models/modelList';
import type { ModelParameters } from '../models/modelParameters';
import type { Passports } from '../passport/passports';
import type { Dialogs } from '../ports/dialogs';
import type { Editors } from '../ports/editors';
import type { Log } from '../ports/log';
import type { Workbench } from '../ports/workbench';
import type { CostExplanations } from '../usage/costExplanations';
import { toTypedInput } from './askRequest';
import type { AskSession } from './askSession';
import type { ContinueCommands } from './continueCommands';
import type { FailureActions } from './failureActions';
import { askAboutHidden } from './hiddenQuestion';
import type { RawResponses } from './rawResponses';
import type { RequestCopies } from './requestCopies';
import type { RoutingMenu } from './routingMenu';

type ErrorAction = Extract<FromAnswerPage, { type: 'errorAction' }>;

type ParameterMessage = Extract<
  FromAnswerPage,
  { type: 'lookUpParameters' | 'setParameter' | 'resetParameters' }
>;

type ShowMessage = Extract<
  FromAnswerPage,
  {
    readonly type:
      | 'explainCost'
      | 'openInOpenRouter'
      | 'showPassport'
      | 'pickRouting'
      | 'showResponse'
      | 'pickModel'
      | 'showModel';
  }
>;

type NewFile = Extract<FromAnswerPage, { readonly type: 'newFile' }>;

const firstStepCommands: Readonly<Record<FirstStep, string>> = {
  signIn: commands.signIn,
  setKey: commands.setApiKey,
  sample: internalCommands.openSample,
  walkthrough: internalCommands.openWalkthrough,
};

/** What the buttons of the page do, beside the session itself. */
export interface AnswerPageParts {
  readonly failureActions: Pick<FailureActions, 'run'>;
  readonly continuing: Pick<ContinueCommands, 'continue'>;
  readonly models: {
    readonly choose: ChooseModel;
    readonly details: Pick<ModelDetails, 'show'>;
  };
  readonly dialogs: Pick<Dialogs, 'confirm' | 'copy' | 'openLink' | 'warn'>;
  readonly editors: Pick<Editors, 'insert'>;
  readonly changes: {
    readonly proposals: Pick<ChangeProposals, 'propose'>;
    readonly files: Pick<AnswerFiles, 'open'>;
  };
  readonly workbench: Pick<Workbench, 'runCommand'>;
  readonly log: Pick<Log, 'warn'>;
  readonly costs: {
    readonly explanations: Pick<CostExplanations, 'explain'>;
    readonly openRouterLog: Pick<OpenInOpenRouter, 'open'>;
  };
  readonly wire: {
    readonly copies: Pick<RequestCopies, 'copy'>;
    readonly responses: Pick<RawResponses, 'show'>;
  };
  readonly compare: {
    readonly comparing: Pick<CompareCommands, 'askTyped' | 'keep'>;
    readonly rerunning: Pick<RerunCommands, 'choose'>;
  };
  readonly privacy: {
    readonly passports: Pick<Passports, 'show'>;
    readonly routing: Pick<RoutingMenu, 'open'>;
  };
  readonly parameters: Pick<ModelParameters, 'lookUp' | 'reset' | 'set'>;
  readonly context: Pick<ContextPage, 'handle' | 'take'>;
}

/**
 * Does what the user did in the answer page, as far as the page may ask: what it names must be there, and a failure's
 * button only counts where that failure has it.
 */
export class AnswerPageHandler {
  constructor(
    private readonly session: AskSession,
    private readonly parts: AnswerPageParts,
  ) {}

  async handle(message: FromAnswerPage): Promise<void> {
    const { session } = this;
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
        return this.openNew(message);
      case 'replace':
        return this.parts.changes.proposals.propose(message.turnId, message.code);
      case 'errorAction':
        return this.runFailureAction(message);
      case 'compare':
        return this.parts.compare.comparing.askTyped(message.text);
      case 'rerun':
        return this.withTurn(message.turnId, turn => this.parts.compare.rerunning.choose(turn));
      case 'keepAnswer':
        return this.withTurn(message.turnId, turn => this.parts.compare.comparing.keep(turn));
      case 'showVersion':
        return this.withTurn(message.turnId, turn => session.choose(turn, 'show'));
      case 'continue':
        return this.goOn(message.turnId);
      case 'keep':
        return this.withTurn(message.turnId, ({ id }) => session.apply(id, { type: 'kept' }));
      case 'openLink':
        return this.parts.dialogs.openLink(message.href);
      case 'lookUpParameters':
      case 'setParameter':
      case 'resetParameters':
        return this.changeParameters(message);
      case 'firstStep':
        return this.parts.workbench.runCommand(firstStepCommands[message.step]);
      case 'newConversation':
        return this.startNew();
      case 'undoNewConversation':
        return session.undoStartNew();
      case 'copyRequest':
        return this.withTurn(message.turnId, turn => this.parts.wire.copies.copy(turn, message.format));
      case 'pageError':
        return this.parts.log.warn(say`Answer page: ${message.message}`);
      default:
        return this.show(message);
    }
  }

  /** What leads out of the page, opens something beside a turn, or goes along with a question. */
  private async show(message: ShowMessage | ContextMessage): Promise<void> {
    switch (message.type) {
      case 'explainCost':
        return this.explain(message.turnId);
      case 'openInOpenRouter':
        return this.parts.costs.openRouterLog.open(message.turnId);
      case 'showPassport':
        return this.parts.privacy.passports.show(message.turnId);
      case 'pickRouting':
        return this.parts.privacy.routing.open();
      case 'pickModel':
        return void (await this.parts.models.choose('all'));
      case 'showModel':
        return this.withTurn(message.turnId, turn => this.showModel(turn));
      case 'showResponse':
        return this.withTurn(message.turnId, turn => this.parts.wire.responses.show(turn));
      default:
        return this.parts.context.handle(message);
    }
  }

  private async goOn(turnId: string): Promise<void> {
    if (this.session.composer.canSend)
      await this.withTurn(turnId, turn => this.parts.continuing.continue(turn));
  }

  /** Of the model that the composer shows: the page may be a moment behind. */
  private async changeParameters(message: ParameterMessage): Promise<void> {
    const { session } = this;
    const { parameters } = this.parts;
    const { model } = message;
    if (model !== session.composer.model) return;
    if (message.type === 'lookUpParameters') await parameters.lookUp(model);
    else if (message.type === 'resetParameters') await parameters.reset(model);
    else await parameters.set(model, message.name, message.value);
    // A value that was not taken is shown as it was.
    session.changeComposer();
  }

  private async send(text: string): Promise<void> {
    const prompt = text.trim();
    const { session } = this;
    if (prompt === '' || !session.composer.canSend) return;
    const added = await this.parts.context.take(prompt);
    if (!added) return session.setDraft(text);
    session.setDraft('');
    await session.ask(toTypedInput(prompt, added, session.conversation));
  }

  private async explain(turnId: string): Promise<void> {
    const turn = this.find(turnId);
    if (await this.parts.costs.explanations.explain(turnId, turn && rowIds(turn))) return;
    await this.parts.dialogs.warn(
      say`The usage history has no row of this request, so its cost cannot be explained.`,
    );
  }

  private async showModel({ answer, sent }: Turn): Promise<void> {
    await this.parts.models.details.show(answer.servedModel ?? sent.parameters.model);
  }

  /** Only the conversation that is shown has buttons. */
  private async withTurn(turnId: string, act: (turn: Turn) => void | Promise<void>): Promise<void> {
    const turn = this.find(turnId);
    if (turn) await act(turn);
  }

  private find(turnId: string): Turn | undefined {
    return this.session.conversation.turns.findLast(({ id }) => id === turnId);
  }

  private async runFailureAction({ action, turnId, model }: ErrorAction): Promise<void> {
    const turn = this.find(turnId);
    if (!turn || !offeredActions(turn).includes(action)) return;
    const { alternatives = [] } = turn.answer.ending?.failure ?? {};
    if (action === 'useModel' && !alternatives.some(({ id }) => id === model)) return;
    await this.parts.failureActions.run(action, turn, model);
  }

  private async copy(text: string): Promise<void> {
    const copied = await askAboutHidden(text, 'Copy', this.parts.dialogs);
    if (copied !== undefined) await this.parts.dialogs.copy(copied);
  }

  private async openNew({ text, language, turnId, isCode }: NewFile): Promise<void> {
    const opened = await askAboutHidden(text, 'Open', this.parts.dialogs);
    if (opened !== undefined) await this.parts.changes.files.open(opened, language, turnId, isCode !== true);
  }

  private async insert(text: string): Promise<void> {
    const wanted = await askAboutHidden(text, 'Insert', this.parts.dialogs);
    if (wanted === undefined) return;
    const inserted = await this.parts.editors.insert(wanted);
    if (inserted.ok) return;
    await this.parts.dialogs.warn(
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
