import { enclosingLines, isDeclaration } from '../code/enclosing';
import { isImportLine } from '../code/importsInUse';
import { isBlank, sayingLines, toLines } from '../code/lines';

/** What stands around code in its document. */
export interface Around {
  readonly before: string;
  readonly after: string;
}

export type Stripped =
  | { readonly kind: 'code'; readonly text: string; readonly leftOut?: 'imports' | 'file' }
  /** It holds code of the document that was not sent, and where that ends cannot be told. */
  | { readonly kind: 'more' };

/** `text` without what stands around the original already: the whole file, or imports that models like to repeat. */
export function withoutSurroundings(
  text: string,
  original: string,
  { before, after }: Around,
  languageId: string,
): Stripped {
  const inner = withoutWholeFile(text, before, after, original);
  if (inner !== undefined) return { kind: 'code', text: inner, leftOut: 'file' };
  const own = sayingLines(original);
  const above = sayingLines(before);
  const rest = withoutImports(text, above, own, languageId);
  if (
    holdsFile(rest, own, before, after, languageId) ||
    opensEnclosing(rest, own, before, original) ||
    repeatsDeclaration(rest, own, before + after)
  )
    return { kind: 'more' };
  return rest === text ? { kind: 'code', text } : { kind: 'code', text: rest, leftOut: 'imports' };
}

/** Undefined unless the text begins with all that is above and ends with all that is below. */
function withoutWholeFile(text: string, before: string, after: string, original: string): string | undefined {
  const [lines, above, below] = [text, before, after].map(codeLines) as [Line[], Line[], Line[]];
  const isAround = above.length + below.length > 0 && lines.length > above.length + below.length;
  if (!isAround || countSaying(above) + countSaying(below) < 2) return undefined;
  const starts = above.every((line, index) => line.text === lines[index]?.text);
  const tail = lines.length - below.length;
  const ends = below.every((line, index) => line.text === lines[tail + index]?.text);
  // What the model was given may itself look like what is around it.
  const isOwn = codeLines(original).length === lines.length;
  if (!starts || !ends || isOwn) return undefined;
  const from = lines[above.length]?.at ?? 0;
  const to = lines[tail - 1]?.at ?? 0;
  return toLines(text)
    .slice(from, to + 1)
    .join('\n');
}

interface Line {
  readonly text: string;
  readonly at: number;
}

const codeLines = (text: string): Line[] =>
  toLines(text)
    .map((line, at) => ({ text: line.trimEnd(), at }))
    .filter(line => !isBlank(line.text));

const countSaying = (lines: readonly Line[]): number => lines.filter(line => /\w/.test(line.text)).length;

function withoutImports(
  text: string,
  above: ReadonlySet<string>,
  own: ReadonlySet<string>,
  languageId: string,
): string {
  const lines = toLines(text);
  const isRepeated = (line: string): boolean =>
    isImportLine(line, languageId) && above.has(line.trim()) && !own.has(line.trim());
  let end = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (isRepeated(line)) end = index + 1;
    else if (!isBlank(line)) break;
  }
  return lines.slice(end).join('\n');
}

/** Fewer lines around the code can be alike by chance. */
const fewestLines = 2;

/** True when most of what is around the code, imports aside, is in the text. */
function holdsFile(
  text: string,
  own: ReadonlySet<string>,
  before: string,
  after: string,
  languageId: string,
): boolean {
  const around = [...sayingLines(before), ...sayingLines(after)].filter(
    line => !own.has(line) && !isImportLine(line, languageId),
  );
  const found = sayingLines(text);
  const shared = around.filter(line => found.has(line)).length;
  return shared >= fewestLines && shared >= around.length * 0.6;
}

/** True when the text begins with a declaration that stands around the original. */
function opensEnclosing(text: string, own: ReadonlySet<string>, before: string, original: string): boolean {
  const first =
    toLines(text)
      .find(line => !isBlank(line))
      ?.trim() ?? '';
  if (own.has(first)) return false;
  return enclosingLines(before, original).some(line => line.trim() === first);
}

/** True when the text declares at its left what is declared around the original already. */
function repeatsDeclaration(text: string, own: ReadonlySet<string>, around: string): boolean {
  const isOuter = (line: string): boolean => /^\S/.test(line) && isDeclaration(line);
  const declared = new Set(toLines(around).filter(isOuter));
  return toLines(text).some(line => isOuter(line) && declared.has(line) && !own.has(line.trim()));
}
