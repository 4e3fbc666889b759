import { indentOf, isBlank, toLines } from './lines';

/** What a line that opens a class, a function or a block of a test begins with, or looks like. */
const declares =
  /\b(?:class|interface|struct|enum|trait|impl|namespace|module|object|record|def|fn|func|fun|function|sub|procedure|package|extension|protocol|suite|describe|contract|component|mixin|type)\b|[\w>\])]\s*\([^;]*\)\s*(?:[\w\s:<>[\],|.&*?-]*)(?:\{|=>|:)\s*$/;
const controls =
  /^\s*(?:\}?\s*)?(?:if|else|for|while|switch|case|catch|try|do|with|return|elif|foreach|match|unless|until)\b/;

/** More of them tell no more. */
const mostEnclosing = 5;
/** Lines further above are not looked at: a huge file would make everybody wait. */
const mostLines = 5000;

/**
 * First lines of the declarations that stand around code, such as `class Cart {` around a method: from the outermost to
 * the innermost, as they stand. They are found by indentation, so that no language server is waited for.
 *
 * @param above the document above the code, up to its first character; @param code the code
 */
export function enclosingLines(above: string, code: string): readonly string[] {
  const lines = toLines(above);
  const begun = lines.pop() ?? '';
  const firstLine = toLines(begun + code).find(line => !isBlank(line)) ?? '';
  let depth = widthOf(firstLine);
  const found: string[] = [];
  const last = Math.max(0, lines.length - mostLines);
  for (let index = lines.length - 1; index >= last && depth > 0; index -= 1) {
    const line = lines[index] ?? '';
    if (isBlank(line) || widthOf(line) >= depth || /^\s*[)\]}]/.test(line)) continue;
    depth = widthOf(line);
    if (isDeclaration(line)) found.unshift(line);
  }
  return found.slice(-mostEnclosing);
}

/** True for the first line of a class, a function and the like, as far as its looks tell. */
export const isDeclaration = (line: string): boolean => declares.test(line) && !controls.test(line);

/** How far a line stands in; a tab counts as four. */
const widthOf = (line: string): number => indentOf(line).replaceAll('\t', '    ').length;
