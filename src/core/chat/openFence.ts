import { FenceLines } from './fenceLines';

/** A code fence that is open at the end of a text. */
export interface OpenFence {
  /** The run of signs that opened it. */
  readonly marker: string;
  /** The word behind it; empty when there is none. */
  readonly language: string;
  /** The text ends within the line that opens it. */
  readonly isOpening: boolean;
}

const opening = /^(`{3,})([^`]*)$|^(~{3,})(.*)$/;

/** The code fences of a text. */
export interface Fences {
  /** The one that is open where the text ends; undefined when none is. */
  readonly open?: OpenFence;
  /** A fence with a word stands within one that can hold none: the lines were taken for code and prose the wrong way. */
  readonly isMisread: boolean;
}

/** The code fence that is open where `text` ends; undefined when none is. */
export const openFenceOf = (text: string): OpenFence | undefined => followFences(text).open;

export function followFences(text: string): Fences {
  let fence: OpenFence | undefined;
  let lines: FenceLines | undefined;
  let isMisread = false;
  const all = text.split('\n');
  for (const [index, whole] of all.entries()) {
    const line = unquoted(whole);
    if (lines?.isClosing(line)) {
      lines = undefined;
      continue;
    }
    const match = opening.exec(line);
    const marker = match?.[1] ?? match?.[3];
    if (marker === undefined) continue;
    const language = wordOf(match?.[2] ?? match?.[4]);
    if (lines && fence) {
      if (language !== '' && marker.startsWith(fence.marker) && !holdsFences(fence)) isMisread = true;
      continue;
    }
    fence = { marker, language, isOpening: index === all.length - 1 };
    lines = new FenceLines(marker, language);
  }
  return { open: lines && fence, isMisread };
}

/** The line without what says that it is part of a list or a quote. */
const unquoted = (line: string): string => line.replace(/^[ \t>]+/, '');

const wordOf = (info = ''): string => /^\s*(\S*)/.exec(info)?.[1] ?? '';

/** The word behind the fence that `line` opens; undefined when the line is no fence. */
export function fenceWord(line: string): string | undefined {
  const match = opening.exec(line.trim());
  return match ? wordOf(match[2] ?? match[4]) : undefined;
}

/** Whether a fence of this language may hold fences with a language of their own. */
export const holdsFences = ({ language }: OpenFence): boolean => /^(?:markdown|md|mdx)$/i.test(language);
