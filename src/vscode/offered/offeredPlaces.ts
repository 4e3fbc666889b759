import * as vscode from 'vscode';
import type { ActionId } from '../../core/prompts/actions';
import { commands, internalCommands } from '../../ids';

interface OfferedPlace {
  readonly uri: vscode.Uri;
  /** What is selected for the action; a cursor means the code around it. */
  readonly range: vscode.Range;
  readonly action: ActionId;
}

/** Nobody presses what was offered so long ago. */
const mostOffered = 1000;

/**
 * Places at which light bulbs and code lenses offer actions. Their command gets a number and nothing else: nothing can
 * be smuggled in through it.
 */
export class OfferedPlaces implements vscode.Disposable {
  private readonly places = new Map<number, OfferedPlace>();
  private next = 0;
  private readonly command = vscode.commands.registerCommand(internalCommands.runOffered, (id: unknown) =>
    this.run(id),
  );

  /** The command that runs `action` at a place. */
  offer(title: string, action: ActionId, uri: vscode.Uri, range: vscode.Range): vscode.Command {
    const id = this.next;
    this.next += 1;
    this.places.set(id, { uri, range, action });
    this.places.delete(id - mostOffered);
    return { title, command: internalCommands.runOffered, arguments: [id] };
  }

  dispose(): void {
    this.command.dispose();
  }

  private async run(id: unknown): Promise<void> {
    const place = typeof id === 'number' ? this.places.get(id) : undefined;
    if (!place) return;
    const editor = await editorOf(place.uri);
    editor.selection = new vscode.Selection(place.range.start, place.range.end);
    await vscode.commands.executeCommand(commands[place.action]);
  }
}

/** The editor that shows the document: in a diff and in a notebook's cell there is no other. */
async function editorOf(uri: vscode.Uri): Promise<vscode.TextEditor> {
  const isIt = ({ document }: vscode.TextEditor): boolean => document.uri.toString() === uri.toString();
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (activeTextEditor && isIt(activeTextEditor)) return activeTextEditor;
  const visible = visibleTextEditors.find(isIt);
  return vscode.window.showTextDocument(uri, { viewColumn: visible?.viewColumn });
}
