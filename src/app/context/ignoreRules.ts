import ignore from 'ignore';

/** Says of a path, with `/` between its parts and none at its beginning, whether a list of gitignore patterns matches. */
export type PathRule = (path: string) => boolean;

/** The rule of one list: a `!` pattern takes back what stands before it in that list. */
export function toPathRule(patterns: readonly string[]): PathRule {
  const rules = ignore({ allowRelativePaths: true }).add(patterns);
  return path => path !== '' && rules.ignores(path);
}
