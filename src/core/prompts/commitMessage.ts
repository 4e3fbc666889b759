/** Longer diffs cost much and say little more, in characters. */
const mostChars = 60_000;
/** Of one file; a large one must not take the room of all others. */
const mostOfFile = 12_000;

/** Files that are made by tools: that they changed is all there is to say. */
const generated =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|Cargo\.lock|poetry\.lock|uv\.lock|composer\.lock|Gemfile\.lock|go\.sum)$|\.min\.(js|css)$|\.map$/;

export interface ShortDiff {
  readonly text: string;
  /** How many files went along whole, and of how many. */
  readonly wholeFiles: number;
  readonly files: number;
}

/** The diff in a size that can be sent: every file is named, long ones are cut at a line and say so. */
export function shortenDiff(diff: string, most = mostChars): ShortDiff {
  const files = diff.split(/^(?=diff --git )/m).filter(file => file.trim() !== '');
  let room = most;
  let wholeFiles = 0;
  const parts = files.map(file => {
    const allowed = isGenerated(file) ? 0 : Math.min(mostOfFile, room);
    const part = file.length <= allowed ? file : cut(file, allowed);
    if (part === file) wholeFiles += 1;
    room = Math.max(0, room - part.length);
    return part;
  });
  return { text: parts.join(''), wholeFiles, files: files.length };
}

function isGenerated(file: string): boolean {
  const path = /^diff --git .* b\/(.*)$/m.exec(file.slice(0, 2000))?.[1] ?? '';
  return generated.test(path);
}

/** The file's head and as many lines as there is room for. */
function cut(file: string, allowed: number): string {
  const headEnd = Math.max(file.search(/^@@/m), 0);
  const end = Math.max(headEnd, file.lastIndexOf('\n', allowed) + 1);
  const left = file.slice(end).split('\n').length - 1;
  const kept = end === 0 ? `${file.split('\n', 1)[0]}\n` : file.slice(0, end);
  return `${kept}… ${left} more lines of this file are left out\n`;
}

/** What the model is asked; `hint` is what stood in the box. */
export function commitPrompt({ text, wholeFiles, files }: ShortDiff, hint: string): string {
  const parts = [
    'Write the commit message for the staged changes below. First line: what the change does, in the imperative, at most 72 characters, no full stop. If the reason is not obvious, add an empty line and a short body that says why, wrapped at 72 characters. Answer with the message alone: no quotes, no code fence, no other text.',
  ];
  if (hint.trim() !== '') parts.push(`The author began with: ${JSON.stringify(hint.trim())}`);
  if (wholeFiles < files)
    parts.push('Parts of the changes are left out; say nothing about what you cannot see.');
  return `${parts.join('\n\n')}\n\n${text}`;
}

/** The message in an answer: without a fence around it, a label before it, or quotes. */
export function toCommitMessage(answer: string): string {
  const fenced = /^\s*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)(?:\n\1\s*$|$)/.exec(answer)?.[2] ?? answer;
  const bare = fenced.trim().replace(/^commit message:\s*/i, '');
  const quoted = /^(["'])([^\n]*)\1$/.exec(bare)?.[2];
  return (quoted ?? bare)
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n');
}
