import * as vscode from 'vscode';
import type { contextKeys } from '../ids';

type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];

/** Sets a key that `when` clauses look at. */
export async function setContextKey(key: ContextKey, value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}
