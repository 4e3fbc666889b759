/** `text` with up to `columns` columns of white space removed from each line; a tab reaches to the next fourth. */
export const withoutIndent = (text: string, columns: number): string =>
  text
    .split('\n')
    .map(line => lineWithoutIndent(line, columns))
    .join('\n');

function lineWithoutIndent(line: string, columns: number): string {
  let [column, at] = [0, 0];
  while (column < columns && (line[at] === ' ' || line[at] === '\t')) {
    column += line[at] === '\t' ? 4 - (column % 4) : 1;
    at += 1;
  }
  return ' '.repeat(Math.max(0, column - columns)) + line.slice(at);
}
