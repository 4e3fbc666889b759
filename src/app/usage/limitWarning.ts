import type { Dialogs } from '../ports';
import type { UnusableLimit } from '../settings';

export interface LimitWarningPorts {
  readonly dialogs: Pick<Dialogs, 'warn'>;
  /** Opens the settings of the limits. */
  readonly changeLimit: () => Promise<void>;
}

/** Tells of limits that do not hold because of what was typed: without a word that would mean no limit. */
export class LimitWarning {
  private told = '';

  constructor(private readonly ports: LimitWarningPorts) {}

  /** Warns when `limits` are others than before. */
  async follow(limits: readonly UnusableLimit[]): Promise<void> {
    const text = limits.length === 0 ? '' : warningText(limits);
    if (text === this.told) return;
    this.told = text;
    const change = 'Change Limit';
    if (text !== '' && (await this.ports.dialogs.warn(text, change)) === change) {
      await this.ports.changeLimit();
    }
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
