import { toLines } from '../code/lines';
import { type AnswerBlock, countFences, outermostBlock, splitAnswer } from './answerBlocks';
import { bareCode } from './bareCode';
import { chooseBlock } from './chooseBlock';
import { findElision } from './elision';
import { withoutLineNumbers } from './lineNumbers';
import { type Around, withoutSurroundings } from './surroundings';
import { applyDiff, isDiff } from './unifiedDiff';

/** The code that an answer is to replace. */
export interface Wanted {
  /** VS Code's language id. */
  readonly languageId: string;
  readonly original: string;
  /** What stands around it in the document as it is now; undefined when it is not known. */
  readonly around?: Around;
}

export type Replacement =
  /** Not yet in the original's shape; `note` is a sentence about what was not taken over. */
  | { readonly ok: true; readonly text: string; readonly note?: string }
  /** `reason` is a sentence. */
  | { readonly ok: false; readonly reason: string };

const refuse = (reason: string): Replacement => ({ ok: false, reason });

/** The code of `answer` that is to stand in the place of the original, or why there is none that is safe to take. */
export function extractReplacement(answer: string, wanted: Wanted): Replacement {
  const found = findBlock(answer, wanted);
  return 'ok' in found ? found : cleanReplacement(found.text, found.language, wanted);
}

/** One block for each of several pieces, in their order. */
export function extractReplacements(answer: string, wanted: readonly Wanted[]): readonly Replacement[] {
  const [only, ...others] = wanted;
  if (!only || others.length === 0) return wanted.map(each => extractReplacement(answer, each));
  const { blocks } = splitAnswer(answer);
  if (blocks.length !== wanted.length) return [refuse(wrongCount(blocks.length, wanted.length))];
  return wanted.map((each, index) => {
    const block = blocks[index];
    if (!block?.isClosed) return refuse(noEnd);
    const cleaned = cleanReplacement(block.text, block.language, each);
    // Of several pieces some may stay as they are.
    return !cleaned.ok && cleaned.reason === same ? { ok: true, text: each.original } : cleaned;
  });
}

/** `text` of a code block as it can replace the original: without line numbers and what was not sent; never elided. */
export function cleanReplacement(text: string, language: string, wanted: Wanted): Replacement {
  const { original, languageId, around } = wanted;
  if (/^<{5,} ?(?:SEARCH|ORIGINAL|HEAD)/m.test(text) && /^>{5,}/m.test(text)) return refuse(searchBlocks);
  const whole = !isDiff(text, language) || languageId === 'diff' ? text : applyDiff(text, original);
  if (whole === undefined) return refuse(foreignDiff);
  const plain = withoutLineNumbers(whole, original);
  if (plain.trim() === '') return refuse('The code block of the answer is empty.');
  const elision = findElision(plain, original);
  if (elision !== undefined) return refuse(elided(elision));
  const stripped = around ? withoutSurroundings(plain, original, around, languageId) : undefined;
  if (stripped?.kind === 'more') return refuse(more);
  const code = stripped?.text ?? plain;
  if (sameCode(code, original)) return refuse(same);
  const note = stripped?.leftOut && notes[stripped.leftOut];
  return { ok: true, text: code, ...(note !== undefined && { note }) };
}

function findBlock(answer: string, { original, languageId }: Wanted): AnswerBlock | Replacement {
  const { blocks, prose } = splitAnswer(answer);
  if (blocks.length === 0) {
    const text = bareCode(prose, original, languageId);
    return text === undefined ? refuse(noCode) : { language: '', text, isClosed: true };
  }
  const fences = countFences(original);
  if (fences > 0 && (blocks.length > 1 || blocks[0]?.isClosed === false)) return withFences(answer, fences);
  if (blocks.at(-1)?.isClosed === false) return refuse(noEnd);
  return chooseBlock(blocks, original, languageId) ?? refuse(several(blocks.length));
}

/** The original holds fences itself: those of the answer are its own but for the first and the last one. */
function withFences(answer: string, fences: number): AnswerBlock | Replacement {
  const block = outermostBlock(answer);
  return block && countFences(block.text) === fences ? block : refuse(unclearFences);
}

const sameCode = (a: string, b: string): boolean => {
  const [left, right] = [a, b].map(text => toLines(text.trim()).map(line => line.trimEnd()));
  return left?.join('\n') === right?.join('\n');
};

const notes = {
  imports: 'Imports that the file has already are left out.',
  file: 'The answer held the whole file: only the part that was sent is replaced.',
} as const;

const noCode = 'The answer holds no code block that could replace the code.';
const noEnd = 'The code block of the answer has no end: it may have been cut off.';
const same = 'The answer leaves the code as it is.';
const foreignDiff =
  'The answer is a diff that does not fit the code that was sent, or fits in several places.';
const searchBlocks = 'The answer is a list of texts to search and replace, not the code itself.';
const more =
  'The answer holds more than the code that was sent: what around it is meant to change cannot be told.';
const unclearFences = 'Where the code of the answer begins and ends cannot be told: it holds fences itself.';
const several = (count: number): string =>
  `The answer holds ${count} code blocks, and which of them is meant cannot be told: press Replace on that block.`;
const wrongCount = (blocks: number, pieces: number): string =>
  `The answer holds ${blocks === 1 ? '1 code block' : `${blocks} code blocks`} for ${pieces} selections.`;
const elided = (line: string): string =>
  `The answer leaves out parts of the code (“${line.length > 60 ? `${line.slice(0, 60)}…` : line}”): it would delete them.`;
