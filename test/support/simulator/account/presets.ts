import type { Reply } from '../http/reply';
import type { Key } from './keys';

const madeAt = '2026-06-01T00:00:00.000Z';

/** `GET /presets`: those of the key's account. */
export function listPresets({ presets }: Key, query: URLSearchParams): Reply {
  const offset = Number(query.get('offset') ?? 0);
  const limit = Math.min(100, Number(query.get('limit') ?? 100));
  const data = presets.slice(offset, offset + limit).map(slug => ({
    id: `preset-${slug}`,
    slug,
    name: `Preset ${slug}`,
    description: null,
    status: 'active',
    status_updated_at: null,
    designated_version_id: null,
    workspace_id: null,
    creator_user_id: null,
    created_at: madeAt,
    updated_at: madeAt,
  }));
  return { status: 200, body: { data, total_count: presets.length } };
}
