import { sayingLines } from '../code/lines';
import type { AnswerBlock } from './answerBlocks';

/** Blocks of these languages show how to run something, or what it prints. */
const besides: ReadonlySet<string> = new Set(
  'bash sh shell zsh console terminal powershell ps1 cmd bat text txt plaintext output log'.split(' '),
);
const shells: ReadonlySet<string> = new Set(['shellscript', 'powershell', 'bat', 'plaintext', 'log']);

/** So much of the code that was sent is in a block that is meant, at least; and at most in one that is not. */
const meantShare = 0.5;
const otherShare = 0.2;

/** The block that is to replace `original`; undefined when several may be meant. */
export function chooseBlock(
  blocks: readonly AnswerBlock[],
  original: string,
  languageId: string,
): AnswerBlock | undefined {
  const code = blocks.filter(({ text }) => text.trim() !== '');
  const own = shells.has(languageId) ? code : code.filter(({ language }) => !besides.has(language));
  const candidates = own.length > 0 ? own : code;
  if (candidates.length <= 1) return candidates[0] ?? blocks[0];
  // Some models show the code before and after.
  const changed = candidates.filter(({ text }) => text.trim() !== original.trim());
  if (changed.length <= 1) return changed[0] ?? candidates[0];
  const shares = changed.map(block => ({ block, share: shareOf(block.text, original) }));
  const meant = shares.filter(({ share }) => share >= meantShare);
  const others = shares.filter(({ share }) => share < otherShare);
  return meant.length === 1 && others.length === shares.length - 1 ? meant[0]?.block : undefined;
}

/** How much of the original's lines are in `text`, from 0 to 1. */
export function shareOf(text: string, original: string): number {
  const [own, found] = [sayingLines(original), sayingLines(text)];
  return own.size === 0 ? 0 : [...own].filter(line => found.has(line)).length / own.size;
}
