import * as vscode from 'vscode';
import { extensionId, internalCommands, walkthroughId } from '../ids';

/** Short, and with a mistake in it: an explanation of it shows what a model is worth. */
const sample = `/** The average price of all items in the cart, with the discount taken off. */
export function averagePrice(items: { price: number; quantity: number }[], discount = 0.1): number {
  let sum = 0;
  for (const item of items) sum += item.price * item.quantity;
  const average = sum / items.length;
  return Math.round(average * (1 - discount) * 100) / 100;
}
`;

/** Registers what the walkthrough and the empty panel lead to. Neither needs the app behind the commands. */
export function registerFirstSteps(onError: (error: unknown) => void): vscode.Disposable {
  const register = (id: string, run: () => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(id, () => run().catch(onError));
  return vscode.Disposable.from(
    register(internalCommands.openSample, openSample),
    register(internalCommands.openWalkthrough, openWalkthrough),
  );
}

/** Opens code to try the actions on, selected, so that the next command is about it. */
async function openSample(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: sample, language: 'typescript' });
  const end = document.lineAt(document.lineCount - 1).range.end;
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.One,
    selection: new vscode.Range(new vscode.Position(0, 0), end),
  });
}

async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand(
    'workbench.action.openWalkthrough',
    `${extensionId}#${walkthroughId}`,
    false,
  );
}
