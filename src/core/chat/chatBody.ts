import type { ChatMessage, ChatRequest } from './chatClient';
import { toWireFields } from './requestParameters';

/** The body of `POST /chat/completions`. */
export interface ChatBody extends Readonly<Record<string, unknown>> {
  readonly model: string;
  readonly messages: readonly WireMessage[];
  readonly stream: true;
}

export interface WireMessage {
  readonly role: string;
  /** Text, or where a prompt cache is asked for a list with the one part that holds it. */
  readonly content: string | readonly [CachedText];
}

interface CachedText {
  readonly type: 'text';
  readonly text: string;
  readonly cache_control: { readonly type: 'ephemeral' };
}

/** Endpoints with a small context would otherwise shorten a long prompt silently; an account can switch more on. */
const plugins = [{ id: 'context-compression', enabled: false }] as const;

/** What goes over the wire: what the user asked to send, its limit, and the wish for a stream. */
export function toChatBody(request: ChatRequest): ChatBody {
  return {
    ...toWireFields(request.parameters),
    model: request.parameters.model,
    messages: request.messages.map(toWireMessage),
    stream: true,
    plugins,
    ...(request.sessionId === undefined ? {} : { session_id: request.sessionId }),
  };
}

function toWireMessage({ role, content, endsCachedPrefix }: ChatMessage): WireMessage {
  if (!endsCachedPrefix) return { role, content };
  return { role, content: [{ type: 'text', text: content, cache_control: { type: 'ephemeral' } }] };
}
