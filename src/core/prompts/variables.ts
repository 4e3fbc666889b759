/** What stands in the place of `${name}` in a prompt. */
export const variableNames = [
  'selection',
  'selectedText',
  'file',
  'fileBasename',
  'fileBasenameNoExtension',
  'fileDirname',
  'workspaceFolder',
  'workspaceFolderBasename',
  'language',
  'diagnostics',
  'gitDiff',
  'clipboard',
] as const;

export type VariableName = (typeof variableNames)[number];

/** Something the user is asked for. */
export interface PromptInput {
  readonly name: string;
  readonly placeholder?: string;
}

/** Bounded, so that a text takes time in proportion to its length. */
const variable = /\$\{(input:([\w-]{1,60})(?::([^}\n]{0,300}))?|[A-Za-z]{1,40})\}/g;

const isVariable = (name: string): name is VariableName => variableNames.some(each => each === name);

/** The variables in `text`, each once, in the order in which they stand. */
export function variablesIn(text: string): {
  readonly names: readonly VariableName[];
  readonly inputs: readonly PromptInput[];
} {
  const found = [...text.matchAll(variable)];
  const names = new Set(found.map(([, name = '']) => name).filter(isVariable));
  const inputs = new Map<string, PromptInput>();
  for (const [, , name, placeholder] of found)
    if (name !== undefined && !inputs.has(name)) inputs.set(name, { name, placeholder });
  return { names: [...names], inputs: [...inputs.values()] };
}

/**
 * `text` with values in the places of its variables. Values are put in once: a variable within one stays as it is, and
 * so does every name that is none.
 */
export function fillIn(
  text: string,
  values: ReadonlyMap<VariableName, string>,
  inputs: ReadonlyMap<string, string>,
): string {
  return text.replace(variable, (whole: string, name: string, input: string | undefined) =>
    input === undefined
      ? ((isVariable(name) ? values.get(name) : undefined) ?? whole)
      : (inputs.get(input) ?? whole),
  );
}
