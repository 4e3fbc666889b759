import type * as vscode from 'vscode';
import { mementos } from '../ids';

/** Remembers over all windows whether requests wait for their cost: the next start goes on asking then. */
export function rememberPending(
  memento: vscode.Memento,
  onError: (error: unknown) => void,
): (hasPending: boolean) => void {
  return hasPending => {
    if (memento.get(mementos.hasUnsettled, false) === hasPending) return;
    memento.update(mementos.hasUnsettled, hasPending).then(undefined, onError);
  };
}
