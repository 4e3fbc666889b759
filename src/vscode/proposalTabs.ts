import * as vscode from 'vscode';
import { proposalScheme } from '../ids';

/** The tabs that show a proposed change; with `proposed` those of this one. */
export function proposalTabs(proposed?: vscode.Uri): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => {
      if (!(input instanceof vscode.TabInputTextDiff) || input.modified.scheme !== proposalScheme)
        return false;
      return proposed === undefined || input.modified.toString() === proposed.toString();
    });
}

export async function closeTabs(tabs: readonly vscode.Tab[]): Promise<void> {
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}

/** Closes what VS Code brings back of an earlier session: what was proposed there is gone. */
export const closeStaleProposals = (): Promise<void> => closeTabs(proposalTabs());
