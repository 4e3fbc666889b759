import { say } from '../../core/base/plainText';
import { canBeModelId } from '../../core/models/modelId';
import type { Dialogs } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { ModelList } from './modelList';
import type { ModelPageView } from './modelPageView';

/** Shows all that is known of a model, in a page of its own. */
export class ModelDetails {
  constructor(
    private readonly models: Pick<ModelList, 'cached' | 'find' | 'findCached'>,
    private readonly view: Pick<ModelPageView, 'show'>,
    private readonly page: { show(): void },
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly dialogs: Pick<Dialogs, 'wait' | 'warn'>,
  ) {}

  /** Of the model in force, or the one that a key binding names; `id` can be anything then. */
  async show(id: unknown = this.settings.current.parameters.model): Promise<void> {
    if (typeof id !== 'string' || !canBeModelId(id)) {
      await this.dialogs.warn(say`That is no model id. One looks like anthropic/claude-sonnet-4.5.`);
      return;
    }
    if (!(await this.isListed(id))) return;
    const shown = this.view.show(id);
    this.page.show();
    await shown;
  }

  /** A model of an old list is shown at once; the page reads the list anew. Else the user is told what is wrong. */
  private async isListed(id: string): Promise<boolean> {
    if (await this.models.findCached(id)) return true;
    const found = await this.dialogs.wait(
      say`Looking up ${id}…`,
      this.models.find(id).then(model => ({ model })),
    );
    if (!found || found.model) return found !== undefined;
    await this.dialogs.warn(
      (await this.models.cached())
        ? say`The list of models does not know ${id}. Choose one with Select Model….`
        : say`The list of models could not be read, and none is kept. Check the connection.`,
    );
    return false;
  }
}
