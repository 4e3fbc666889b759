import * as vscode from 'vscode';

/**
 * Puts `text` at the cursor of the editor used last, replacing what is selected there; one undo takes it
 * back. False when there is no editor to put it into.
 */
export async function insertAtCursor(text: string): Promise<boolean> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor) return false;
  const inserted = await editor.edit(edit => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
  if (inserted) await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn });
  return inserted;
}

/** Opens `text` in a new untitled document of `language`, a code fence's info word, if VS Code knows it. */
export async function openAsNewFile(text: string, language: string | undefined): Promise<void> {
  const known = await vscode.languages.getLanguages();
  const id = language && languageIdOf(language.toLowerCase());
  const document = await vscode.workspace.openTextDocument({
    content: text,
    language: id !== undefined && known.includes(id) ? id : undefined,
  });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Active });
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
