/** What the page itself keeps across a reload: where the reader was. The host keeps everything else. */
export interface PageMemory {
  readonly conversationId: string;
  /** The turn at the top of the window, and how far its top is above the window's, in pixels. */
  readonly anchor?: { readonly turnId: string; readonly offset: number };
  /** Folds that the reader opened, as `<turn id> <part>`. */
  readonly open: readonly string[];
}

/** Reads what an earlier page, maybe of an older version, kept of this conversation. */
export function toPageMemory(value: unknown, conversationId: string): PageMemory {
  const memory = value as Partial<PageMemory> | undefined | null;
  if (memory?.conversationId !== conversationId) return { conversationId, open: [] };
  const { anchor, open } = memory;
  return {
    conversationId,
    anchor:
      typeof anchor?.turnId === 'string' && typeof anchor.offset === 'number'
        ? { turnId: anchor.turnId, offset: anchor.offset }
        : undefined,
    open: Array.isArray(open) ? open.filter(name => typeof name === 'string') : [],
  };
}
