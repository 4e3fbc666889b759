import * as vscode from 'vscode';
import type { NeverSend } from '../../app/context/neverSend';
import type { ContextSource, ReadContext } from '../../app/ports/questionSources';
import { type PlainText, say } from '../../core/base/plainText';
import type { AddedText } from '../../core/chat/addedPart';
import { settings, settingsSection } from '../../ids';
import { pathOf } from '../documentPlace';
import { findRepository } from '../gitRepository';
import type { LastEditor } from '../lastEditor';
import { documentAt, isRefused } from './contextFiles';
import { nearestSymbol, symbolsOf } from './symbols';
import { workspaceProblems } from './workspaceProblems';

const given = (part: AddedText): ReadContext => ({ ok: true, part });
const missing = (problem: PlainText): ReadContext => ({ ok: false, problem });

/** Reads what the user adds to a question, as it is now. */
export class ContextReader {
  constructor(
    private readonly neverSend: Pick<NeverSend, 'forbids'>,
    private readonly lastEditor: Pick<LastEditor, 'document'>,
  ) {}

  async read(source: ContextSource): Promise<ReadContext> {
    switch (source.kind) {
      case 'file':
        return this.readFile(vscode.Uri.parse(source.uri));
      case 'symbol':
        return this.readSymbol(source);
      case 'problems':
        return this.readProblems(source.uri);
      case 'diff':
        return this.readDiff(source.which);
    }
  }

  private async readFile(uri: vscode.Uri): Promise<ReadContext> {
    const document = await documentAt(uri, this.neverSend);
    if (isRefused(document)) return missing(document.problem);
    const text = document.getText();
    const path = pathOf(uri);
    if (text.trim() === '') return missing(say`${path} is empty.`);
    const { languageId, lineCount } = document;
    const endLine = text.endsWith('\n') ? lineCount - 1 : lineCount;
    return given({ kind: 'file', name: path, path, languageId, startLine: 1, endLine, text });
  }

  private async readSymbol(
    source: Extract<ContextSource, { readonly kind: 'symbol' }>,
  ): Promise<ReadContext> {
    const uri = vscode.Uri.parse(source.uri);
    const document = await documentAt(uri, this.neverSend);
    if (isRefused(document)) return missing(document.problem);
    const path = pathOf(uri);
    const symbol = nearestSymbol(await symbolsOf(uri), source);
    if (!symbol)
      return missing(say`${source.name} is not found in ${path} any more: take it out, or add it anew.`);
    const { range } = symbol;
    // Whole lines: the beginning of the first one tells how the symbol is indented.
    const whole = new vscode.Range(range.start.line, 0, range.end.line, range.end.character);
    return given({
      kind: 'symbol',
      name: source.name,
      path,
      languageId: document.languageId,
      startLine: range.start.line + 1,
      endLine: range.end.line + 1,
      text: document.getText(whole),
    });
  }

  private async readProblems(uri: string | undefined): Promise<ReadContext> {
    const address = uri === undefined ? undefined : vscode.Uri.parse(uri);
    const text = await workspaceProblems(address, this.neverSend);
    const path = address && pathOf(address);
    if (text === '')
      return missing(
        path === undefined
          ? say`No problems are reported, or only in files that ${neverSendName} forbids to send.`
          : say`No problems are reported in ${path}, or ${neverSendName} forbids to send it.`,
      );
    return given({
      kind: 'problems',
      name: path ?? 'the workspace',
      ...(path !== undefined && { path }),
      text,
    });
  }

  private async readDiff(which: 'staged' | 'unstaged'): Promise<ReadContext> {
    const repository = await findRepository(this.lastEditor.document?.uri, this.neverSend);
    if (!repository)
      return missing(
        say`There is no Git repository here. Where there are several, open a file of the one that is meant.`,
      );
    const isStaged = which === 'staged';
    const text = await (isStaged ? repository.stagedDiff() : repository.unstagedDiff());
    const what = isStaged ? 'staged changes' : 'changes that are not staged';
    if (text.trim() === '')
      return missing(say`Git has no ${what}, or only in files that ${neverSendName} forbids to send.`);
    if (text.length > mostDiffChars)
      return missing(say`The diff of the ${what} is longer than 1 MB: stage less of it.`);
    return given({ kind: 'diff', name: isStaged ? 'Staged changes' : 'Working tree changes', text });
  }
}

const mostDiffChars = 1_000_000;

const neverSendName = `${settingsSection}.${settings.neverSend}`;
