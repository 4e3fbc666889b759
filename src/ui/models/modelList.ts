import type { Endpoint, OpenRouter } from '../../core/chat/endpoint';
import type { Model } from '../../core/models/model';
import { findModel } from '../../core/models/modelId';
import { type Result, succeed } from '../../core/result';
import type { CachedModels, ModelCache } from '../../host/modelCache';

/** OpenRouter lets its list be cached for 5 minutes. */
const freshForMs = 5 * 60 * 1000;

export interface ModelListPorts {
  readonly endpoint: () => Promise<Result<Endpoint>>;
  readonly openRouter: OpenRouter;
  readonly cache: ModelCache;
  /** For surprises while writing the cache. */
  readonly onError: (error: unknown) => void;
}

/** The models of the server in use: from memory, else from disk, else from the network. */
export class ModelList {
  private known: CachedModels | undefined;
  private readFromDisk: Promise<CachedModels | undefined> | undefined;

  constructor(private readonly ports: ModelListPorts) {}

  /** The model as far as it is known without waiting. */
  peek(id: string): Model | undefined {
    return this.known && findModel(this.known.models, id);
  }

  /** What is at hand for the server in use, however old; undefined when nothing is. */
  async cached(): Promise<CachedModels | undefined> {
    const endpoint = await this.ports.endpoint();
    this.readFromDisk ??= this.ports.cache.read();
    this.known ??= await this.readFromDisk;
    return endpoint.ok && this.known?.baseUrl === endpoint.value.baseUrl ? this.known : undefined;
  }

  isFresh(cached: CachedModels): boolean {
    return Date.now() - cached.fetchedAtMs < freshForMs;
  }

  /** Asks the server. */
  async refresh(signal: AbortSignal): Promise<Result<readonly Model[]>> {
    const endpoint = await this.ports.endpoint();
    if (!endpoint.ok) return endpoint;
    const models = await this.ports.openRouter.catalogue(endpoint.value).list(signal);
    if (!models.ok) return models;
    this.known = { baseUrl: endpoint.value.baseUrl, fetchedAtMs: Date.now(), models: models.value };
    this.ports.cache.write(this.known).catch(this.ports.onError);
    return models;
  }

  /** The list, from the network only when there is none at hand or it is old. */
  async load(signal: AbortSignal): Promise<Result<readonly Model[]>> {
    const cached = await this.cached();
    return cached && this.isFresh(cached) ? succeed(cached.models) : this.refresh(signal);
  }

  /** One model; undefined when the server does not list it or cannot be asked. */
  async find(id: string, signal: AbortSignal): Promise<Model | undefined> {
    const cached = await this.cached();
    const known = cached && findModel(cached.models, id);
    if (known) return known;
    const models = await this.load(signal);
    return models.ok ? findModel(models.value, id) : undefined;
  }
}
