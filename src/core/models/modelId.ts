import type { Model } from './model';

/** Suffixes that only change the routing: the catalogue has no row of its own for them. */
const routingSuffix = /:(nitro|floor|online|exacto)$/;

/** The catalogue's row for a model id as it stands in settings, requests or answers. */
export function findModel(models: readonly Model[], id: string): Model | undefined {
  const plain = id.replace(routingSuffix, '');
  return (
    models.find(model => model.id === id) ??
    models.find(model => model.id === plain || model.canonicalSlug === plain)
  );
}

/** True for what can be a model id: `vendor/name`, with an optional `:variant` or `@preset/…`. */
export function looksLikeModelId(text: string): boolean {
  return /^[~@]?[\w.-]+\/[\w.~-]+(:[\w.-]+)?(@preset\/[\w.-]+)?$/.test(text);
}
