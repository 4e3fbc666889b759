import * as vscode from 'vscode';
import type { Proposal } from '../../app/ports/editors';
import { proposalScheme } from '../../ids';
import { openDocument } from '../documents';
import { keepInFront } from '../keepInFront';
import { columnOf } from '../lastEditor';
import { ProposalFiles } from '../proposalFiles';
import { closeTabs, proposalTabs } from '../proposalTabs';

/** Proposed changes in VS Code's own diff editor. Its second side is edited like a file, block by block or by hand. */
export class ProposalDiffs implements vscode.Disposable {
  private readonly files = new ProposalFiles();
  private readonly opened = new Map<string, vscode.Uri>();
  private readonly subscription = vscode.Disposable.from(
    vscode.workspace.registerFileSystemProvider(proposalScheme, this.files, { isCaseSensitive: true }),
    vscode.window.tabGroups.onDidChangeTabs(() => this.forgetClosed()),
  );

  get active(): string | undefined {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    const input = activeTab?.input;
    const shown = [...this.opened].filter(([, uri]) => proposalTabs(uri).length > 0);
    const inFront = shown.find(
      ([, uri]) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString(),
    );
    return (inFront ?? (shown.length === 1 ? shown[0] : undefined))?.[0];
  }

  /** @param column where a diff is opened of a document without a tab */
  async open({ id, uri, title, text }: Proposal, column: vscode.ViewColumn): Promise<void> {
    const original = vscode.Uri.parse(uri, true);
    // In the authority nobody reads the id: a folder would stand in the breadcrumbs.
    const proposed = vscode.Uri.from({
      scheme: proposalScheme,
      authority: id.toLowerCase(),
      path: `/${nameOf(original)}`,
    });
    this.files.add(proposed, text);
    this.opened.set(id, proposed);
    // Whatever encoding the user's settings have for files.
    const document = await vscode.workspace.openTextDocument(proposed, { encoding: 'utf8' });
    const source = openDocument(uri);
    if (source && source.languageId !== document.languageId)
      await vscode.languages.setTextDocumentLanguage(document, source.languageId);
    const viewColumn = (source && columnOf(source)) ?? column;
    const options = { viewColumn, preview: false };
    await keepInFront(
      () => vscode.commands.executeCommand('vscode.diff', original, proposed, title, options),
      () => proposalTabs(proposed).length > 0,
    );
  }

  text(id: string): string | undefined {
    const uri = this.opened.get(id);
    if (!uri || proposalTabs(uri).length === 0) return undefined;
    return openDocument(uri.toString())?.getText() ?? new TextDecoder().decode(this.files.readFile(uri));
  }

  async close(id: string): Promise<void> {
    const uri = this.opened.get(id);
    if (!uri) return;
    // VS Code would ask whether to save what was edited by hand.
    const document = openDocument(uri.toString());
    if (document?.isDirty) await document.save();
    await closeTabs(proposalTabs(uri));
    this.forget(id, uri);
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** What the user closed is gone, as if discarded. */
  private forgetClosed(): void {
    for (const [id, uri] of this.opened)
      if (this.seen.has(id) && proposalTabs(uri).length === 0) this.forget(id, uri);
      else if (proposalTabs(uri).length > 0) this.seen.add(id);
  }

  /** Those whose tab was there. */
  private readonly seen = new Set<string>();

  private forget(id: string, uri: vscode.Uri): void {
    this.opened.delete(id);
    this.seen.delete(id);
    this.files.remove(uri);
  }
}

/** By its name VS Code knows the language. What is called like a notebook would be compared cell by cell. */
function nameOf({ path }: vscode.Uri): string {
  const name = path.split('/').at(-1) ?? '';
  return name === '' || name.endsWith('.ipynb') ? 'proposal' : name;
}
