import type { StatusBarMode } from '../../vscode/settings';
import type { StatusBarItem } from '../../vscode/views/statusBarItem';

export const periodWords: Readonly<Record<Exclude<StatusBarMode, 'off'>, string>> = {
  today: 'today',
  session: 'this session',
  month: 'this month',
};

/** Shows what is known without reading anything: the model, and for a new session that it cost nothing yet. */
export function showIdle(statusBar: StatusBarItem, model: string, mode: StatusBarMode): void {
  if (mode === 'off') {
    statusBar.hide();
    return;
  }
  statusBar.show({
    model,
    spent: mode === 'session' ? '$0' : '…',
    period: periodWords[mode],
    isRunning: false,
    level: 'ok',
    details: [],
    linkedCommands: [],
  });
}
