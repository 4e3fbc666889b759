import type { FailureAction } from '../../core/chat/failureAction';
import * as vscode from 'vscode';
import { assertNever } from '../../core/base/assertNever';
import type { Turn } from '../../core/chat/conversation';
import { links } from '../../core/base/links';
import type { Dialogs } from '../../vscode/dialogs';
import { commands, settings, settingsSection } from '../../ids';
import type { PickOrder } from '../../vscode/views/modelPicker';
import type { WishChanges } from './questions';

/** What the buttons beside a failure need from the rest. */
export interface FailureActionPorts {
  readonly dialogs: Dialogs;
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
      return openBudgetSettings();
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
      return openSetting(settings.baseUrl);
    case 'openMaxTokensSetting':
      return openSetting(settings.maxTokens);
    case 'openStallSetting':
      return openSetting('stallLimits');
    case 'checkConnection':
      await vscode.commands.executeCommand(commands.checkConnection);
      return;
    case 'showLog':
      await vscode.commands.executeCommand(commands.showLog);
      return;
    default:
      return assertNever(action);
  }
}

/** Shows the spending limits in the settings editor. */
export function openBudgetSettings(): Promise<void> {
  return openSetting('budget');
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

async function openSetting(key: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `${settingsSection}.${key}`);
}
