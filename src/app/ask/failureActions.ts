import { assertNever } from '../../core/base/assertNever';
import { links } from '../../core/base/links';
import { plain, say } from '../../core/base/plainText';
import type { Turn } from '../../core/chat/conversation';
import type { FailureAction } from '../../core/chat/failureAction';
import { commands, settings } from '../../ids';
import type { ConnectionCheckCommand } from '../account/connectionCheckCommand';
import type { KeyWays } from '../account/keyWays';
import type { ChooseModel } from '../models/modelList';
import type { Dialogs, SettingsReader, Workbench } from '../ports';
import type { RetryChanges } from './askRequest';
import type { AskSession } from './askSession';

/** The buttons beside a failure. A fix that is complete asks again by itself. */
export class FailureActions {
  constructor(
    private readonly session: Pick<AskSession, 'retry'>,
    private readonly check: Pick<ConnectionCheckCommand, 'retry'>,
    private readonly keyWays: Pick<KeyWays, 'signIn' | 'set' | 'getAndSet'>,
    private readonly chooseModel: ChooseModel,
    private readonly settings: Pick<SettingsReader, 'useModel'>,
    private readonly dialogs: Pick<Dialogs, 'openLink' | 'pick'>,
    private readonly workbench: Pick<Workbench, 'openSetting' | 'runCommand'>,
  ) {}

  /** Does what the button says that stands beside the failure of `turn`. */
  async run(action: FailureAction, turn: Turn): Promise<void> {
    const { dialogs, workbench } = this;
    switch (action) {
      case 'signIn':
        return this.retryIf(await this.keyWays.signIn(), turn);
      case 'setKey':
        return this.retryIf(await this.keyWays.set(), turn);
      case 'getKey':
        return this.retryIf(await this.keyWays.getAndSet(), turn);
      case 'pickFreeModel':
        return this.retryIf(await this.chooseModel('free'), turn);
      case 'pickModel':
        return this.retryIf(await this.chooseModel('all'), turn);
      case 'pickCheaperModel':
        return this.retryIf(await this.chooseModel('cheapest'), turn);
      case 'pickSuggestedModel':
        return this.retryIf(await this.pickSuggested(turn), turn);
      case 'retry':
        return this.retry(turn);
      case 'retryWithFewerTokens': {
        const maxTokens = turn.answer.ending?.failure?.affordableTokens;
        return this.retry(turn, maxTokens === undefined ? {} : { parameters: { maxTokens } });
      }
      case 'sendOnce':
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

  private async retry(turn: Turn, changes?: RetryChanges): Promise<void> {
    const owner = turn.kind === 'check' ? this.check : this.session;
    await owner.retry(turn, changes);
  }

  /** Lets the user pick among the models that the server suggested; true when one was picked. */
  private async pickSuggested({ answer, sent }: Turn): Promise<boolean> {
    const models = answer.ending?.failure?.fallbackModels ?? [];
    const picked = await this.dialogs.pick(
      models.map(id => ({ label: plain(id), id })),
      {
        title: say`Suggested Models`,
        placeHolder: say`OpenRouter suggests these instead of ${sent.parameters.model}`,
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
