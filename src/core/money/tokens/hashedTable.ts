/** How much more or less a word, a run of signs or a character counts than others of its kind, by bucket. */
export interface HashTable {
  readonly words: ArrayLike<number>;
  readonly signs: ArrayLike<number>;
  readonly characters: ArrayLike<number>;
}

/** How many entries each part of the table has: powers of two. */
export const buckets = { words: 4096, signs: 1024, characters: 1024 } as const;

/** The hash of a piece of a word or of a run of signs. */
export function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}

/** The bucket of a hash, mixed so that words alike do not share one. */
export function bucketOf(hash: number, count: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) & (count - 1);
}
