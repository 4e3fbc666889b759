import { type PlainText, say } from '../../core/base/plainText';
import { pinnedTo, pinOf, unpinned } from '../../core/chat/endpointPin';
import type { ProviderRules } from '../../core/chat/providerRules';
import { noRules } from '../../core/chat/routingChoices';
import { forbiddenBy } from '../../core/models/modelRules';
import { settings as settingKeys, settingsSection } from '../../ids';
import type { Dialogs } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';

/** Makes a model the one in force, with or without a rule about who may serve it. */
export class ModelUse {
  constructor(
    private readonly settings: Pick<SettingsReader, 'current' | 'useModel' | 'useRouting'>,
    private readonly dialogs: Pick<Dialogs, 'news' | 'warn'>,
  ) {}

  /** True when the user's rules let the model be asked; else they are told which does not. */
  async isAllowed(id: string): Promise<boolean> {
    const setting = forbiddenBy(this.settings.current.modelRules, id);
    if (setting === undefined) return true;
    await this.dialogs.warn(
      say`Your setting ${settingsSection}.${settingKeys[setting]} does not let ${id} be asked.`,
    );
    return false;
  }

  /** True when it is the one in force now. */
  async use(id: string): Promise<boolean> {
    if (!(await this.isAllowed(id))) return false;
    await this.settings.useModel(id);
    return true;
  }

  /** Also lets no endpoint serve but the one with that tag; `tags` are all of the model. Can be taken back at once. */
  async useOnly(id: string, tag: string, tags: readonly string[]): Promise<void> {
    const { model, provider } = this.settings.current.parameters;
    if (!(await this.use(id))) return;
    await this.setRules(pinnedTo(tag, tags, provider));
    await this.offerUndo(say`Only ${tag} serves ${id} and whatever else is asked`, async () => {
      await this.settings.useModel(model);
      await this.setRules(provider ?? {});
    });
  }

  /** Lets any provider serve that the user's other rules allow. */
  async anyProvider(): Promise<void> {
    const { provider = {} } = this.settings.current.parameters;
    const pin = pinOf(provider);
    if (pin === undefined) return;
    await this.setRules(unpinned(provider));
    await this.offerUndo(say`Requests go no longer to ${pin} only`, () => this.setRules(provider));
  }

  private async offerUndo(message: PlainText, undo: () => Promise<void>): Promise<void> {
    if (await this.dialogs.news(message, 'Undo')) await undo();
  }

  /** These rules, and no other ones. */
  private setRules(rules: ProviderRules): Promise<void> {
    return this.settings.useRouting({ ...noRules, ...rules });
  }
}
