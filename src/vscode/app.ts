import * as vscode from 'vscode';
import type { ChangeProposals } from '../app/apply/changeProposals';
import type { AnswerPageHandler } from '../app/ask/answerPageHandler';
import type { AskSession } from '../app/ask/askSession';
import type { FailureActions } from '../app/ask/failureActions';
import type { ModelPageHandler } from '../app/models/modelPageHandler';
import type { ModelPageView } from '../app/models/modelPageView';
import { readParameters } from '../core/chat/parameterSettings';
import { readProviderRules } from '../core/chat/providerRules';
import type { LedgerStore } from '../core/ledger/ledger';
import { readActions } from '../core/prompts/actionSettings';
import type { ActivationParts } from './activationParts';
import type { CommandHandlers } from './commands';
import { type Composed, compose } from './compose';
import type { VscodeDialogs } from './dialogs';
import { createHandlers, type Panels, toPanels } from './handlers';
import type { KeyStore } from './keyStore';

/** Everything behind the commands: loaded and built when the first of them runs. */
export interface App extends vscode.Disposable {
  readonly handlers: CommandHandlers;
  readonly panels: Panels;
  /** Resolves when everything is on disk. */
  flush(): Promise<void>;
  readonly testHandles: TestHandles;
}

/** What tests inside VS Code get hold of; nobody else does. */
export interface TestHandles {
  readonly session: AskSession;
  readonly dialogs: VscodeDialogs;
  readonly ledger: LedgerStore;
  readonly keys: KeyStore;
  /** What a button beside a failure does. */
  readonly failureActions: FailureActions;
  /** What a button or a key in the answer page does. */
  readonly pageHandler: AnswerPageHandler;
  /** Says which answers cannot be applied. */
  readonly proposals: Pick<ChangeProposals, 'onDidRefuse'>;
  /** The page of a model: what it shows, and what its buttons do. */
  readonly modelPage: { readonly view: ModelPageView; readonly handler: ModelPageHandler };
}

/** Builds the app; when that fails, nothing of it is left, so that it can be tried again. */
export function createApp(parts: ActivationParts): App {
  const owned: vscode.Disposable[] = [];
  const own = <T extends vscode.Disposable>(thing: T): T => {
    owned.unshift(thing);
    return thing;
  };
  const dispose = () => vscode.Disposable.from(...owned).dispose();
  parts.settings.checkWith({ readActions, readParameters, readProviderRules });
  try {
    return { ...toApp(parts, compose(parts, own)), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

function toApp(parts: ActivationParts, composed: Composed): Omit<App, 'dispose'> {
  const { failureActions, historyKeeper, keeper, ledger, modelPage, pageHandler, session } = composed;
  return {
    handlers: createHandlers(composed, parts.log),
    panels: toPanels(composed),
    flush: async () => {
      await Promise.all([keeper.flush(), historyKeeper.flush()]);
    },
    testHandles: {
      session,
      dialogs: parts.dialogs,
      ledger: ledger.store,
      keys: parts.keys,
      failureActions,
      pageHandler,
      proposals: composed.proposals,
      modelPage,
    },
  };
}
