import * as vscode from 'vscode';
import { type ActionId, builtInActions } from '../core/prompts/actions';
import { commands, type ViewType, viewTypes } from '../ids';
import type { CommandHandlers } from './commands';
import type { Composed } from './compose';
import type { VscodeLog } from './log';
import type { RestorablePanel } from './views/pagePanel';

/** What each command does. */
export function createHandlers(
  {
    answerPanel,
    apiKey,
    askCommands,
    check,
    commitMessage,
    comparing,
    context,
    continuing,
    diagnostics,
    keyWays,
    conversationPicker,
    openRouterLog,
    pageHandler,
    modelDetails,
    picker,
    proposals,
    rerunning,
    prompts,
    rawResponses,
    requestCopies,
    requestPreview,
    routing,
    session,
    usageCommands,
  }: Composed,
  log: Pick<VscodeLog, 'show'>,
): CommandHandlers {
  const actions = builtInActions.map(action => [commands[action.id], () => askCommands.run(action)] as const);
  return {
    ...(Object.fromEntries(actions) as Pick<CommandHandlers, (typeof commands)[ActionId]>),
    'askOpenRouter.addContext': argument => {
      const uris = toUris(argument);
      return uris.length === 0 ? context.commands.choose() : context.commands.addFiles(uris);
    },
    'askOpenRouter.selectModel': argument => picker.select(argument),
    'askOpenRouter.showModel': id => modelDetails.show(id),
    'askOpenRouter.compare': argument => comparing.run(argument),
    'askOpenRouter.rerun': argument => rerunning.run(argument),
    'askOpenRouter.runPrompt': name => prompts.run(name),
    'askOpenRouter.newPrompt': () => prompts.create(),
    'askOpenRouter.setApiKey': () => apiKey.set(),
    'askOpenRouter.signIn': () => keyWays.signIn(),
    'askOpenRouter.removeApiKey': () => apiKey.remove(),
    'askOpenRouter.checkConnection': () => check.run(),
    'askOpenRouter.showPanel': () => answerPanel.focusComposer(),
    'askOpenRouter.newConversation': async () => {
      await pageHandler.handle({ type: 'newConversation' });
      await answerPanel.focusComposer();
    },
    'askOpenRouter.acceptChange': () => proposals.accept(),
    'askOpenRouter.discardChange': () => proposals.discard(),
    'askOpenRouter.stop': () => session.stop(),
    'askOpenRouter.continueAnswer': () => continuing.run(),
    'askOpenRouter.showConversations': () => conversationPicker.show(),
    'askOpenRouter.showLog': () => log.show(),
    'askOpenRouter.copyDiagnostics': () => diagnostics.copy(),
    'askOpenRouter.routing': () => routing.open(),
    'askOpenRouter.showUsage': () => usageCommands.show(),
    'askOpenRouter.exportUsage': () => usageCommands.exportUsage(),
    'askOpenRouter.reconcileUsage': () => usageCommands.reconcile(),
    'askOpenRouter.deleteUsage': () => usageCommands.deleteHistory(),
    'askOpenRouter.commitMessage': place => commitMessage.write(place),
    'askOpenRouter.previewRequest': () => requestPreview.run(),
    'askOpenRouter.leaveOutParts': () => requestPreview.leaveOut(),
    'askOpenRouter.copyRequestAs': argument => requestCopies.copyNewest(argument),
    'askOpenRouter.showRawResponse': () => rawResponses.showNewest(session),
    'askOpenRouter.openInOpenRouter': () => openRouterLog.openNewest(session.conversation),
  } satisfies CommandHandlers;
}

/** The panel of each page, by the name that VS Code brings it back by. */
export type Panels = Readonly<Record<ViewType, RestorablePanel>>;

/** Where what VS Code kept of a page across a reload goes to. */
export function toPanels({ answerPanel, modelPanel, usagePanel }: Composed): Panels {
  return {
    [viewTypes.answer]: answerPanel,
    [viewTypes.model]: modelPanel,
    [viewTypes.usage]: usagePanel,
  };
}

/** The addresses of the files that a menu of VS Code means; empty for anything else. */
function toUris(argument: unknown): readonly string[] {
  const given: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  return given.flatMap(each => (each instanceof vscode.Uri ? [each.toString()] : []));
}
