import * as vscode from 'vscode';
import type { NeverSend } from '../app/context/neverSend';
import type { VariableValue } from '../app/ports/questionSources';
import { type PlainText, say } from '../core/base/plainText';
import type { VariableName } from '../core/prompts/variables';
import { settings, settingsSection } from '../ids';
import { fileOf, pathOf } from './documentPlace';
import { findRepository } from './gitRepository';
import { rulePathOf } from './rulePath';

const given = (value: string): VariableValue => ({ ok: true, value });
const missing = (problem: PlainText): VariableValue => ({ ok: false, problem });

const forbidden = missing(
  say`a pattern in the setting ${`${settingsSection}.${settings.neverSend}`} forbids to send this file.`,
);

type Rules = Pick<NeverSend, 'forbids'>;

/** What a variable stands for in the editor, the workspace, Git and the clipboard. */
export async function variableValue(name: VariableName, neverSend: Rules): Promise<VariableValue> {
  switch (name) {
    case 'workspaceFolder':
    case 'workspaceFolderBasename':
      // The path above it tells who the user is.
      return workspaceFolder();
    case 'clipboard':
      return clipboard();
    case 'gitDiff':
      return gitDiff(neverSend);
    case 'diagnostics':
      return diagnostics(neverSend);
    default:
      return ofEditor(name);
  }
}

async function diagnostics(neverSend: Rules): Promise<VariableValue> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return missing(noEditor);
  if (await neverSend.forbids(rulePathOf(fileOf(editor.document)))) return forbidden;
  const { document, selections } = editor;
  const selected = selections.filter(selection => !selection.isEmpty);
  const found = vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ range }) => selected.length === 0 || selected.some(each => each.intersection(range)));
  return given(found.length === 0 ? 'none' : found.map(describe).join('\n'));
}

async function gitDiff(neverSend: Rules): Promise<VariableValue> {
  const repository = await findRepository(undefined, neverSend);
  if (!repository) return missing(say`there is no Git repository here.`);
  const diff = await repository.diff();
  return diff.trim() === ''
    ? missing(
        say`Git has no changes, or only in files that ${`${settingsSection}.${settings.neverSend}`} forbids to send.`,
      )
    : given(diff);
}

const noEditor = say`it needs an open text file.`;

function ofEditor(name: VariableName): VariableValue {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return missing(noEditor);
  if (name === 'language') return given(document.languageId);
  const path = pathOf(fileOf(document));
  const base = path.split('/').at(-1) ?? path;
  if (name === 'fileBasename') return given(base);
  if (name === 'fileBasenameNoExtension') return given(base.replace(/(?<=.)\.[^.]*$/, ''));
  return given(
    name === 'fileDirname' ? path.slice(0, Math.max(0, path.length - base.length - 1)) || '.' : path,
  );
}

function workspaceFolder(): VariableValue {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const folder = (uri && vscode.workspace.getWorkspaceFolder(uri)) ?? vscode.workspace.workspaceFolders?.[0];
  return folder ? given(folder.name) : missing(say`it needs an open folder.`);
}

async function clipboard(): Promise<VariableValue> {
  const text = await vscode.env.clipboard.readText();
  return text === '' ? missing(say`the clipboard holds no text.`) : given(text);
}

const severities = ['error', 'warning', 'information', 'hint'];

function describe({ code, message, range, severity, source }: vscode.Diagnostic): string {
  const id = typeof code === 'object' ? code.value : code;
  const origin = [source, id].filter(part => part !== undefined && part !== '').join(' ');
  return `line ${range.start.line + 1}: ${severities[severity]}${origin && ` (${origin})`}: ${message}`;
}
