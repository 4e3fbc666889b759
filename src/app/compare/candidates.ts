import { plain, say } from '../../core/base/plainText';
import { fewestCompared, mostCompared, mostEndpoints } from '../../core/chat/comparison';
import { pinnedTo } from '../../core/chat/endpointPin';
import { describeCallFailure } from '../../core/chat/failureText';
import { splitModelId } from '../../core/chat/modelSuffix';
import type { Model, ModelEndpoint } from '../../core/models/model';
import { answersInText, describePrice, toModelRow } from '../../core/models/modelRow';
import type { OpenRouter } from '../../core/models/openRouter';
import type { Endpoints } from '../account/endpoints';
import type { ModelList } from '../models/modelList';
import type { Dialogs, PickItem } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { Candidate } from './compareRun';

interface ModelItem extends PickItem {
  readonly model: Model;
}

/** Lets the user choose what is compared: models, a saved set of them, or endpoints of one model. */
export class Candidates {
  constructor(
    private readonly list: Pick<ModelList, 'cached' | 'refresh' | 'isFresh'>,
    private readonly endpoints: Pick<Endpoints, 'current'>,
    private readonly openRouter: Pick<OpenRouter, 'catalogue'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly dialogs: Pick<Dialogs, 'pick' | 'pickMany' | 'warn' | 'wait'>,
  ) {}

  /** Undefined when dismissed. */
  async choose(): Promise<readonly Candidate[] | undefined> {
    const sets = Object.entries(this.settings.current.compareSets).filter(
      ([, ids]) => ids.length >= fewestCompared && ids.length <= mostCompared,
    );
    const picked = await this.dialogs.pick(
      [
        ...sets.map(([name, ids]) => ({
          label: plain(name),
          description: plain(ids.join(', ')),
          choose: async () => toCandidates(ids),
        })),
        { label: say`Choose models…`, choose: () => this.chooseModels() },
        { label: say`Endpoints of one model…`, choose: () => this.chooseModelAndEndpoints() },
      ],
      { title: say`Compare Models`, placeHolder: say`Which models shall answer side by side?` },
    );
    return picked?.choose();
  }

  /** One model of the list; undefined when dismissed. */
  async chooseModel(title: 'Compare Endpoints' | 'Run Again With'): Promise<string | undefined> {
    const items = await this.modelItems();
    const picked = await this.dialogs.pick(items, {
      title: say`${title}`,
      placeHolder: say`Search by name, vendor or id`,
    });
    return picked?.model.id;
  }

  /** Models of the list, of which `first` is picked at the start; undefined when dismissed. */
  async chooseModels(
    first: string = this.settings.current.parameters.model,
  ): Promise<readonly Candidate[] | undefined> {
    const items = await this.modelItems();
    const isFirst = ({ model }: ModelItem): boolean => model.id === first;
    // What is picked already is seen without searching.
    const ordered = items.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)));
    const picked = await this.dialogs.pickMany(ordered, {
      title: say`Compare Models`,
      placeHolder: say`Choose ${fewestCompared} to ${mostCompared} models. Search by name, vendor or id.`,
      least: fewestCompared,
      most: mostCompared,
      picked: items.filter(isFirst),
    });
    return picked && toCandidates(picked.map(({ model }) => model.id));
  }

  private async chooseModelAndEndpoints(): Promise<readonly Candidate[] | undefined> {
    const model = await this.chooseModel('Compare Endpoints');
    return model === undefined ? undefined : this.chooseEndpoints(model);
  }

  /** Endpoints of `model`, of which the one with the tag `first` is picked at the start; undefined when dismissed. */
  async chooseEndpoints(model: string, first?: string): Promise<readonly Candidate[] | undefined> {
    const found = await this.endpointsOf(model);
    if (!found) return undefined;
    if (found.length < fewestCompared) {
      await this.dialogs.warn(
        say`${model} has ${found.length === 0 ? 'no endpoint' : 'one endpoint only'}: there is nothing to compare.`,
      );
      return undefined;
    }
    const items = found.map(endpoint => ({
      label: plain(endpoint.provider ?? endpoint.tag),
      description: plain(endpoint.tag),
      detail: plain(describePrice(endpoint.pricing)),
      tag: endpoint.tag,
    }));
    const picked = await this.dialogs.pickMany(items, {
      title: say`Compare Endpoints of ${model}`,
      placeHolder: say`Choose ${fewestCompared} to ${mostEndpoints} endpoints`,
      least: fewestCompared,
      most: mostEndpoints,
      picked: items.filter(({ tag }) => tag === first),
    });
    const tags = found.map(({ tag }) => tag);
    return picked?.map(({ tag }) => ({
      model,
      provider: pinnedTo(tag, tags, this.settings.current.parameters.provider),
    }));
  }

  /** Those that can be asked for by name; undefined when nobody can say. */
  private async endpointsOf(id: string): Promise<readonly Tagged[] | undefined> {
    const endpoint = await this.endpoints.current();
    const looking = endpoint.ok
      ? this.openRouter
          .catalogue(endpoint.value)
          .endpoints(splitModelId(id).row, new AbortController().signal)
      : Promise.resolve(endpoint);
    const found = await this.dialogs.wait(say`Looking for the endpoints of ${id}…`, looking);
    if (!found) return undefined;
    if (!found.ok) {
      await this.dialogs.warn(plain(describeCallFailure(found.failure, 'the endpoints of this model')));
      return undefined;
    }
    const byTag = new Map<string, Tagged>();
    // A service tier is not chosen by a name of its own.
    for (const each of found.value)
      if (each.tag !== undefined && each.serviceTier === undefined)
        byTag.set(each.tag, { ...each, tag: each.tag });
    return [...byTag.values()];
  }

  private async modelItems(): Promise<readonly ModelItem[]> {
    const cached = await this.list.cached();
    const isCurrent = cached !== undefined && this.list.isFresh(cached);
    const refreshed = isCurrent
      ? undefined
      : await this.dialogs.wait(
          say`Reading the list of models…`,
          this.list.refresh(new AbortController().signal),
        );
    const models = refreshed?.ok ? refreshed.value : (cached?.models ?? []);
    if (refreshed && !refreshed.ok && !cached)
      await this.dialogs.warn(plain(describeCallFailure(refreshed.failure, 'the list of models')));
    return models.filter(answersInText).map(model => {
      const { name, id, facts } = toModelRow(model, Date.now());
      return { label: plain(name), description: plain(id), detail: plain(facts), model };
    });
  }
}

type Tagged = ModelEndpoint & { readonly tag: string };

export const toCandidates = (models: readonly string[]): readonly Candidate[] =>
  models.map(model => ({ model }));
