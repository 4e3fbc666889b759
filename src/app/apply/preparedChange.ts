import { splitAnswer } from '../../core/apply/answerBlocks';
import { cleanReplacement, extractReplacements, type Replacement } from '../../core/apply/extractReplacement';
import { keepShape } from '../../core/apply/keepShape';
import { applyChanges, type Span, type TextChange } from '../../core/apply/span';
import { type PlainText, say } from '../../core/base/plainText';
import { codeBlocks } from '../../core/chat/codeParts';
import type { SentCode, Turn } from '../../core/chat/conversation';
import { toLines } from '../../core/code/lines';
import type { CodeSource, DocumentText } from '../ports/editors';
import { type LocatedCode, locateCode, type Refused, refuse } from './locateCode';

/** A change of a document that an answer asks for. */
export interface PreparedChange {
  readonly ok: true;
  /** One for each part that was sent, from the top down. */
  readonly changes: readonly TextChange[];
  /** The whole document as it would be. */
  readonly text: string;
  /** From the start of the first part to the end of the last. */
  readonly span: Span;
  /** Sentences about what is not as it was sent. */
  readonly notes: readonly PlainText[];
}

/**
 * The change of `document` that the answer of `turn` asks for, or why there is none that is safe.
 *
 * @param block the text of one code block, as the page shows it; undefined for the whole answer
 */
export function prepareChange(
  turn: Turn,
  code: SentCode,
  source: CodeSource | undefined,
  document: DocumentText,
  block?: string,
): PreparedChange | Refused {
  const located = locateCode(code, source, document);
  if (!located.ok) return located;
  const pieces = toPieces(code, located.spans, document.text);
  const read = readAnswer(turn, code.languageId, pieces, document.text, block);
  const changes: TextChange[] = [];
  for (const [index, piece] of pieces.entries()) {
    const replacement = read[index] ?? read[0];
    if (!replacement?.ok)
      return refuse(say`${replacement?.reason ?? 'The answer holds no code.'} Nothing is replaced.`);
    const some = toChanges(piece, replacement.text, document);
    if ('reason' in some) return some;
    changes.push(...some);
  }
  return toPrepared(changes, document, notesOn(located, read));
}

/** `change` with `edit` applied to every text that it puts in. */
export function withTexts(
  { changes, notes }: PreparedChange,
  document: DocumentText,
  edit: (text: string) => string,
): PreparedChange {
  return toPrepared(
    changes.map(each => ({ ...each, text: edit(each.text) })),
    document,
    notes,
  );
}

function toPrepared(
  changes: readonly TextChange[],
  document: DocumentText,
  notes: readonly PlainText[],
): PreparedChange {
  const [first, last] = [changes[0], changes.at(-1)];
  const span = { start: first?.offset ?? 0, end: (last?.offset ?? 0) + (last?.length ?? 0) };
  return { ok: true, changes, text: applyChanges(document.text, changes), span, notes };
}

function notesOn(located: LocatedCode, read: readonly Replacement[]): PlainText[] {
  const moved =
    located.movedToLine === undefined
      ? []
      : [say`The code has moved: it is replaced where it stands now, at line ${located.movedToLine}.`];
  return [...moved, ...new Set(read.flatMap(each => (each.ok && each.note ? [say`${each.note}`] : [])))];
}

/** What one code block replaces: a part that was sent, or all parts of a column. */
interface Piece {
  readonly spans: readonly Span[];
  readonly original: string;
}

function toPieces(code: SentCode, spans: readonly Span[], text: string): readonly Piece[] {
  let next = 0;
  return codeBlocks(code).map(({ isColumn, startLine, endLine }) => {
    const count = isColumn ? endLine - startLine + 1 : 1;
    const own = spans.slice(next, next + count);
    next += count;
    return { spans: own, original: own.map(({ start, end }) => text.slice(start, end)).join('\n') };
  });
}

function readAnswer(
  { answer }: Turn,
  languageId: string,
  pieces: readonly Piece[],
  document: string,
  block: string | undefined,
): readonly Replacement[] {
  const wanted = pieces.map(({ original, spans: [first, ...others] }) => ({
    languageId,
    original,
    ...(first &&
      others.length === 0 && {
        around: { before: document.slice(0, first.start), after: document.slice(first.end) },
      }),
  }));
  const [only, ...others] = wanted;
  if (block === undefined) {
    return answer.status === 'completed'
      ? extractReplacements(answer.text, wanted)
      : [{ ok: false, reason: cutOff }];
  }
  if (!only || others.length > 0) return [{ ok: false, reason: oneOfMany }];
  const shown = splitAnswer(answer.text).blocks.find(({ text }) => text.trim() === block.trim());
  const isWhole = answer.status === 'completed' || shown?.isClosed === true;
  return [isWhole ? cleanReplacement(block, shown?.language ?? '', only) : { ok: false, reason: cutOff }];
}

const cutOff = 'The answer is not complete.';
const oneOfMany =
  'Several selections were sent, and which of them this block is for cannot be told: use Replace below the answer.';

function toChanges(
  { spans, original }: Piece,
  replacement: string,
  { text, eol }: DocumentText,
): readonly TextChange[] | Refused {
  const [first, ...others] = spans;
  if (first && others.length === 0) {
    const lineStart = text.slice(text.lastIndexOf('\n', first.start - 1) + 1, first.start);
    return [toChange(first, keepShape(replacement, { original, lineStart, eol }))];
  }
  const lines = toLines(replacement.replace(/\n$/, ''));
  if (lines.length !== spans.length)
    return refuse(
      say`The answer has ${lines.length} lines for a column of ${spans.length}. Nothing is replaced.`,
    );
  return spans.map((span, index) => toChange(span, lines[index] ?? ''));
}

const toChange = ({ start, end }: Span, text: string): TextChange => ({
  offset: start,
  length: end - start,
  text,
});
