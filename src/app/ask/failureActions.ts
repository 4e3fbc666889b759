import { links } from '../../core/base/links';
import { plain, say } from '../../core/base/plainText';
import type { Turn } from '../../core/chat/conversation';
import type { FailureAction } from '../../core/chat/failureAction';
import type { ProviderRules } from '../../core/chat/providerRules';
import { relaxed, without } from '../../core/chat/relaxedRules';
import { commands, settings } from '../../ids';
import type { ConnectionCheckCommand } from '../account/connectionCheckCommand';
import type { FreeQuota } from '../account/freeQuota';
import type { KeyWays } from '../account/keyWays';
import type { ChooseModel } from '../models/modelList';
import type { Dialogs } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { Workbench } from '../ports/workbench';
import type { RetryChanges } from './askRequest';
import type { AskSession } from './askSession';
import type { ContinueCommands } from './continueCommands';

/** A page of OpenRouter, settings by how they begin, or a command. */
interface Place {
  readonly page?: string;
  readonly setting?: string;
  readonly command?: string;
}

/** Where buttons lead that only open something. */
const places = {
  openCredits: { page: links.credits },
  openKeySettings: { page: links.keys },
  openPrivacySettings: { page: links.privacy },
  openOpenRouter: { page: links.home },
  changeLimit: { setting: 'budget' },
  openBaseUrlSetting: { setting: settings.baseUrl },
  openMaxTokensSetting: { setting: settings.maxTokens },
  openStallSetting: { setting: 'stallLimits' },
  openFallbacksSetting: { setting: settings.fallbackModels },
  openProxySettings: {},
  openRouting: { command: commands.routing },
  checkConnection: { command: commands.checkConnection },
  showLog: { command: commands.showLog },
} as const satisfies Partial<Record<FailureAction, Place>>;

type OpeningAction = keyof typeof places;

/** What the buttons use: who asks again, and what opens something. */
export interface FailureActionsParts {
  readonly session: Pick<AskSession, 'retry'>;
  readonly continuing: Pick<ContinueCommands, 'continue'>;
  readonly check: Pick<ConnectionCheckCommand, 'retry'>;
  readonly keyWays: Pick<KeyWays, 'signIn' | 'set' | 'getAndSet'>;
  readonly chooseModel: ChooseModel;
  readonly settings: Pick<SettingsReader, 'current' | 'useModel'>;
  readonly dialogs: Pick<Dialogs, 'openLink' | 'pick'>;
  readonly workbench: Pick<Workbench, 'openSetting' | 'openProxySettings' | 'runCommand'>;
  readonly freeQuota: Pick<FreeQuota, 'forget'>;
}

/** The buttons beside a failure. A fix that is complete asks again by itself. */
export class FailureActions {
  constructor(private readonly parts: FailureActionsParts) {}

  /** Does what the button says that stands beside the failure of `turn`; `model` is the one that `useModel` names. */
  async run(action: FailureAction, turn: Turn, model?: string): Promise<void> {
    const failure = turn.answer.ending?.failure;
    switch (action) {
      case 'useModel':
        return this.useModel(model ?? failure?.alternatives?.[0]?.id, turn);
      case 'ignoreProvider':
      case 'relaxOnce':
        return this.retry(turn, { parameters: { provider: changedRules(action, turn) } });
      case 'dropEarlierTurns':
        return this.retry(turn, { follows: undefined });
      case 'signIn':
        return this.retryIf(await this.parts.keyWays.signIn(), turn);
      case 'setKey':
        return this.retryIf(await this.parts.keyWays.set(), turn);
      case 'getKey':
        return this.retryIf(await this.parts.keyWays.getAndSet(), turn);
      case 'pickFreeModel':
        return this.retryWithPicked(await this.parts.chooseModel('free'), turn);
      case 'pickModel':
        return this.retryWithPicked(await this.parts.chooseModel('all'), turn);
      case 'pickVisionModel':
        return this.retryWithPicked(await this.parts.chooseModel('vision'), turn);
      case 'pickCheaperModel':
        return this.retryWithPicked(await this.parts.chooseModel('cheapest'), turn);
      case 'pickSuggestedModel':
        return this.retryWithPicked(await this.pickSuggested(turn), turn);
      case 'retry':
        return this.retry(turn);
      case 'retryWithFewerTokens': {
        const maxTokens = failure?.affordableTokens;
        return this.retry(turn, maxTokens === undefined ? {} : { parameters: { maxTokens } });
      }
      case 'sendOnce':
        // What a limit stopped may have been to go on with an answer.
        if (turn.answer.requestId !== undefined) return this.parts.continuing.continue(turn, true);
        return this.retry(turn, { isForced: true, ...keepingMaxPrice(turn) });
      case 'sendFreeAnyway':
        this.parts.freeQuota.forget();
        return this.retry(turn);
      case 'allowPrice': {
        const maxPrice = failure?.offer?.maxPrice;
        return this.retry(turn, maxPrice === undefined ? {} : { parameters: { maxPrice } });
      }
      case 'openModelRules':
        return this.parts.workbench.openSetting(failure?.rule?.setting ?? settings.blockedModels);
      default:
        return this.open(action);
    }
  }

  /** Leads to the place where the user can help. */
  private async open(action: OpeningAction): Promise<void> {
    const { page, setting, command }: Place = places[action];
    if (page) await this.parts.dialogs.openLink(page);
    if (setting) await this.parts.workbench.openSetting(setting);
    if (command) await this.parts.workbench.runCommand(command);
    if (action === 'openProxySettings') await this.parts.workbench.openProxySettings();
  }

  private async retryIf(isFixed: boolean, turn: Turn): Promise<void> {
    if (isFixed) await this.retry(turn);
  }

  /** Asks the model that is in force now, also where a turn has one of its own. */
  private async retryWithPicked(isPicked: boolean, turn: Turn): Promise<void> {
    if (isPicked) await this.retry(turn, { isOfModelInForce: true });
  }

  private async useModel(model: string | undefined, turn: Turn): Promise<void> {
    if (model === undefined) return;
    await this.parts.settings.useModel(model);
    await this.retryWithPicked(true, turn);
  }

  private async retry(turn: Turn, changes?: RetryChanges): Promise<void> {
    const owner = turn.kind === 'check' ? this.parts.check : this.parts.session;
    await owner.retry(turn, changes);
  }

  /** Lets the user pick among the models that the server suggested; true when one was picked. */
  private async pickSuggested({ answer, sent }: Turn): Promise<boolean> {
    const { fallbackModels = [] } = answer.ending?.failure ?? {};
    const picked = await this.parts.dialogs.pick(
      fallbackModels.map(id => ({ label: plain(id), id })),
      {
        title: say`Suggested Models`,
        placeHolder: say`OpenRouter suggests these instead of ${sent.parameters.model}`,
      },
    );
    if (picked) await this.parts.settings.useModel(picked.id);
    return picked !== undefined;
  }
}

/** The rules of the next try alone. */
function changedRules(
  action: 'ignoreProvider' | 'relaxOnce',
  { sent, answer }: Turn,
): ProviderRules | undefined {
  const { provider: rules = {} } = sent.parameters;
  const { provider, excludedBy = [] } = answer.ending?.failure ?? {};
  if (action === 'relaxOnce') return relaxed(rules, excludedBy);
  return provider === undefined ? rules : without(rules, provider);
}

/** A price that was allowed for a request goes along when its limit is passed over, too. */
function keepingMaxPrice({ sent }: Turn): RetryChanges {
  const { maxPrice } = sent.parameters;
  return maxPrice === undefined ? {} : { parameters: { maxPrice } };
}
