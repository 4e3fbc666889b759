import type { Disposable, Event } from '../../core/base/event';
import type { Dialogs, Workbench } from '../ports';
import type { Settings, UnusableLimit } from '../settings';

/** Warns of limits in the settings that are no amounts: without a warning there would silently be no limit. */
export class LimitWarning implements Disposable {
  private warnedOf = '';
  private readonly subscription: Disposable;

  constructor(
    private readonly settings: {
      readonly current: Pick<Settings, 'unusableLimits'>;
      readonly onDidChange: Event<void>;
    },
    private readonly dialogs: Pick<Dialogs, 'warn'>,
    private readonly workbench: Pick<Workbench, 'openSetting'>,
    onError: (error: unknown) => void,
  ) {
    this.subscription = settings.onDidChange(() => void this.check().catch(onError));
  }

  /** Warns when other limits are unusable than the last time. */
  async check(): Promise<void> {
    const { unusableLimits } = this.settings.current;
    const text = unusableLimits.length === 0 ? '' : warningText(unusableLimits);
    if (text === this.warnedOf) return;
    this.warnedOf = text;
    const change = 'Change Limit';
    if (text === '' || (await this.dialogs.warn(text, change)) !== change) return;
    await this.workbench.openSetting('budget');
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

function warningText(limits: readonly UnusableLimit[]): string {
  const which = limits.map(({ setting, value }) => `${setting} is ${value}`).join(' and ');
  const why =
    limits.length === 1
      ? 'which is not an amount in USD: this limit does not hold'
      : 'which are not amounts in USD: these limits do not hold';
  return `${which}, ${why}. Write a number such as 0.5, or leave it empty for no limit.`;
}
