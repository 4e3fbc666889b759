import type { Disposable } from '../../core/base/event';
import type { AskSession } from '../ask/askSession';
import type { SettingsReader } from '../ports/settingsReader';
import type { ChangeProposals } from './changeProposals';

/** Applies complete answers of the actions for which the user has said so, each as one undoable edit. */
export function applyWithoutAsking(
  session: Pick<AskSession, 'find' | 'onDidChange'>,
  proposals: Pick<ChangeProposals, 'applyNow'>,
  settings: Pick<SettingsReader, 'current'>,
  onError: (error: unknown) => void,
): Disposable {
  return session.onDidChange(change => {
    if (change.type !== 'events' || !change.events.some(({ type }) => type === 'ended')) return;
    const turn = session.find(change.turnId);
    if (turn?.apply !== 'replace' || turn.answer.status !== 'completed') return;
    if (settings.current.appliedWithoutAsking.includes(turn.promptId ?? turn.action))
      proposals.applyNow(turn.id).catch(onError);
  });
}
