import * as vscode from 'vscode';

/**
 * Puts `text` at the cursors of `editor`, or behind what is selected there: nothing is lost, and one undo
 * takes it back. False when the document cannot be changed.
 */
export async function insertAtCursor(editor: vscode.TextEditor, text: string): Promise<boolean> {
  const { document, selections, viewColumn } = editor;
  const { version } = document;
  const isAccepted = await editor.edit(edit => {
    for (const selection of selections)
      edit.insert(selection.end, besideSelection(document, selection, text));
  });
  // VS Code stretches a selection over what is put behind it: the next key would replace both.
  editor.selections = editor.selections.map(({ end }) => new vscode.Selection(end, end));
  await vscode.window.showTextDocument(document, { viewColumn });
  // VS Code takes an edit of a read-only document without a word and does nothing.
  return isAccepted && document.version !== version;
}

/** Whole lines that are selected get `text` on lines of its own below them. */
function besideSelection(document: vscode.TextDocument, selection: vscode.Selection, text: string): string {
  if (selection.isEmpty) return text;
  const { end } = selection;
  if (end.character === 0) return text.endsWith('\n') ? text : `${text}\n`;
  return end.isEqual(document.lineAt(end.line).range.end) ? `\n${text}` : text;
}

/**
 * Opens `text` in `column` in a new untitled document of `language`, a code fence's info word, if VS Code
 * knows it.
 */
export async function openAsNewFile(
  text: string,
  language: string | undefined,
  column: vscode.ViewColumn,
): Promise<void> {
  const known = await vscode.languages.getLanguages();
  const id = language && languageIdOf(language.toLowerCase());
  const document = await vscode.workspace.openTextDocument({
    content: text,
    language: id !== undefined && known.includes(id) ? id : undefined,
  });
  await vscode.window.showTextDocument(document, { viewColumn: column });
}

/** Models name languages by file ending as often as by name. */
const languageIds: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  jsx: 'javascriptreact',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  cs: 'csharp',
  'c++': 'cpp',
  kt: 'kotlin',
  sh: 'shellscript',
  bash: 'shellscript',
  shell: 'shellscript',
  ps1: 'powershell',
  yml: 'yaml',
  md: 'markdown',
  text: 'plaintext',
};

const languageIdOf = (language: string): string => languageIds[language] ?? language;
