import * as vscode from 'vscode';
import type { AskSession } from '../app/ask/askSession';
import type { Disposable } from '../core/base/event';
import { contextKeys } from '../ids';

/** Sets a key that `when` clauses of the manifest ask for. */
export async function setContextKey(
  key: (typeof contextKeys)[keyof typeof contextKeys],
  value: boolean,
): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}

/** Keeps the key that says whether there is something to stop in step with `session`. */
export function followRunning(
  session: Pick<AskSession, 'isRunning' | 'isPreparing' | 'onDidChange'>,
  onError: (error: unknown) => void,
): Disposable {
  let told = false;
  return session.onDidChange(({ type }) => {
    const isRunning = session.isRunning || session.isPreparing;
    if (type !== 'composer' || isRunning === told) return;
    told = isRunning;
    setContextKey(contextKeys.isRunning, isRunning).catch(onError);
  });
}

/** Sets the key that says that an answer has come: the walkthrough's step is done by that, not by asking. */
export function followAnswers(
  session: Pick<AskSession, 'find' | 'onDidChange'>,
  onError: (error: unknown) => void,
): Disposable {
  const subscription = session.onDidChange(change => {
    if (change.type !== 'events' || !change.events.some(({ type }) => type === 'ended')) return;
    if (session.find(change.turnId)?.answer.status !== 'completed') return;
    subscription.dispose();
    setContextKey(contextKeys.hasAnswer, true).catch(onError);
  });
  return subscription;
}
