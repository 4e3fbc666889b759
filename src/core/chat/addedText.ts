import { showOnOneLine } from '../base/hiddenCharacters';
import type { AddedImage, AddedPart } from './addedPart';
import { lineNumbers } from './codeParts';

/** "800 × 600" */
export const pixelText = ({ width, height }: Pick<AddedImage, 'width' | 'height'>): string =>
  `${width} × ${height}`;

/** What it is, in a word or two: "whole file", "symbol parse", "image 800 × 600". */
export function addedScope(part: AddedPart): string {
  switch (part.kind) {
    case 'file':
      return 'whole file';
    case 'symbol':
      return `symbol ${showOnOneLine(part.name)}`;
    case 'problems':
      return 'problems';
    case 'diff':
      return 'Git diff';
    case 'terminal':
      return 'terminal selection';
    case 'clipboard':
      return 'clipboard';
    case 'image':
      return `image ${pixelText(part)}`;
  }
}

/** Where it stands, on one line: its path, else its name. */
export const addedPlace = ({ path, name }: AddedPart): string => showOnOneLine(path ?? name);

/** "3–5"; '' for what has no lines. */
export function addedLines(part: AddedPart): string {
  if (part.kind === 'image' || part.startLine === undefined || part.endLine === undefined) return '';
  return lineNumbers({ startLine: part.startLine, endLine: part.endLine });
}

export const isImage = (part: AddedPart): part is AddedImage => part.kind === 'image';
