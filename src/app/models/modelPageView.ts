import { ageText } from '../../core/base/ageText';
import { type Disposable, Emitter, type Event } from '../../core/base/event';
import { pinOf } from '../../core/chat/endpointPin';
import { describeCallFailure } from '../../core/chat/failureText';
import { routingInShort } from '../../core/chat/routingChoices';
import type { CachedModels } from '../../core/models/cachedModels';
import type { Model } from '../../core/models/model';
import { canBeModelId, findModel } from '../../core/models/modelId';
import { toModelView } from '../../core/models/page/modelView';
import { toPriceQuality } from '../../core/models/page/priceQuality';
import { usualMix } from '../../core/money/usageMix';
import type { ToModelPage } from '../../protocol/modelMessages';
import type { ModelPageState } from '../../protocol/modelState';
import type { SettingsReader } from '../ports/settingsReader';
import type { ModelBadges } from './modelBadges';
import type { ModelList } from './modelList';
import type { ShownEndpoints } from './shownEndpoints';
import type { UsedModels } from './usedModels';

/** What the page of a model is made of. */
export interface ModelSources {
  readonly models: Pick<ModelList, 'cached' | 'isFresh' | 'onDidChange' | 'refresh'>;
  readonly endpoints: Pick<ShownEndpoints, 'isLoading' | 'lookUp' | 'onDidChange' | 'state' | 'tags'>;
  readonly badges: Pick<ModelBadges, 'atHand'>;
  readonly used: Pick<UsedModels, 'all' | 'mix'>;
  readonly settings: Pick<SettingsReader, 'current' | 'onDidChange'>;
}

/** Tells the page of a model what it shows: at once what is at hand, then what the server says. */
export class ModelPageView implements Disposable {
  /** The id that was asked for; undefined: the model in force. */
  private wanted: string | undefined;
  /** The row of the list that is on show. */
  private model: Model | undefined;
  private listFailure: string | undefined;
  /** Aborted when the page is gone or shows another model. */
  private showing: AbortController | undefined;
  private readonly subscriptions: readonly Disposable[];
  private readonly messages = new Emitter<ToModelPage>();
  /** A message for the page. */
  readonly onDidPost: Event<ToModelPage> = this.messages.event;

  constructor(
    private readonly sources: ModelSources,
    /** For surprises. */
    private readonly onError: (error: unknown) => void,
    /** Epoch ms. */
    private readonly now: () => number = Date.now,
  ) {
    const { models, endpoints, settings } = sources;
    this.subscriptions = [
      models.onDidChange(() => this.takeList()),
      endpoints.onDidChange(() => this.sendEndpoints()),
      settings.onDidChange(() => this.sendAnew()),
    ];
  }

  /** The id of the row on show; undefined while there is none. */
  get shownId(): string | undefined {
    return this.model?.id;
  }

  /** The tags of the endpoints, as far as they are known. */
  get tags(): readonly string[] {
    return this.sources.endpoints.tags;
  }

  /** The next page shows the model that an earlier one has saved; `saved` can be anything. */
  restore(saved: unknown): void {
    const { model } = { model: undefined, ...(typeof saved === 'object' ? saved : {}) };
    if (typeof model === 'string' && canBeModelId(model)) this.wanted = model;
  }

  /** From now on the page shows this model; without a page, the next one does. */
  async show(id: string): Promise<void> {
    this.wanted = id;
    if (this.showing) await this.greet();
  }

  /** The page is there and knows nothing yet. */
  async greet(): Promise<void> {
    this.pause();
    // A page that comes back shows the same model, whatever is in force by then.
    this.wanted ??= this.sources.settings.current.parameters.model;
    this.model = undefined;
    const showing = new AbortController();
    this.showing = showing;
    const { signal } = showing;
    const cached = await this.sources.models.cached();
    if (signal.aborted) return;
    const isFresh = cached !== undefined && this.sources.models.isFresh(cached);
    await Promise.all([
      this.send(signal),
      this.sources.endpoints.lookUp(this.wanted, signal),
      ...(isFresh ? [] : [this.readList(signal)]),
    ]);
  }

