import type { Span } from './span';

/** What is to be changed in a document: `text` in the place of `span`. */
export interface ProposedEdit {
  readonly span: Span;
  readonly text: string;
  /** It reaches beyond the code that was sent: the user has changed more of the proposal. */
  readonly isWider: boolean;
}

/**
 * What has become of a proposal that the user may have edited.
 *
 * @param base the document when the diff was opened; @param changed the part that the answer changes; @param final the
 * proposal now, with the line ends of `base`
 */
export function proposedEdit(base: string, changed: Span, final: string): ProposedEdit {
  const [before, after] = [base.slice(0, changed.start), base.slice(changed.end)];
  const isAround =
    final.length >= before.length + after.length && final.startsWith(before) && final.endsWith(after);
  if (isAround)
    return { span: changed, text: final.slice(before.length, final.length - after.length), isWider: false };
  return { ...onlyChanged({ start: 0, end: base.length }, base, final), isWider: true };
}

/** The edit without whole lines at both ends that stay as they are: cursors in them stay, too. */
export function onlyChanged(
  { start }: Span,
  old: string,
  text: string,
): { readonly span: Span; readonly text: string } {
  const most = Math.min(old.length, text.length);
  let head = 0;
  while (head < most && old[head] === text[head]) head += 1;
  head = afterLastBreak(old, head);
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
  tail -= untilFirstBreak(old.slice(old.length - tail));
  return {
    span: { start: start + head, end: start + old.length - tail },
    text: text.slice(head, text.length - tail),
  };
}

/** Where the line begins that `offset` is in. */
const afterLastBreak = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** So much of `tail` is the end of a line that began before it; all of it when it has no line break. */
function untilFirstBreak(tail: string): number {
  const at = tail.indexOf('\n');
  if (at < 0) return tail.length;
  return at > 0 && tail[at - 1] === '\r' ? at - 1 : at;
}
