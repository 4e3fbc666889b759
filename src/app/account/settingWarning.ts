import type { Disposable } from '../../core/base/event';
import { type PlainText, say } from '../../core/base/plainText';
import type { Dialogs } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { Workbench } from '../ports/workbench';
import type { Settings, UnusableSetting } from '../settings';

interface Kind {
  readonly of: (settings: Settings) => readonly UnusableSetting[];
  readonly text: (unusable: readonly UnusableSetting[]) => PlainText;
  readonly button: string;
  /** Which settings the button shows. */
  readonly section: string;
}

const kinds: readonly Kind[] = [
  {
    of: ({ unusableLimits }) => unusableLimits,
    text: limitText,
    button: 'Change Limit',
    section: 'budget',
  },
  {
    of: ({ unusableParameters }) => unusableParameters,
    text: parameterText,
    button: 'Open Settings',
    section: 'parameters',
  },
];

/** Tells of settings that do not hold because of what was typed: without a word that would mean they were not set. */
export class SettingWarning implements Disposable {
  private readonly told = new Map<Kind, string>();
  private readonly subscription: Disposable;

  constructor(
    private readonly settings: Pick<SettingsReader, 'current' | 'onDidChange'>,
    private readonly dialogs: Pick<Dialogs, 'warn'>,
    private readonly workbench: Pick<Workbench, 'openSetting'>,
    onError: (error: unknown) => void,
  ) {
    const check = (): void => {
      for (const kind of kinds) this.check(kind).catch(onError);
    };
    this.subscription = settings.onDidChange(check);
    check();
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** Warns when the settings that do not hold are others than before. */
  private async check(kind: Kind): Promise<void> {
    const unusable = kind.of(this.settings.current);
    const text = unusable.length === 0 ? undefined : kind.text(unusable);
    if ((text ?? '') === (this.told.get(kind) ?? '')) return;
    this.told.set(kind, text ?? '');
    if (text !== undefined && (await this.dialogs.warn(text, kind.button)) === kind.button) {
      await this.workbench.openSetting(kind.section);
    }
  }
}

function limitText(limits: readonly UnusableSetting[]): PlainText {
  const why =
    limits.length === 1
      ? 'which is not an amount in USD: this limit does not hold'
      : 'which are not amounts in USD: these limits do not hold';
  return say`${namesOf(limits)}, ${why}. Write a number such as 0.5, or leave it empty for no limit.`;
}

function parameterText(parameters: readonly UnusableSetting[]): PlainText {
  return say`${namesOf(parameters)}, which cannot be used and is not sent. The description of the setting says what can.`;
}

const namesOf = (settings: readonly UnusableSetting[]): string =>
  settings.map(({ setting, value }) => `${setting} is ${value}`).join(' and ');
