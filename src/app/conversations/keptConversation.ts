import * as v from 'valibot';
import { conversationSchema } from '../../core/chat/schemas/conversationSchema';
import { keptItemsSchema } from '../context/keptContext';

const formatVersion = 1;

const keptConversation = v.object({
  conversation: conversationSchema,
  /** Text typed and not sent. */
  draft: v.optional(v.string(), ''),
  /** What goes along with it; undefined: nothing. */
  added: v.fallback(v.optional(keptItemsSchema), undefined),
});

const file = v.object({ formatVersion: v.literal(formatVersion), ...keptConversation.entries });

/** What survives a reload: the conversation, and the text typed but not sent with what goes along. */
export type KeptConversation = Readonly<v.InferOutput<typeof keptConversation>>;

/** A file of another version, or a damaged one, counts as none: it holds nothing the ledger does not have. */
export function parseKeptConversation(json: string): KeptConversation | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), file), json);
  if (!parsed.success) return undefined;
  const { conversation, draft, added } = parsed.output;
  return { conversation, draft, ...(added && { added }) };
}

export function toKeptJson({ conversation, draft, added }: KeptConversation): string {
  return JSON.stringify({ formatVersion, conversation, draft, added });
}
