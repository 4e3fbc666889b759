import * as v from 'valibot';
import { conversationSchema } from '../../core/chat/conversationSchema';

const formatVersion = 1;

const keptConversation = v.object({
  conversation: conversationSchema,
  /** Text typed and not sent. */
  draft: v.optional(v.string(), ''),
});

const file = v.object({ formatVersion: v.literal(formatVersion), ...keptConversation.entries });

/** What survives a reload: the conversation and the text typed but not sent. */
export type KeptConversation = Readonly<v.InferOutput<typeof keptConversation>>;

/** A file of another version, or a damaged one, counts as none: it holds nothing the ledger does not have. */
export function parseKeptConversation(json: string): KeptConversation | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), file), json);
  if (!parsed.success) return undefined;
  const { conversation, draft } = parsed.output;
  return { conversation, draft };
}

export function toKeptJson({ conversation, draft }: KeptConversation): string {
  return JSON.stringify({ formatVersion, conversation, draft });
}
