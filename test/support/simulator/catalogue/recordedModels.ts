import { isRecord } from '../http/exchange';
import { providers } from './providers';
import type { CatalogueModel, WireModel } from './wireModel';

/** Models of a recorded `GET /models`, which does not say who serves them: the vendor itself if it can. */
export function recordedModels(body: unknown): readonly CatalogueModel[] {
  const rows = isRecord(body) && Array.isArray(body.data) ? (body.data as readonly WireModel[]) : [];
  return rows.map(wire => {
    const vendor = wire.id.split('/')[0] ?? '';
    const own = providers.find(provider => provider.slug.startsWith(vendor.replace(/^~|-/g, '')));
    const { context_length, top_provider, pricing } = wire;
    const endpoint = {
      provider: own?.name ?? 'DeepInfra',
      tag: own?.slug ?? 'deepinfra',
      pricing,
      context: top_provider.context_length ?? context_length ?? 8192,
      maxOutput: top_provider.max_completion_tokens,
      quantization: null,
    };
    return { wire, endpoints: [endpoint] };
  });
}
