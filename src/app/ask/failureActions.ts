import { assertNever } from '../../core/base/assertNever';
import { links } from '../../core/base/links';
import type { Turn } from '../../core/chat/conversation';
import type { FailureAction } from '../../core/chat/failureAction';
import { commands, settings } from '../../ids';
import type { PickOrder } from '../models/modelList';
import type { Dialogs, Workbench } from '../ports';
import type { WishChanges } from './questions';

/** What the buttons beside a failure need from the rest. */
export interface FailureActionPorts {
  readonly dialogs: Dialogs;
  readonly workbench: Workbench;
  readonly retry: (turn: Turn, changes?: WishChanges) => Promise<void>;
  /** Asks for a key; true when one was set. */
  readonly setKey: () => Promise<boolean>;
  /** Opens the page where keys are made, then asks for one; true when one was set. */
  readonly getKey: () => Promise<boolean>;
  /** Lets the user pick a model; true when one was picked. */
  readonly pickModel: (order: PickOrder) => Promise<boolean>;
  /** Makes a model the one in force. */
  readonly useModel: (id: string) => Promise<void>;
}

/** Does what a button beside the failure of `turn` says; a fix that is complete asks again by itself. */
export async function runFailureAction(
  action: FailureAction,
  turn: Turn,
  ports: FailureActionPorts,
): Promise<void> {
  switch (action) {
    case 'setKey':
      if (await ports.setKey()) await ports.retry(turn);
      return;
    case 'getKey':
      if (await ports.getKey()) await ports.retry(turn);
      return;
    case 'pickFreeModel':
      if (await ports.pickModel('free')) await ports.retry(turn);
      return;
    case 'pickModel':
      if (await ports.pickModel('all')) await ports.retry(turn);
      return;
    case 'pickSuggestedModel':
      if (await pickSuggested(turn, ports)) await ports.retry(turn);
      return;
    case 'retry':
      return ports.retry(turn);
    case 'retryWithFewerTokens':
      return ports.retry(turn, { maxTokens: turn.answer.ending?.failure?.affordableTokens });
    case 'sendOnce':
      return ports.retry(turn, { isForced: true });
    case 'changeLimit':
      return ports.workbench.openSetting('budget');
    case 'pickCheaperModel':
      if (await ports.pickModel('cheapest')) await ports.retry(turn);
      return;
    case 'openCredits':
      return ports.dialogs.openLink(links.credits);
    case 'openKeySettings':
      return ports.dialogs.openLink(links.keys);
    case 'openPrivacySettings':
      return ports.dialogs.openLink(links.privacy);
    case 'openBaseUrlSetting':
      return ports.workbench.openSetting(settings.baseUrl);
    case 'openMaxTokensSetting':
      return ports.workbench.openSetting(settings.maxTokens);
    case 'openStallSetting':
      return ports.workbench.openSetting('stallLimits');
    case 'checkConnection':
      return ports.workbench.runCommand(commands.checkConnection);
    case 'showLog':
      return ports.workbench.runCommand(commands.showLog);
    default:
      return assertNever(action);
  }
}

/** Lets the user pick among the models that the server suggested; true when one was picked. */
async function pickSuggested(turn: Turn, { dialogs, useModel }: FailureActionPorts): Promise<boolean> {
  const models = turn.answer.ending?.failure?.fallbackModels ?? [];
  const picked = await dialogs.pick(
    models.map(label => ({ label })),
    { title: 'Suggested Models', placeHolder: `OpenRouter suggests these instead of ${turn.sent.model}` },
  );
  if (picked) await useModel(picked.label);
  return picked !== undefined;
}