  /** The page is gone or hidden: nothing is looked up until it says `ready` again. */
  pause(): void {
    this.showing?.abort();
    this.showing = undefined;
  }

  /** Looks up again who serves the model, and reads the list where it could not be read. */
  async again(): Promise<void> {
    const { showing, wanted } = this;
    if (!showing || wanted === undefined || this.sources.endpoints.isLoading) return;
    await Promise.all([
      this.sources.endpoints.lookUp(wanted, showing.signal),
      ...(this.listFailure === undefined && this.model ? [] : [this.readList(showing.signal)]),
    ]);
  }

  dispose(): void {
    this.pause();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.messages.dispose();
  }

  private takeList(): void {
    this.listFailure = undefined;
    this.sendAnew();
  }

  private sendAnew(): void {
    if (this.showing) this.send(this.showing.signal).catch(this.onError);
  }

  private async readList(signal: AbortSignal): Promise<void> {
    const read = await this.sources.models.refresh(signal);
    if (signal.aborted) return;
    if (!read.ok) this.listFailure = describeCallFailure(read.failure, 'the list of models');
    await this.send(signal);
  }

  /** Everything but what is looked up live. */
  private async send(signal: AbortSignal): Promise<void> {
    const { models, badges } = this.sources;
    const [cached, known] = await Promise.all([models.cached(), badges.atHand()]);
    if (signal.aborted) return;
    const listed = cached && findModel(cached.models, this.wanted ?? '');
    this.model = listed ?? this.model;
    if (!cached || !this.model) {
      this.sendMissing(cached);
      return;
    }
    const { model } = this;
    const view = toModelView({ ...known.badgesOf(model.id), model }, this.now());
    const state = { model: view, ...this.stateOf(model, cached, listed !== undefined) };
    this.messages.fire({ type: 'model', state });
    this.sendEndpoints();
    await this.sendChart(model, cached, signal);
  }

  /** While the list is being read nothing is missing yet. */
  private sendMissing(cached: CachedModels | undefined): void {
    const { listFailure: failure, wanted = '' } = this;
    const isKnown = cached && this.sources.models.isFresh(cached);
    if (failure === undefined && !isKnown) return;
    this.messages.fire({
      type: 'missing',
      sentence: failure ?? `The list of models does not know ${wanted}.`,
    });
  }

  /** What the ledger says of the user's own models may take longer than the rest. */
  private async sendChart(model: Model, cached: CachedModels, signal: AbortSignal): Promise<void> {
    const { used, settings } = this.sources;
    const [names, mix] = await Promise.all([used.all(), used.mix()]);
    if (signal.aborted) return;
    const rows = (ids: readonly string[]): ReadonlySet<string> =>
      new Set(ids.flatMap(id => findModel(cached.models, id)?.id ?? []));
    const chart = toPriceQuality(cached.models, {
      model,
      favourites: rows(settings.current.favouriteModels),
      used: rows(names),
      mix,
      isOwnMix: mix !== usualMix,
      nowMs: this.now(),
    });
    this.messages.fire({ type: 'chart', chart });
  }

  private stateOf(model: Model, cached: CachedModels, isListed: boolean): Omit<ModelPageState, 'model'> {
    const { parameters, favouriteModels } = this.sources.settings.current;
    const [routing, pin] = [routingInShort(parameters), pinOf(parameters.provider)];
    const age = ageText(this.now() - cached.fetchedAtMs);
    const note = this.listFailure
      ? `${this.listFailure} What you see is from the list that was read ${age} ago.`
      : isListed
        ? undefined
        : 'The list has this model no more.';
    return {
      ...(findModel(cached.models, parameters.model)?.id === model.id && { inUseAs: parameters.model }),
      isFavourite: favouriteModels.includes(model.id),
      ...(routing !== '' && { routing }),
      ...(pin !== undefined && { pin }),
      ...(note !== undefined && { listNote: note }),
    };
  }

  private sendEndpoints(): void {
    if (!this.showing) return;
    this.messages.fire({ type: 'endpoints', endpoints: this.sources.endpoints.state });
  }
}
