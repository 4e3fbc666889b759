import { errorReply, type Reply } from '../http/reply';
import type { Catalogue } from './catalogue';
import { providerNamed, providers } from './providers';
import type { WireModel } from './wireModel';

const caching = { 'cache-control': 'public, max-age=300' };

/** `GET /models`, with the filters and pages that say something about these models. */
export function listModels(catalogue: Catalogue, query: URLSearchParams): Reply {
  const found = catalogue.wire.filter(model => fits(model, query));
  const offset = Number(query.get('offset') ?? 0);
  const limit = Math.min(1000, Number(query.get('limit') ?? found.length));
  const data = found.slice(offset, offset + limit);
  const isLast = offset + data.length >= found.length;
  const next = isLast ? null : `/api/v1/models?offset=${offset + limit}&limit=${limit}`;
  return { status: 200, headers: caching, body: { data, total_count: found.length, links: { next } } };
}

function fits(model: WireModel, query: URLSearchParams): boolean {
  const { input_modalities: inputs, output_modalities: outputs } = model.architecture;
  const wants = (name: string) => query.get(name)?.split(',') ?? [];
  const output = wants('output_modalities');
  const text = query.get('q')?.toLowerCase() ?? '';
  return (
    wants('supported_parameters').every(name => model.supported_parameters.includes(name)) &&
    wants('input_modalities').every(name => inputs.includes(name)) &&
    (output.includes('all') || (output.length ? output : ['text']).every(name => outputs.includes(name))) &&
    (text === '' || `${model.id} ${model.name}`.toLowerCase().includes(text))
  );
}

/** `GET /models/:author/:slug/endpoints` */
export function listEndpoints(catalogue: Catalogue, id: string): Reply {
  const model = catalogue.models.find(({ wire }) => wire.id === id || wire.canonical_slug === id);
  if (!model) return errorReply(404, `Model ${id} not found`, { anonymous: true });
  const { wire } = model;
  const endpoints = model.providers.map(name => ({
    name: `${name} | ${wire.id}`,
    model_id: wire.id,
    model_name: wire.name,
    provider_name: name,
    tag: providerNamed(name).slug,
    context_length: wire.context_length,
    max_completion_tokens: wire.top_provider.max_completion_tokens,
    max_prompt_tokens: null,
    pricing: wire.pricing,
    quantization: null,
    status: 0,
    supported_parameters: wire.supported_parameters,
    supports_implicit_caching: wire.pricing.input_cache_read !== undefined,
    uptime_last_5m: 100,
    uptime_last_30m: 99.9,
    uptime_last_1d: 99.8,
    latency_last_30m: null,
    throughput_last_30m: null,
  }));
  const { id: modelId, name, created, description, architecture } = wire;
  return {
    status: 200,
    body: { data: { id: modelId, name, created, description, architecture, endpoints } },
  };
}

/** `GET /model/:author/:slug` */
export function describeModel(catalogue: Catalogue, id: string): Reply {
  const model = catalogue.get(id);
  if (!model) return errorReply(404, `Model ${id} not found`, { anonymous: true });
  return { status: 200, body: { data: model.wire } };
}

/** `GET /providers` */
export const listProviders = (): Reply => ({
  status: 200,
  body: {
    data: providers.map(({ name, slug }) => ({
      name,
      slug,
      privacy_policy_url: null,
      terms_of_service_url: null,
      status_page_url: null,
    })),
  },
});
