import { isRecord } from '../http/exchange';
import { providers } from './providers';
import type { CatalogueModel, WireModel } from './wireModel';

/** Models of a recorded `GET /models`, which does not say who serves them: the vendor itself if it can. */
export function recordedModels(body: unknown): readonly CatalogueModel[] {
  const rows = isRecord(body) && Array.isArray(body.data) ? (body.data as readonly WireModel[]) : [];
  return rows.map(wire => {
    const vendor = wire.id.split('/')[0] ?? '';
    const own = providers.find(provider => provider.slug.startsWith(vendor.replace(/^~|-/g, '')));
    return { wire, providers: [own?.name ?? 'DeepInfra'] };
  });
}
