/** The lines of a text, however they end. */
export const toLines = (text: string): string[] => text.split(/\r\n|\n|\r/);

export const isBlank = (line: string): boolean => line.trim() === '';

/** White space that a line begins with. */
export const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

/** The white space that every line begins with, blank ones aside. */
export function commonIndent(lines: readonly string[]): string {
  const indents = lines.filter(line => !isBlank(line)).map(indentOf);
  const [first = '', ...others] = indents;
  return others.reduce((common, indent) => {
    let length = 0;
    while (length < common.length && common[length] === indent[length]) length += 1;
    return common.slice(0, length);
  }, first);
}

/** The lines that say something, without the white space around them: two of them are alike when they read alike. */
export const sayingLines = (text: string): ReadonlySet<string> =>
  new Set(
    toLines(text)
      .map(line => line.trim())
      .filter(line => /\w/.test(line)),
  );
