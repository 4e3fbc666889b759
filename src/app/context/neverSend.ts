import type { SettingsReader } from '../ports/settingsReader';
import type { PathRule } from './ignoreRules';

/** Which files `askOpenRouter.neverSend` forbids to send. What one place forbids no other place can allow. */
export class NeverSend {
  private lists: readonly (readonly string[])[] = [];
  private rules: readonly PathRule[] = [];

  constructor(private readonly settings: Pick<SettingsReader, 'current'>) {}

  /** @param path below the workspace folder of the file, or from the root of its disk; `/` between its parts. */
  async forbids(path: string): Promise<boolean> {
    const lists = this.settings.current.neverSend.filter(patterns => patterns.length > 0);
    if (lists.length === 0) return false;
    if (JSON.stringify(lists) !== JSON.stringify(this.lists)) {
      // Only who has set patterns pays for the library.
      const { toPathRule } = await import('./ignoreRules');
      this.rules = lists.map(toPathRule);
      this.lists = lists;
    }
    return this.rules.some(rule => rule(path.replace(/^\/?(?:[a-z]:)?\/?/i, '')));
  }
}
