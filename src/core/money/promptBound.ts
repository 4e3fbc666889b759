/**
 * What a chat template may put around each message, and around the whole request. Some models begin with a system
 * message of their own, of about a hundred tokens.
 */
const mostPerMessage = 16;
const mostPerRequest = 256;

/**
 * The most input tokens that `messages` can come to. Unlike an estimate it holds for every tokenizer: none makes more
 * than one token of a byte.
 */
export function mostPromptTokens(
  messages: readonly { readonly role: string; readonly content: string }[],
): number {
  return messages.reduce((sum, { content }) => sum + utf8Bytes(content) + mostPerMessage, mostPerRequest);
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Each half of a surrogate pair is two of its four bytes; one that stands alone is sent as three.
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }
  return bytes;
}
