import { readImageUrl } from '../base/imageData';

/** An image in an answer. */
export type AnswerImage =
  /** `url` is a `data:` address of an image that was looked at. */
  | { readonly kind: 'shown'; readonly url: string }
  /** It lies on a server: the panel loads nothing, and offers the address. */
  | { readonly kind: 'linked'; readonly url: string }
  /** Too large, of another kind, damaged, or no longer kept. */
  | { readonly kind: 'missing'; readonly reason: MissingImage };

export type MissingImage = 'tooLarge' | 'unreadable' | 'notKept';

/** Characters of an address: some 8 MB of image. */
const longestUrl = 11_000_000;

/** More images of one answer are counted and not shown. */
export const mostAnswerImages = 8;

/** What the panel makes of the address that a model gave for an image. */
export function toAnswerImage(url: string): AnswerImage {
  if (/^https?:\/\//i.test(url)) return { kind: 'linked', url: url.slice(0, 2000) };
  if (url.length > longestUrl) return { kind: 'missing', reason: 'tooLarge' };
  const facts = readImageUrl(url);
  if (!facts) return { kind: 'missing', reason: 'unreadable' };
  // What it is called is the server's word; what it is, its own bytes tell.
  return { kind: 'shown', url: `data:${facts.mediaType};base64,${url.slice(url.indexOf(',') + 1)}` };
}
