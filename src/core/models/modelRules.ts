import { splitModelId } from '../chat/modelSuffix';

/** Which models the user wants to be asked at all: patterns of model ids, in which `*` stands for any text. */
export interface ModelRules {
  /** Empty: all are allowed. */
  readonly allowedModels: readonly string[];
  readonly blockedModels: readonly string[];
}

/** The setting because of which a model is not asked. */
export type RuleSetting = keyof ModelRules;

/**
 * The setting that forbids the model which `names` all stand for: its id as it was typed, and that of its row.
 * Undefined when it may be asked.
 */
export function forbiddenBy(rules: ModelRules, ...names: readonly string[]): RuleSetting | undefined {
  const { allowedModels, blockedModels } = rules;
  if (allowedModels.length === 0 && blockedModels.length === 0) return undefined;
  const rows = names.flatMap(name => [name, rowOf(name)]);
  // A block of `a/b` is one of every way to ask it: `a/b:free`, `a/b:nitro`, `a/b@preset/x`.
  const blockable = [...rows, ...rows.map(baseOf)];
  if (blockedModels.some(pattern => blockable.some(id => matchesPattern(pattern, id))))
    return 'blockedModels';
  const isAllowed = allowedModels.some(pattern => rows.some(id => matchesPattern(pattern, id)));
  return allowedModels.length === 0 || isAllowed ? undefined : 'allowedModels';
}

const rowOf = (id: string): string => splitModelId(id).row;

const baseOf = (id: string): string => id.replace(/(:|@preset\/).*$/, '');

/** Ignores case. Takes time in proportion to the lengths of both, whatever the pattern. */
export function matchesPattern(pattern: string, id: string): boolean {
  const parts = pattern.trim().toLowerCase().split('*');
  const text = id.toLowerCase();
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
    return false;
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= text.length - last.length;
}
