import type { ChatRequest } from './chatClient';
import { toWireFields } from './requestParameters';

/** The body of `POST /chat/completions`. */
export interface ChatBody extends Readonly<Record<string, unknown>> {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly stream: true;
}

/** Endpoints with a small context would otherwise shorten a long prompt silently; an account can switch more on. */
const plugins = [{ id: 'context-compression', enabled: false }] as const;

/** What goes over the wire: what the user asked to send, its limit, and the wish for a stream. */
export function toChatBody(request: ChatRequest): ChatBody {
  return {
    ...toWireFields(request.parameters),
    model: request.parameters.model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    plugins,
    ...(request.sessionId === undefined ? {} : { session_id: request.sessionId }),
  };
}
