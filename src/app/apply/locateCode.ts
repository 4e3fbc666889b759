import { type Located, relocate } from '../../core/apply/relocate';
import { type Span, toSpan } from '../../core/apply/span';
import { type PlainText, say } from '../../core/base/plainText';
import type { CodePart, SentCode } from '../../core/chat/conversation';
import { toLines } from '../../core/code/lines';
import type { CodeSource, DocumentText } from '../ports/editors';

export interface Refused {
  readonly ok: false;
  /** A sentence, and what can be done instead. */
  readonly reason: PlainText;
}

export const refuse = (reason: PlainText): Refused => ({ ok: false, reason });

export interface LocatedCode {
  readonly ok: true;
  /** Where each part stands now, from the top down. */
  readonly spans: readonly Span[];
  /** Set when the code was sent from another place: its line now, 1-based. */
  readonly movedToLine?: number;
}

/** Where the code that was sent stands in `document` now, or why that cannot be told. */
export function locateCode(
  code: SentCode,
  source: CodeSource | undefined,
  document: DocumentText,
): LocatedCode | Refused {
  const found = code.parts.map((part, index) => locatePart(part, index, source, document));
  const lost = found.find(each => each.kind === 'changed' || each.kind === 'ambiguous');
  if (lost) return refuse(whyLost(lost, document.name));
  const spans = found.flatMap(each => ('span' in each ? [each.span] : []));
  if (spans.some(({ start }, index) => start < (spans[index - 1]?.end ?? 0)))
    return refuse(say`The code in ${document.name} stands in another order now. ${wayOut}`);
  const moved = found.find(({ kind }) => kind === 'moved');
  if (!moved || !('span' in moved)) return { ok: true, spans };
  return { ok: true, spans, movedToLine: toLines(document.text.slice(0, moved.span.start)).length };
}

/** `text` with the line ends of a document: they may have been changed since it was sent. */
export const withEol = (text: string, eol: DocumentText['eol']): string => text.replace(/\r\n|\n|\r/g, eol);

/** Why a change cannot be made in `name`. */
export function whyLost(lost: Located, name: string): PlainText {
  return lost.kind === 'ambiguous'
    ? say`The code that was sent stands ${lost.times} times in ${name} now, and which of them is meant cannot be told. ${wayOut}`
    : say`The code in ${name} was changed since it was sent: nothing is replaced. ${wayOut}`;
}

const wayOut = say`Ask again about the code as it is now, or use Insert or Copy.`;

function locatePart(
  { text, range }: CodePart,
  index: number,
  source: CodeSource | undefined,
  document: DocumentText,
): Located {
  const sent = source?.spans.sent[index] ?? (range && toSpan(document.text, range)) ?? { start: -1, end: -1 };
  return relocate(sent, source?.spans.places[index], withEol(text, document.eol), document.text);
}
