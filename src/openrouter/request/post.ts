import OpenAI from 'openai';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { toChatBody } from '../../core/chat/chatBody';
import type { ChatRequest } from '../../core/chat/chatClient';
import type { CallGuard } from '../call/callGuard';
import { type Connection, requestHeaders } from '../connection';

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
    // The library's type of a body knows OpenAI's fields only, and no readonly lists.
    const body = toChatBody(request) as unknown as ChatCompletionCreateParamsStreaming;
    return await client.chat.completions.create(body).asResponse();
  } catch (error) {
    if (answer) return answer;
    throw error;
  }
}
