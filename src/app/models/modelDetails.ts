import { say } from '../../core/base/plainText';
import { canBeModelId } from '../../core/models/modelId';
import { modelPage } from '../../core/models/modelPage';
import type { Dialogs, SettingsReader, Workbench } from '../ports';
import type { EndpointLookup } from './endpointLookup';
import type { ModelList } from './modelList';

/** Longer than this nobody waits for who serves a model. */
const patienceMs = 15_000;

/** Shows all that is known of a model. */
export class ModelDetails {
  constructor(
    private readonly models: Pick<ModelList, 'find'>,
    private readonly lookup: Pick<EndpointLookup, 'of'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly dialogs: Pick<Dialogs, 'wait' | 'warn'>,
    private readonly workbench: Pick<Workbench, 'showText'>,
  ) {}

  /** Of the model in force, or the one that a key binding names; `id` can be anything then. */
  async show(id: unknown = this.settings.current.parameters.model): Promise<void> {
    if (typeof id !== 'string' || !canBeModelId(id)) {
      await this.dialogs.warn(say`That is no model id. One looks like anthropic/claude-sonnet-4.5.`);
      return;
    }
    const asked = Promise.all([this.models.find(id), this.lookup.of(id, AbortSignal.timeout(patienceMs))]);
    const found = await this.dialogs.wait(say`Looking up ${id}…`, asked);
    if (!found) return;
    const [model, endpoints] = found;
    if (!model) {
      await this.dialogs.warn(
        say`The list of models does not know ${id}. Choose one with Select Model…, or check the connection.`,
      );
      return;
    }
    await this.workbench.showText(model.name, modelPage(model, endpoints));
  }
}
