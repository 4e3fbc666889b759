import * as vscode from 'vscode';
import { openWorkspaceExportFile } from '../host/workspaceExportFile';
import { openDiskExportFile } from '../storage/diskExportFile';
import { homeFolder } from '../storage/homeFolder';
import { UsagePage } from '../ui/spend/usagePage';
import type { AppHost } from './appHost';
import type { Spend } from './createSpend';

/** The usage page and its commands. `ask` begins a question to a model. */
export function createUsagePage(host: AppHost, spend: Spend, ask: () => void): UsagePage {
  const { context, dialogs, log, report } = host;
  const { ledger, account, cachedModel } = spend;
  return new UsagePage({
    extensionUri: context.extensionUri,
    ledger: ledger.store,
    queries: ledger.queries,
    pricingOf: async id => (await cachedModel(id))?.pricing,
    account,
    dialogs,
    log,
    report,
    ask,
    now: Date.now,
    suggestIn: () => vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homeFolder()),
    openFile: target =>
      target.scheme === 'file' ? openDiskExportFile(target.fsPath) : openWorkspaceExportFile(target),
  });
}
