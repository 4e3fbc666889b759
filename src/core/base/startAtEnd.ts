/** How many of the last characters of `text` could be the beginning of `mark`, which is not whole there. */
export function lengthOfStartAtEnd(text: string, mark: string): number {
  let length = Math.min(mark.length - 1, text.length);
  while (length > 0 && !text.endsWith(mark.slice(0, length))) length--;
  return length;
}
