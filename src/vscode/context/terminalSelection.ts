import * as vscode from 'vscode';

/** Nobody has this in the clipboard. */
const mark = '\u2060ask-openrouter\u2060';

/**
 * What is selected in the active terminal; '' when nothing is. VS Code lets extensions read it only by way of the
 * clipboard, whose text is put back at once.
 */
export async function terminalSelection(): Promise<string> {
  if (!vscode.window.activeTerminal) return '';
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  // An image in the clipboard, which reads as no text, would be lost for nothing when nothing is selected.
  if (before !== '') await clipboard.writeText(mark);
  try {
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    const copied = await clipboard.readText();
    return copied === mark ? '' : copied;
  } finally {
    if (before !== '') await clipboard.writeText(before);
  }
}
