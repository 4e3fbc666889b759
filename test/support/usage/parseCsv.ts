/** A plain reader of RFC 4180, to check what was written against the standard and not against itself. */
export function parseCsv(text: string, separator: string = ','): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let [cell, isQuoted] = ['', false];
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === separator) endCell();
    else if (character === '\r' && text[at + 1] === '\n') {
      endCell();
      rows.push([]);
      at += 1;
    } else cell += character;
  }
  if (rows.at(-1)?.length === 0) rows.pop();
  return rows;
}
