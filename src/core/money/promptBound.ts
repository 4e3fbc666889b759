import { type ImageSize, imageTokens } from './imageTokens';

/**
 * What a chat template may put around each message, and around the whole request. Some models begin with a system
 * message of their own, of about a hundred tokens.
 */
const mostPerMessage = 16;
const mostPerRequest = 256;

/**
 * The most input tokens that `messages` can come to. Unlike an estimate it holds for every tokenizer: none makes more
 * than one token of a byte. Of images it holds for the rules that vendors have published.
 */
export function mostPromptTokens(messages: readonly BoundMessage[], models: readonly string[] = []): number {
  return messages.reduce(
    (sum, { content, images = [] }) =>
      images.reduce(
        (withImages, image) => withImages + mostImageTokens(image, models),
        sum + utf8Bytes(content) + mostPerMessage,
      ),
    mostPerRequest,
  );
}

interface BoundMessage {
  readonly role: string;
  readonly content: string;
  readonly images?: readonly ImageSize[];
}

/** With any of `models`; where nobody says which, with any. */
function mostImageTokens(image: ImageSize, models: readonly string[]): number {
  return Math.max(...(models.length > 0 ? models : ['']).map(model => imageTokens(image, model).most));
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
