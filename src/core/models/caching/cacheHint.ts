import * as v from 'valibot';

/** What the composer says of the cache that the next question may find. Amounts: USD, decimal text. */
export const cacheHintSchema = v.object({
  /** `new`: no request has left anything there yet. */
  state: v.picklist(['warm', 'cold', 'unknown', 'new']),
  /** Epoch ms until which `warm` is likely; undefined in any other state. */
  untilMs: v.optional(v.number()),
  /** What is likely after that. */
  after: v.optional(v.picklist(['cold', 'unknown'])),
  /** The input alone, while the cache is warm. */
  warmUsd: v.string(),
  /** The input alone, read anew. */
  coldUsd: v.string(),
});

export type CacheHint = Readonly<v.InferOutput<typeof cacheHintSchema>>;

/** The model in force is another one than the one that likely has the conversation in its cache. */
export const leftCacheSchema = v.object({
  /** Name of the model whose cache is left. */
  leftModel: v.string(),
  /** Epoch ms until which it is likely warm. */
  untilMs: v.number(),
  /** The input alone: with the model that is left, its cache warm. */
  stayUsd: v.string(),
  /** With the model in force, which reads all of it anew; undefined when its price varies or is not known. */
  switchUsd: v.optional(v.string()),
});

export type LeftCache = Readonly<v.InferOutput<typeof leftCacheSchema>>;

/** The hint as it is at `nowMs`: what was likely warm is so no more once its time is over. */
export function hintAt(hint: CacheHint, nowMs: number): CacheHint {
  const isOver = hint.state === 'warm' && hint.untilMs !== undefined && hint.untilMs <= nowMs;
  return isOver ? { ...hint, state: hint.after ?? 'unknown', untilMs: undefined } : hint;
}

/** `3:10`, `0:07`, `1:02:00`. */
export function timeLeft(untilMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), String(seconds % 60).padStart(2, '0')];
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}
