import { say } from '../../core/base/plainText';
import type { Endpoint } from '../../core/chat/endpoint';
import type { Catalogue, ModelSelection, Preset } from '../../core/models/model';
import { type AccountModels, badgesOf, type ServedHow } from '../../core/models/modelBadges';
import type { OfferedModel } from '../../core/models/modelFilter';
import type { Endpoints } from '../account/endpoints';
import type { JsonStore } from '../ports/jsonStore';
import type { Log } from '../ports/log';

const dayMs = 86_400_000;
/** As long as the list of models itself counts as fresh. */
const accountFreshForMs = 5 * 60_000;

type BadgeCatalogue = Pick<Catalogue, 'idsOf' | 'presets'>;

/** What is known of models besides the list of them. */
export interface KnownOfModels {
  readonly badgesOf: (id: string) => Omit<OfferedModel, 'model'>;
  readonly presets: readonly Preset[];
}

/** What a list of models shows besides the list: zero retention, regions, and what this account may use. */
export class ModelBadges {
  private served: ServedHow | undefined;
  private account:
    | { readonly endpoint: Endpoint; readonly atMs: number; readonly models: AccountModels }
    | undefined;

  constructor(
    private readonly endpoints: Pick<Endpoints, 'current'>,
    private readonly openRouter: { catalogue(endpoint: Endpoint): BadgeCatalogue },
    private readonly store: Pick<JsonStore<ServedHow>, 'read' | 'write'>,
    private readonly log: Pick<Log, 'error'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** What is at hand for the server and the account in use, however old; asks no server. */
  async atHand(): Promise<KnownOfModels> {
    const endpoint = await this.endpoints.current();
    const [served, account] = endpoint.ok
      ? [await this.servedBy(endpoint.value), this.accountOf(endpoint.value)?.models]
      : [];
    return { badgesOf: badgesOf(served, account), presets: account?.presets ?? [] };
  }

  /** Asks the server for what is not at hand or old; true when it said something. Fails quietly: these are extras. */
  async refresh(signal: AbortSignal): Promise<boolean> {
    const endpoint = await this.endpoints.current();
    if (!endpoint.ok) return false;
    const catalogue = this.openRouter.catalogue(endpoint.value);
    const asked = await Promise.all([
      this.refreshServed(endpoint.value, catalogue, signal),
      this.refreshAccount(endpoint.value, catalogue, signal),
    ]);
    return asked.includes(true);
  }

  private async servedBy({ baseUrl }: Endpoint): Promise<ServedHow | undefined> {
    this.served ??= await this.store.read();
    return this.served?.baseUrl === baseUrl ? this.served : undefined;
  }

  /** What one key was shown another one may not be. */
  private accountOf({ baseUrl, apiKey }: Endpoint) {
    const { account } = this;
    const isSame = account?.endpoint.baseUrl === baseUrl && account.endpoint.apiKey === apiKey;
    return apiKey !== undefined && isSame ? account : undefined;
  }

  private async refreshServed(
    endpoint: Endpoint,
    catalogue: BadgeCatalogue,
    signal: AbortSignal,
  ): Promise<boolean> {
    const known = await this.servedBy(endpoint);
    if (known && this.now() - known.fetchedAtMs < dayMs) return false;
    const ids = (selection: ModelSelection) => idsOf(catalogue, selection, signal);
    const [zeroRetention, eu, us] = await Promise.all([ids('zeroRetention'), ids('eu'), ids('us')]);
    if (signal.aborted || areOneList([zeroRetention, eu, us])) return false;
    this.served = { baseUrl: endpoint.baseUrl, fetchedAtMs: this.now(), zeroRetention, eu, us };
    await this.store
      .write(this.served)
      .catch(error => this.log.error(say`What is known of the models could not be kept`, error));
    return true;
  }

  private async refreshAccount(
    endpoint: Endpoint,
    catalogue: BadgeCatalogue,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (endpoint.apiKey === undefined) return false;
    const known = this.accountOf(endpoint);
    if (known && this.now() - known.atMs < accountFreshForMs) return false;
    const [ids, presets] = await Promise.all([
      idsOf(catalogue, 'account', signal),
      catalogue.presets(signal),
    ]);
    if (signal.aborted) return false;
    const models = { ids, presets: presets.ok ? presets.value : [] };
    this.account = { endpoint, atMs: this.now(), models };
    return true;
  }
}

/** Nothing came, or the server took no notice of what was asked for and named all its models each time. */
function areOneList(lists: readonly (readonly string[] | undefined)[]): boolean {
  return new Set(lists.map(list => list?.join(' '))).size === 1;
}

async function idsOf(
  catalogue: BadgeCatalogue,
  selection: ModelSelection,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const ids = await catalogue.idsOf(selection, signal);
  return ids.ok ? ids.value : undefined;
}
