import { toLines } from './lines';

/** How a language writes that names come from elsewhere. */
interface ImportSyntax {
  /** Its first line. */
  readonly begins: RegExp;
  /** True when the statement goes on on the next line. */
  readonly goesOn?: (soFar: string) => boolean;
  /** The names may not be in the statement: what is needed cannot be told, so all go along. */
  readonly isNameless?: boolean;
}

const count = (text: string, sign: string): number => text.split(sign).length - 1;
const isOpen = (text: string, open: string, close: string): boolean => count(text, open) > count(text, close);

const script: ImportSyntax = {
  begins:
    /^(?:import\s(?!type\s*\()|import\{|import\*|(?:const|let|var)\s.*\brequire\s*\(|export\s.*\sfrom\s)/,
  goesOn: text => isOpen(text, '{', '}'),
};
const python: ImportSyntax = {
  begins: /^(?:import|from)\s/,
  goesOn: text => isOpen(text, '(', ')') || text.endsWith('\\'),
};
const dotted: ImportSyntax = { begins: /^(?:import|using|global using)\s/ };
const include: ImportSyntax = { begins: /^\s*#\s*(?:include|import)\b/, isNameless: true };

const byLanguage: Readonly<Record<string, ImportSyntax>> = {
  typescript: script,
  typescriptreact: script,
  javascript: script,
  javascriptreact: script,
  vue: script,
  svelte: script,
  python,
  java: dotted,
  kotlin: dotted,
  scala: dotted,
  groovy: dotted,
  csharp: dotted,
  dart: { ...dotted, isNameless: true },
  swift: { ...dotted, isNameless: true },
  haskell: { ...dotted, isNameless: true },
  go: { begins: /^import\s/, goesOn: text => isOpen(text, '(', ')') },
  rust: { begins: /^(?:pub\s+)?use\s/, goesOn: text => !text.includes(';') },
  php: { begins: /^use\s/, goesOn: text => !text.includes(';') },
  ruby: { begins: /^\s*(?:require|require_relative)\b/, isNameless: true },
  c: include,
  cpp: include,
  'objective-c': include,
  'objective-cpp': include,
};

/** More text than this costs more than it tells. */
const mostChars = 4000;
/** A statement that is longer is not understood. */
const mostStatementLines = 60;

/**
 * The statements of `document` that bring in names which `code` uses, as they stand, each once; '' where there are none
 * or the language is not known.
 */
export function importsInUse(document: string, code: string, languageId: string): string {
  const syntax = byLanguage[languageId];
  if (!syntax) return '';
  const used = new Set(code.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
  const kept = [...new Set(statements(document, syntax))].filter(
    statement =>
      !code.includes(statement) &&
      (syntax.isNameless === true || namesIn(statement, languageId).some(name => used.has(name))),
  );
  const text = (languageId === 'go' ? kept.map(statement => onlyUsed(statement, used)) : kept).join('\n');
  return text.length <= mostChars ? text : text.slice(0, text.lastIndexOf('\n', mostChars)).trimEnd();
}

/** Lines that could be such a statement, or a part of one: what models like to repeat before the code. */
export function isImportLine(line: string, languageId: string): boolean {
  return byLanguage[languageId]?.begins.test(line) ?? false;
}

function statements(document: string, { begins, goesOn }: ImportSyntax): string[] {
  const lines = toLines(document);
  const found: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    if (!begins.test(lines[index] ?? '')) continue;
    let text = (lines[index] ?? '').trimEnd();
    let length = 1;
    while (goesOn?.(text) && index + length < lines.length && length < mostStatementLines) {
      text += `\n${(lines[index + length] ?? '').trimEnd()}`;
      length += 1;
    }
    if (goesOn?.(text) === true) continue;
    found.push(text);
    index += length - 1;
  }
  return found;
}

const words: ReadonlySet<string> = new Set(
  'import from as const let var require type use using pub static crate self export default function'.split(
    ' ',
  ),
);

function namesIn(statement: string, languageId: string): readonly string[] {
  if (languageId === 'go') return goNames(statement);
  // Where the names come from is no name: but for Java and its like it ends in one.
  const text = statement.replace(/(['"]).*?\1/g, '');
  const names = text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
  const bound = /\bas\s+([\p{L}_$][\p{L}\p{N}_$]*)/gu;
  const renamed = new Set([...text.matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)\s+as\s+/gu)].map(match => match[1]));
  const plain = names.filter(name => !words.has(name) && !renamed.has(name));
  return [...plain, ...[...text.matchAll(bound)].map(match => match[1] ?? '')];
}

/** A package is used by the last part of its path, or by the name before it. */
const goNames = (statement: string): readonly string[] =>
  [...statement.replace(/^\w+\s/, '').matchAll(/(?:([\w.]+)\s+)?"([^"]+)"/g)].map(
    ([, alias, path = '']) => alias ?? lastPart(path),
  );

const lastPart = (path: string): string =>
  path
    .replace(/\/v\d+$/, '')
    .split('/')
    .at(-1) ?? '';

/** Go writes all of them as one statement. */
function onlyUsed(statement: string, used: ReadonlySet<string>): string {
  if (!statement.includes('\n')) return statement;
  return toLines(statement)
    .filter(line => !line.includes('"') || goNames(line).some(name => used.has(name)))
    .join('\n');
}
