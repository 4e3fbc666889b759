import * as v from 'valibot';

const pageMemory = v.object({
  conversationId: v.string(),
  /** The turn at the top of the window, and how far its top is above the window's, in pixels. */
  anchor: v.fallback(v.optional(v.object({ turnId: v.string(), offset: v.number() })), undefined),
  /** Folds that the reader opened, as `<turn id> <part>`. */
  open: v.fallback(v.array(v.string()), []),
});

/** What the page itself keeps across a reload: where the reader was. The host keeps everything else. */
export type PageMemory = Readonly<v.InferOutput<typeof pageMemory>>;

/** Reads what an earlier page, maybe of an older version, kept of this conversation. */
export function toPageMemory(value: unknown, conversationId: string): PageMemory {
  const parsed = v.safeParse(pageMemory, value);
  const isOfThis = parsed.success && parsed.output.conversationId === conversationId;
  return isOfThis ? parsed.output : { conversationId, open: [] };
}
