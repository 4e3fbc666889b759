import { assertNever } from '../../core/base/assertNever';
import { links } from '../../core/base/links';
import { plain, say } from '../../core/base/plainText';
import type { Turn } from '../../core/chat/conversation';
import type { FailureAction } from '../../core/chat/failureAction';
import { commands, settings } from '../../ids';
import type { ApiKeyCommands } from '../account/apiKeyCommands';
import type { ConnectionCheckCommand } from '../account/connectionCheckCommand';
import type { ChooseModel } from '../models/modelList';
import type { Dialogs, SettingsReader, Workbench } from '../ports';
import type { RetryChanges } from './askRequest';
import type { AskSession } from './askSession';
import type { ContinueCommands } from './continueCommands';

/** The buttons beside a failure. A fix that is complete asks again by itself. */
export class FailureActions {
  constructor(
    private readonly session: Pick<AskSession, 'retry'>,
    private readonly continuing: Pick<ContinueCommands, 'continue'>,
    private readonly check: Pick<ConnectionCheckCommand, 'retry'>,
    private readonly apiKey: Pick<ApiKeyCommands, 'set' | 'getAndSet'>,
    private readonly chooseModel: ChooseModel,
    private readonly settings: Pick<SettingsReader, 'current' | 'useModel'>,
    private readonly dialogs: Pick<Dialogs, 'openLink' | 'pick'>,
    private readonly workbench: Pick<Workbench, 'openSetting' | 'runCommand'>,
  ) {}

  /** Does what the button says that stands beside the failure of `turn`. */
  async run(action: FailureAction, turn: Turn): Promise<void> {
    const { dialogs, workbench } = this;
    switch (action) {
      case 'setKey':
        return this.retryIf(await this.apiKey.set(), turn);
      case 'getKey':
        return this.retryIf(await this.apiKey.getAndSet(), turn);
      case 'pickFreeModel':
        return this.retryWithPicked(await this.chooseModel('free'), turn);
      case 'pickModel':
        return this.retryWithPicked(await this.chooseModel('all'), turn);
      case 'pickCheaperModel':
        return this.retryWithPicked(await this.chooseModel('cheapest'), turn);
      case 'pickSuggestedModel':
        return this.retryWithPicked(await this.pickSuggested(turn), turn);
      case 'retry':
        return this.retry(turn);
      case 'retryWithFewerTokens': {
        const maxTokens = turn.answer.ending?.failure?.affordableTokens;
        return this.retry(turn, maxTokens === undefined ? {} : { parameters: { maxTokens } });
      }
      case 'sendOnce':
        // What a limit stopped may have been to go on with an answer.
        if (turn.answer.requestId !== undefined) return this.continuing.continue(turn, true);
        return this.retry(turn, { isForced: true, ...keepingMaxPrice(turn) });
      case 'allowPrice': {
        const maxPrice = turn.answer.ending?.failure?.offer?.maxPrice;
        return this.retry(turn, maxPrice === undefined ? {} : { parameters: { maxPrice } });
      }
      case 'changeLimit':
        return workbench.openSetting('budget');
      case 'openCredits':
        return dialogs.openLink(links.credits);
      case 'openKeySettings':
        return dialogs.openLink(links.keys);
      case 'openPrivacySettings':
        return dialogs.openLink(links.privacy);
      case 'openBaseUrlSetting':
        return workbench.openSetting(settings.baseUrl);
      case 'openMaxTokensSetting':
        return workbench.openSetting(settings.maxTokens);
      case 'openModelRules':
        return workbench.openSetting(turn.answer.ending?.failure?.rule?.setting ?? settings.blockedModels);
      case 'openStallSetting':
        return workbench.openSetting('stallLimits');
      case 'checkConnection':
        return workbench.runCommand(commands.checkConnection);
      case 'showLog':
        return workbench.runCommand(commands.showLog);
      default:
        return assertNever(action);
    }
  }

  private async retryIf(isFixed: boolean, turn: Turn): Promise<void> {
    if (isFixed) await this.retry(turn);
  }

  /** Asks the model that is in force now, also where a turn has one of its own. */
  private async retryWithPicked(isPicked: boolean, turn: Turn): Promise<void> {
    if (!isPicked) return;
    const isOwn = turn.group !== undefined || turn.versionOf !== undefined;
    const { model } = this.settings.current.parameters;
    await this.retry(turn, isOwn ? { parameters: { model } } : undefined);
  }

  private async retry(turn: Turn, changes?: RetryChanges): Promise<void> {
    const owner = turn.kind === 'check' ? this.check : this.session;
    await owner.retry(turn, changes);
  }

  /** Lets the user pick among the models that the server suggested; true when one was picked. */
  private async pickSuggested({ answer, sent }: Turn): Promise<boolean> {
    const { fallbackModels = [], nearModels = [] } = answer.ending?.failure ?? {};
    const isOfServer = fallbackModels.length > 0;
    const { model } = sent.parameters;
    const picked = await this.dialogs.pick(
      (isOfServer ? fallbackModels : nearModels).map(id => ({ label: plain(id), id })),
      {
        title: say`Suggested Models`,
        placeHolder: isOfServer
          ? say`OpenRouter suggests these instead of ${model}`
          : say`Models of the list that are spelt much like ${model}`,
      },
    );
    if (picked) await this.settings.useModel(picked.id);
    return picked !== undefined;
  }
}

/** A price that was allowed for a request goes along when its limit is passed over, too. */
function keepingMaxPrice({ sent }: Turn): RetryChanges {
  const { maxPrice } = sent.parameters;
  return maxPrice === undefined ? {} : { parameters: { maxPrice } };
}
