/** The value of JSON whose comments have lines of their own. Of a shape that only the test knows. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there.
export function readJsonc(text: string): any {
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''));
}
