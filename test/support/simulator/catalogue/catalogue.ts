import rows from './models.json';
import { toCatalogueModel } from './row';
import { simulatorModel } from './simulatorModel';
import type { CatalogueModel, WireModel } from './wireModel';

/** What a request's `model` resolved to. */
export interface ResolvedModel {
  readonly model: CatalogueModel;
  /** As the answer names it. */
  readonly servedAs: string;
  /** From `:nitro` and `:floor`. */
  readonly sort?: 'throughput' | 'price';
  /** From `:online`: the web is searched first. */
  readonly searchesWeb: boolean;
}

/** Suffixes that change routing only; `:free`, `:thinking` and `:extended` are models of their own. */
const dynamicSuffixes = /(?::(?:nitro|floor|exacto|online))+$/;
/** Vendors whose undated ids stay in answers. */
const namedById = /^(anthropic|deepseek)\//;
const favourites = { auto: 'anthropic/claude-haiku-4.5', free: 'meta-llama/llama-3.3-70b-instruct:free' };

export class Catalogue {
  private readonly byId = new Map<string, CatalogueModel>();

  constructor(readonly models: readonly CatalogueModel[]) {
    for (const model of models) this.byId.set(model.wire.id, model);
  }

  get wire(): readonly WireModel[] {
    return this.models.map(model => model.wire);
  }

  get(id: string): CatalogueModel | undefined {
    return this.byId.get(id);
  }

  /** `undefined` when there is no such model. */
  resolve(requested: string): ResolvedModel | undefined {
    const suffixes = dynamicSuffixes.exec(requested)?.[0].split(':') ?? [];
    const id = requested.replace(dynamicSuffixes, '');
    const isSimulated = id.startsWith('simulator/');
    const model = isSimulated ? simulatorModel(id) : this.follow(id);
    if (!model) return undefined;
    const sort = suffixes.includes('nitro') ? 'throughput' : suffixes.includes('floor') ? 'price' : undefined;
    const servedAs = isSimulated ? id : servedName(model.wire);
    return { model, servedAs, searchesWeb: suffixes.includes('online'), ...(sort && { sort }) };
  }

  /** Through routers and `~author/family-latest` aliases to a model that answers. */
  private follow(id: string): CatalogueModel | undefined {
    const model = this.byId.get(id) ?? this.models.find(candidate => candidate.wire.canonical_slug === id);
    if (!model) return undefined;
    if (model.wire.alias_target) return this.follow(model.wire.alias_target.slug);
    if (id === 'openrouter/free') return this.pick(favourites.free, isFree);
    if (isRouter(model.wire)) return this.pick(favourites.auto, wire => !isFree(wire));
    return model;
  }

  private pick(favourite: string, fits: (wire: WireModel) => boolean): CatalogueModel | undefined {
    return (
      this.byId.get(favourite) ?? this.models.find(({ wire }) => !isRouter(wire) && fits(wire)) ?? undefined
    );
  }
}

export const isFree = (wire: WireModel): boolean =>
  wire.pricing.prompt === '0' && wire.pricing.completion === '0';

const isRouter = (wire: WireModel): boolean =>
  wire.pricing.prompt.startsWith('-') || wire.architecture.tokenizer === 'Router';

function servedName(wire: WireModel): string {
  if (namedById.test(wire.id)) return wire.id;
  return wire.id.endsWith(':free') ? `${wire.canonical_slug}:free` : wire.canonical_slug;
}

/** The simulator's own models, newest first as the real list. */
export const builtInModels = (): readonly CatalogueModel[] => rows.map(toCatalogueModel);
