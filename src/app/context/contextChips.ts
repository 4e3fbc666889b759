import { showOnOneLine } from '../../core/base/hiddenCharacters';
import type { AddedPart } from '../../core/chat/addedPart';
import { addedLines, addedPlace, addedScope } from '../../core/chat/addedText';
import type { Model } from '../../core/models/model';
import { seesImages } from '../../core/models/modelFilter';
import { tokenizerFamily } from '../../core/models/tokenizerFamily';
import { addedTokens } from '../../core/prompts/addedTokens';
import type { ContextChip } from '../../protocol/contextMessages';
import type { ContextItem } from './contextList';

/** What the composer shows of `items`, counted as the model `id` does; `model` is its row of the list, if known. */
export function toChips(
  items: readonly ContextItem[],
  id: string,
  model: Model | undefined,
): readonly ContextChip[] {
  const tokenizer = tokenizerFamily(model ?? { id });
  return items.map(item => {
    const { part, problem } = item;
    const { tokens, low, most } = addedTokens(part, id, tokenizer);
    const isBlind = part.kind === 'image' && model !== undefined && !seesImages(model);
    return {
      id: item.id,
      kind: part.kind,
      label: labelOf(part),
      detail: detailOf(part),
      tokens,
      ...(low !== undefined && most !== undefined && { low, most }),
      ...(problem !== undefined && { problem }),
      ...(isBlind && { needsVision: true }),
    };
  });
}

/** Short: the file's name, the symbol's, or what it is. */
function labelOf(part: AddedPart): string {
  const name = showOnOneLine(part.name);
  if (part.kind === 'problems')
    return part.path === undefined ? 'Problems' : `Problems in ${lastName(part.path)}`;
  return part.kind === 'file' || part.kind === 'image' ? lastName(name) : name;
}

const lastName = (path: string): string => showOnOneLine(path.split('/').at(-1) ?? path);

/** The whole: path, lines and what it is. */
function detailOf(part: AddedPart): string {
  const lines = addedLines(part);
  return `${addedPlace(part)}${lines === '' ? '' : `, lines ${lines}`} (${addedScope(part)})`;
}
