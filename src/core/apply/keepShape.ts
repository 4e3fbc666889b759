import { commonIndent, indentOf, isBlank, toLines } from '../code/lines';

/** Where code stands: what its shape is measured against. */
export interface CodePlace {
  /** The code as it is in the document. */
  readonly original: string;
  /** What stands before it on its first line. */
  readonly lineStart: string;
  readonly eol: '\n' | '\r\n';
}

/**
 * `text`, which a model wrote in place of the original, with the original's indentation, line ends, and line breaks at
 * its start and end.
 */
export function keepShape(text: string, { original, lineStart, eol }: CodePlace): string {
  const lines = toLines(text);
  const first = lines.findIndex(line => !isBlank(line));
  const code = lines.slice(first, lines.findLastIndex(line => !isBlank(line)) + 1);
  const originalLines = toLines(original);
  const head = originalLines.findIndex(line => !isBlank(line));
  const begins = original.slice(0, original.search(/\S/));
  const ends = /\s*$/.exec(original)?.[0] ?? '';
  // Only what the first line of code stands in by itself is measured; blank lines above it stay as they are.
  const lead = head > 0 ? '' : lineStart;
  const shaped = isBlank(lead)
    ? indented(asWritten(code, originalLines.slice(head), lead), originalLines.slice(head), lead)
    : inLine(code, originalLines, lead);
  const [firstLine = '', ...rest] = shaped;
  const trimmed = [firstLine.trimStart(), ...rest].join('\n').trimEnd();
  return `${begins}${trimmed.replaceAll('\n', eol)}${ends}`;
}

/**
 * The lines with the first one standing in as the others do. A selection that begins behind the indentation is sent
 * without it; some models write the first line back like that, others move all lines to the left.
 */
function asWritten(code: readonly string[], original: readonly string[], lead: string): readonly string[] {
  const [first = '', ...rest] = code;
  if (lead === '') return code;
  const whole = [lead + first, ...rest];
  if (rest.every(isBlank)) return first.startsWith(lead) ? code : whole;
  const step = stepOf([lead + (original[0] ?? ''), ...original.slice(1)]);
  if (step === undefined) return widthOf(commonIndent(rest)) >= widthOf(lead) ? whole : code;
  const [ifWhole, ifMoved] = [stepOf(whole) ?? 0, stepOf(code) ?? 0];
  return Math.abs(ifWhole - step) <= Math.abs(ifMoved - step) && ifWhole >= 0 ? whole : code;
}

/** How much further than the first line the others stand in, at least. */
function stepOf([first = '', ...rest]: readonly string[]): number | undefined {
  return rest.every(isBlank) ? undefined : widthOf(commonIndent(rest)) - widthOf(indentOf(first));
}

const widthOf = (indent: string): number => indent.replaceAll('\t', '    ').length;

/** Every line with the indentation of the original in place of the one that the model gave all of them. */
function indented(code: readonly string[], original: readonly string[], lead: string): readonly string[] {
  const wanted = commonIndent([lead + (original[0] ?? ''), ...original.slice(1)]);
  const given = commonIndent(code);
  const units = new IndentUnits([lead + (original[0] ?? ''), ...original.slice(1)], code);
  return code.map(line => (isBlank(line) ? '' : wanted + units.convert(line.slice(given.length))));
}

/** Code that begins within a line: only the lines below it are moved. */
function inLine(code: readonly string[], original: readonly string[], lead: string): readonly string[] {
  const [first = '', ...rest] = code;
  const originalRest = original.slice(1);
  const given = commonIndent(rest);
  const wanted = originalRest.every(isBlank)
    ? given.startsWith(indentOf(lead))
      ? given
      : indentOf(lead) + given
    : commonIndent(originalRest);
  return [first, ...rest.map(line => (isBlank(line) ? '' : wanted + line.slice(given.length)))];
}

/** Turns the model's tabs into the document's spaces, or the other way round, where the two differ. */
class IndentUnits {
  private readonly toTabs: number | undefined;
  private readonly toSpaces: number | undefined;

  constructor(original: readonly string[], code: readonly string[]) {
    const [wanted, given] = [original.map(indentOf), code.map(indentOf)];
    const [wantsTabs, givesTabs] = [wanted.some(hasTab), given.some(hasTab)];
    if (wantsTabs && !givesTabs && !wanted.some(hasSpace)) this.toTabs = unitOf(given);
    if (!wantsTabs && givesTabs && wanted.some(hasSpace)) this.toSpaces = unitOf(wanted);
  }

  convert(line: string): string {
    const indent = indentOf(line);
    const code = line.slice(indent.length);
    if (this.toTabs !== undefined && !hasTab(indent))
      return `${'\t'.repeat(Math.floor(indent.length / this.toTabs))}${' '.repeat(indent.length % this.toTabs)}${code}`;
    if (this.toSpaces !== undefined) return indent.replaceAll('\t', ' '.repeat(this.toSpaces)) + code;
    return line;
  }
}

const hasTab = (indent: string): boolean => indent.includes('\t');
const hasSpace = (indent: string): boolean => indent.includes(' ');

/** The smallest number of spaces by which two lines differ. */
function unitOf(indents: readonly string[]): number {
  const widths = [...new Set([0, ...indents.map(({ length }) => length)])].sort((a, b) => a - b);
  const steps = widths.slice(1).map((width, index) => width - (widths[index] ?? 0));
  return Math.max(1, Math.min(...steps, 8));
}
