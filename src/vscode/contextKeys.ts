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

/** Sets the keys that say that an answer, and a comparison, has come: a step is done by that, not by asking. */
export function followAnswers(
  session: Pick<AskSession, 'conversation' | 'find' | 'onDidChange'>,
  onError: (error: unknown) => void,
): Disposable {
  const missing = new Set<'hasAnswer' | 'hasComparison'>(['hasAnswer', 'hasComparison']);
  const subscription = session.onDidChange(change => {
    if (change.type !== 'events' || !change.events.some(({ type }) => type === 'ended')) return;
    const turn = session.find(change.turnId);
    if (turn?.answer.status !== 'completed') return;
    const isCompared = session.conversation.turns.some(
      other => other.group === turn.group && other.id !== turn.id && other.answer.status === 'completed',
    );
    const reached = turn.group !== undefined && isCompared ? [...missing] : (['hasAnswer'] as const);
    for (const key of reached) if (missing.delete(key)) setContextKey(contextKeys[key], true).catch(onError);
    if (missing.size === 0) subscription.dispose();
  });
  return subscription;
}
