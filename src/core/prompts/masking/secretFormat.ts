/** A published format of secrets, or a place in which one stands. */
export interface SecretFormat {
  /** What it is called to the user. */
  readonly kind: string;
  /**
   * Finds it. Global; its group 1 is the secret, without a group all of the match. Every repetition is bounded and of
   * one class of characters, or cannot begin within itself, so that a text takes time in proportion to its length.
   */
  readonly pattern: RegExp;
  /** What else must hold of the secret; `match` is all that the pattern found. */
  readonly accepts?: (secret: string, match: string) => boolean;
}

/** Bits of information in each character, as far as the text alone tells. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Words by which documentation says that a value is none. */
const standIn =
  /example|sample|placeholder|changeme|change[_-]me|your[_-]|dummy|redacted|insert|replace|todo|xxxx|\*\*\*\*|\.\.\.|123456789|abcdefgh|MASKED_SECRET/i;

/** Not what documentation writes in place of a value. */
export const isNoStandIn = (secret: string): boolean => !standIn.test(secret);

/** Neither documentation nor the same few characters over and over. */
export const looksRandom = (secret: string): boolean => isNoStandIn(secret) && entropyOf(secret) >= 2.8;
