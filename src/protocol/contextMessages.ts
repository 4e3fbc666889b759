import * as v from 'valibot';

/** Something that goes along with the next question, as the composer shows it. */
export const contextChip = v.object({
  id: v.string(),
  kind: v.picklist(['file', 'symbol', 'problems', 'diff', 'terminal', 'clipboard', 'image']),
  label: v.string(),
  /** Path, lines and what it is. */
  detail: v.string(),
  /** Estimated for the model in force. */
  tokens: v.number(),
  /** The ends of the range, for what cannot be counted exactly. */
  low: v.optional(v.number()),
  most: v.optional(v.number()),
  /** Why it cannot be sent as things are. */
  problem: v.optional(v.string()),
  /** The model in force reads no images. */
  needsVision: v.optional(v.boolean()),
});

export type ContextChip = Readonly<v.InferOutput<typeof contextChip>>;

/** That the question with all that goes along does not fit into the model. */
export const tooMuch = v.object({
  overTokens: v.number(),
  contextTokens: v.number(),
  /** Ids of chips. */
  drop: v.array(v.string()),
  larger: v.array(
    v.object({ id: v.string(), price: v.optional(v.string()), contextTokens: v.optional(v.number()) }),
  ),
});
