/** What a diff says of one file. */
export interface DiffSection {
  /** Before and after; two when it was renamed. */
  readonly paths: readonly string[];
  readonly text: string;
}

/** The files of what `git diff` prints. */
export function diffSections(diff: string): readonly DiffSection[] {
  return diff
    .split(/^(?=diff --git )/m)
    .filter(text => text.trim() !== '')
    .map(text => ({ paths: pathsOf(text), text }));
}

function pathsOf(section: string): readonly string[] {
  const [line = ''] = section.split('\n', 1);
  const named = /^diff --git "?a\/(.{0,4000}?)"? "?b\/(.{0,4000}?)"?\r?$/.exec(line);
  return [...new Set(named?.slice(1).filter(path => path !== undefined) ?? [])];
}
