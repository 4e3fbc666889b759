/** What can be said about code without understanding it. */
export interface CodeFacts {
  readonly code: string;
  /** Of the code fence, else `undefined`. */
  readonly language: string;
  readonly lineCount: number;
  readonly functions: readonly FunctionFact[];
  readonly classes: readonly string[];
  readonly imports: readonly string[];
  /** Most used first. */
  readonly identifiers: readonly string[];
}

export interface FunctionFact {
  readonly name: string;
  readonly parameters: readonly string[];
  /** From 1. */
  readonly line: number;
}

const functionForms: readonly RegExp[] = [
  /\b(?:async\s+)?function\s*\*?\s*(\w+)\s*(?:<[^>]*>)?\(([^)]*)\)/,
  /\b(?:const|let|var)\s+(\w+)\s*(?::[^=]+)?=\s*(?:async\s*)?\(([^)]*)\)[^=]*=>/,
  /\b(?:def|fn|func|fun|sub)\s+(?:\([^)]*\)\s*)?(\w+)\s*(?:<[^>]*>|\[[^\]]*\])?\(([^)]*)\)?/,
  /^\s*(?:(?:public|private|protected|static|async|override|final|readonly)\s+)*(?:[\w<>[\]]+\s+)?(\w+)\s*\(([^)]*)\)\s*(?::\s*[^{]+)?\{/,
];
const keywords = new Set(
  'if else for while switch catch return function class const let var import from export default new this self def fn func fun async await public private protected static void true false null undefined None True False and not with use using struct impl interface type string number boolean int float throw throws try case break continue'.split(
    ' ',
  ),
);

export function factsAbout(code: string, language: string): CodeFacts {
  const lines = code.split(/\r?\n/);
  return {
    code,
    language,
    lineCount: lines.length,
    functions: lines.flatMap((line, index) => functionIn(line, index + 1)),
    classes: all(code, /\b(?:class|struct|interface|trait|enum)\s+(\w+)/g),
    imports: all(
      code,
      /^\s*(?:import\b.*?from\s+['"]|import\s+['"]?|from\s+|use\s+|#include\s+[<"])([\w@./:-]+)/gm,
    ),
    identifiers: identifiersIn(code),
  };
}

function functionIn(line: string, lineNumber: number): readonly FunctionFact[] {
  for (const form of functionForms) {
    const [, name, parameters = ''] = form.exec(line) ?? [];
    if (!name || keywords.has(name)) continue;
    return [{ name, parameters: parameterNames(parameters), line: lineNumber }];
  }
  return [];
}

const parameterNames = (list: string): readonly string[] =>
  list
    .split(',')
    .map(parameter => /^[\s&*.{]*(?:mut\s+)?(\w+)/.exec(parameter)?.[1] ?? '')
    .filter(name => name !== '' && name !== 'self' && name !== 'this');

const all = (code: string, pattern: RegExp): readonly string[] => [
  ...new Set([...code.matchAll(pattern)].flatMap(match => (match[1] ? [match[1]] : []))),
];

function identifiersIn(code: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const [word] of code.matchAll(/\b[A-Za-z_]\w{2,}\b/g)) {
    if (!keywords.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
}
