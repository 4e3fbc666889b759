const keyLike = /sk-or-[A-Za-z0-9_-]+/g;

/** `text` without anything that looks like an OpenRouter key. For logs and error details. */
export function redactKeys(text: string): string {
  return text.replace(keyLike, 'sk-or-…');
}
