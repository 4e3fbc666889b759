import OpenAI from 'openai';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { ChatRequest } from '../../core/chat/chatClient';
import { toWireFields } from '../../core/chat/requestParameters';
import type { CallGuard } from '../call/callGuard';
import { type Connection, requestHeaders } from '../connection';

/** What goes over the wire: what the user asked to send, its limit, and the wish for a stream. */
type ChatBody = ChatCompletionCreateParamsStreaming & {
  session_id?: string;
  plugins: readonly { readonly id: string; readonly enabled: boolean }[];
};

/** Endpoints with a small context would otherwise shorten a long prompt silently; an account can switch more on. */
const plugins = [{ id: 'context-compression', enabled: false }] as const;

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

/**
 * Sends one chat request through the `openai` client and gives the raw answer, whatever its status.
 * Rejects when there is none, and as soon as the guard ends the call. The client's own retries, time
 * limit, log and headers (which describe the machine, or come from the environment) stay out of it.
 */
export async function postChat(
  connection: Connection,
  request: ChatRequest,
  guard: CallGuard,
): Promise<Response> {
  let answer: Response | undefined;
  const client = new OpenAI({
    baseURL: connection.baseUrl,
    apiKey: connection.apiKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    dangerouslyAllowBrowser: true,
    fetch: async (url, init) => {
      const call = connection.fetch(url, {
        method: 'POST',
        body: init?.body,
        headers: requestHeaders(connection, true),
        // Not the client's signal: its time limit must not end a long answer.
        signal: guard.signal,
        // The prompt and the key go to the configured address and nowhere else.
        redirect: 'manual',
      });
      answer = await guard.race(call);
      // The client would read a failing answer without limit; we read it ourselves.
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      return answer;
    },
  });
  try {
    return await client.chat.completions.create(toChatBody(request)).asResponse();
  } catch (error) {
    if (answer) return answer;
    throw error;
  }
}
