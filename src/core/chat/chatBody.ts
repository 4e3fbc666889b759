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
  /** Text, or where images go along or a prompt cache is asked for, a list that begins with the text. */
  readonly content: string | readonly [WireText, ...WireImage[]];
}

interface WireText {
  readonly type: 'text';
  readonly text: string;
  readonly cache_control?: { readonly type: 'ephemeral' };
}

interface WireImage {
  readonly type: 'image_url';
  readonly image_url: { readonly url: string };
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

function toWireMessage({ role, content, images = [], endsCachedPrefix }: ChatMessage): WireMessage {
  if (!endsCachedPrefix && images.length === 0) return { role, content };
  const text: WireText = {
    type: 'text',
    text: content,
    ...(endsCachedPrefix && { cache_control: { type: 'ephemeral' } }),
  };
  return {
    role,
    content: [text, ...images.map(({ url }): WireImage => ({ type: 'image_url', image_url: { url } }))],
  };
}
