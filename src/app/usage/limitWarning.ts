import type { Disposable } from '../../core/base/event';
import { type PlainText, plain, say } from '../../core/base/plainText';
import type { Dialogs, SettingsReader, Workbench } from '../ports';
import type { UnusableLimit } from '../settings';

/** Tells of limits that do not hold because of what was typed: without a word that would mean no limit. */
export class LimitWarning implements Disposable {
  private told = '';
  private readonly subscription: Disposable;

  constructor(
    private readonly settings: Pick<SettingsReader, 'current' | 'onDidChange'>,
    private readonly dialogs: Pick<Dialogs, 'warn'>,
    private readonly workbench: Pick<Workbench, 'openSetting'>,
    onError: (error: unknown) => void,
  ) {
    const check = (): void => void this.check().catch(onError);
    this.subscription = settings.onDidChange(check);
    check();
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** Warns when the limits that do not hold are others than before. */
  private async check(): Promise<void> {
    const limits = this.settings.current.unusableLimits;
    const text = limits.length === 0 ? plain('') : warningText(limits);
    if (text === this.told) return;
    this.told = text;
    const change = 'Change Limit';
    if (text !== '' && (await this.dialogs.warn(text, change)) === change) {
      await this.workbench.openSetting('budget');
    }
  }
}

function warningText(limits: readonly UnusableLimit[]): PlainText {
  const which = limits.map(({ setting, value }) => `${setting} is ${value}`).join(' and ');
  const why =
    limits.length === 1
      ? 'which is not an amount in USD: this limit does not hold'
      : 'which are not amounts in USD: these limits do not hold';
  return say`${which}, ${why}. Write a number such as 0.5, or leave it empty for no limit.`;
}
