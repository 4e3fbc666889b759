import { type Disposable, Emitter, type Event } from '../../core/base/event';
import { say } from '../../core/base/plainText';
import type { Endpoint } from '../../core/chat/endpoint';
import type { Result } from '../../core/chat/result';
import type { CachedModels } from '../../core/models/cachedModels';
import type { Catalogue, Model, SkippedRow } from '../../core/models/model';
import { findModel } from '../../core/models/modelId';
import type { Pricing } from '../../core/money/pricing';
import type { Endpoints } from '../account/endpoints';
import type { JsonStore } from '../ports/jsonStore';
import type { Log } from '../ports/log';
import type { CatalogueRecord } from './catalogueRecord';

/** All of them, only the free ones, those that read images, or all with the cheapest first. */
export type PickOrder = 'all' | 'free' | 'vision' | 'cheapest';

/** Lets the user choose the model in force; true when one was chosen. */
export type ChooseModel = (order: PickOrder) => Promise<boolean>;

/** OpenRouter lets its list be cached for 5 minutes. */
const freshForMs = 5 * 60 * 1000;

/** More rows that are left out are counted only. */
const mostSkippedTold = 20;

/** So long after a failure the server is left alone by who can do without the list. */
const restMs = 60 * 1000;

/** The models of the server in use, and of no other: from memory, else from disk, else from the network. */
export class ModelList implements Disposable {
  private known: CachedModels | undefined;
  private readFromDisk: Promise<CachedModels | undefined> | undefined;
  private renewal: { readonly baseUrl: string; readonly done: Promise<void> } | undefined;
  private skippedTold = '';
  private failed: { readonly baseUrl: string; readonly atMs: number } | undefined;
  private readonly stopped = new AbortController();
  private readonly changes = new Emitter<void>();
  /** A list came from the network. */
  readonly onDidChange: Event<void> = this.changes.event;

  constructor(
    private readonly endpoints: Pick<Endpoints, 'baseUrl' | 'current'>,
    private readonly openRouter: { catalogue(endpoint: Endpoint): Pick<Catalogue, 'list'> },
    private readonly cache: Pick<JsonStore<CachedModels>, 'read' | 'write'>,
    private readonly log: Pick<Log, 'error' | 'info'>,
    /** Hears how each list differs from the one before it. */
    private readonly record?: Pick<CatalogueRecord, 'note'>,
  ) {}

  /** The model as far as it is known without waiting. */
  peek(id: string): Model | undefined {
    const known = this.ofServerInUse();
    return known && findModel(known.models, id);
  }

  /** All models as far as they are known without waiting. */
  get atHand(): readonly Model[] {
    return this.ofServerInUse()?.models ?? [];
  }

  /** What is at hand for the server in use, however old; undefined when nothing is. */
  async cached(): Promise<CachedModels | undefined> {
    this.readFromDisk ??= this.cache.read();
    const read = await this.readFromDisk;
    this.known ??= read;
    return this.ofServerInUse();
  }

  isFresh(cached: CachedModels): boolean {
    return Date.now() - cached.fetchedAtMs < freshForMs;
  }

  /** Asks the server. */
  async refresh(signal: AbortSignal): Promise<Result<readonly Model[]>> {
    const endpoint = await this.endpoints.current();
    if (!endpoint.ok) return endpoint;
    const skipped: SkippedRow[] = [];
    const models = await this.openRouter.catalogue(endpoint.value).list(signal, row => skipped.push(row));
    if (!models.ok) return models;
    this.logSkipped(skipped);
    const before = await this.cached();
    this.known = { baseUrl: endpoint.value.baseUrl, fetchedAtMs: Date.now(), models: models.value };
    this.cache
      .write(this.known)
      .catch(error => this.log.error(say`The list of models could not be kept`, error));
    void this.record?.note(before, this.known);
    this.changes.fire();
    return models;
  }

  /** One model as far as it is at hand, however old its price; asks no server. */
  async findCached(id: string): Promise<Model | undefined> {
    const cached = await this.cached();
    return cached && findModel(cached.models, id);
  }

  /** Prices of one model as far as they are at hand; asks no server. */
  async findPricing(id: string): Promise<Pricing | undefined> {
    return (await this.findCached(id))?.pricing;
  }

  /**
   * One model with the price in force: an old list is fetched anew first, and counts only when that fails.
   * Undefined when the server does not list it or cannot be asked.
   */
  async find(id: string): Promise<Model | undefined> {
    const cached = await this.cached();
    if (!cached || !this.isFresh(cached)) await this.renew();
    return this.findCached(id);
  }

  /**
   * Fetches the list when none is at hand or it is old. Nobody need wait: it never rejects, and does nothing for a
   * while after a failure.
   */
  async keepFresh(): Promise<void> {
    try {
      const cached = await this.cached();
      if (cached && this.isFresh(cached)) return;
      if (!this.isResting) await this.renew();
    } catch (error) {
      this.log.error(say`The list of models could not be renewed`, error);
    }
  }

  dispose(): void {
    this.stopped.abort();
    this.changes.dispose();
  }

  /** Once for each list that differs in what is left out. */
  private logSkipped(rows: readonly SkippedRow[]): void {
    const told = rows.slice(0, mostSkippedTold).map(({ id = 'a row', reason }) => `${id}: ${reason}`);
    const more = rows.length > told.length ? ` and ${rows.length - told.length} more` : '';
    const line = `${told.join('; ')}${more}`;
    if (line === this.skippedTold) return;
    this.skippedTold = line;
    if (rows.length > 0)
      this.log.info(say`${rows.length} rows of the list of models are not offered: ${line}.`);
  }

  /** Asks the server once for all who want its list at the same time; fails quietly. */
  private async renew(): Promise<void> {
    const baseUrl = this.endpoints.baseUrl;
    if (baseUrl === undefined) return;
    if (this.renewal?.baseUrl !== baseUrl) {
      const done = this.refreshQuietly(baseUrl).finally(() => {
        if (this.renewal === renewal) this.renewal = undefined;
      });
      const renewal = { baseUrl, done };
      this.renewal = renewal;
    }
    await this.renewal.done;
  }

  private async refreshQuietly(baseUrl: string): Promise<void> {
    const models = await this.refresh(this.stopped.signal);
    this.failed = models.ok ? undefined : { baseUrl, atMs: Date.now() };
  }

  private get isResting(): boolean {
    const { failed } = this;
    if (!failed || failed.baseUrl !== this.endpoints.baseUrl) return false;
    return Date.now() - failed.atMs < restMs;
  }

  private ofServerInUse(): CachedModels | undefined {
    return this.known?.baseUrl === this.endpoints.baseUrl ? this.known : undefined;
  }
}
