import type { Locator } from 'playwright-core';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import type { Turn } from '../../../src/core/chat/conversation';
import {
  type ComposerState,
  type FromAnswerPage,
  isFromAnswerPage,
  type ToAnswerPage,
} from '../../../src/protocol/answerMessages';
import { answerPage } from '../../../src/vscode/views/answerPanel';
import { loadPage } from '../../../src/vscode/views/pageHtml';
import { extensionUri, PageHarness, type PageOptions } from './pageHarness';

export type AnswerHarness = PageHarness<ToAnswerPage, FromAnswerPage>;

/** The answer page without a conversation: the test says what its host posts. */
export const openAnswerPage = (
  options: Pick<PageOptions, 'theme' | 'context'> = {},
): Promise<AnswerHarness> =>
  PageHarness.open(
    {
      isFromPage: isFromAnswerPage,
      fill: panel => loadPage(panel, extensionUri, answerPage),
    },
    options,
  );

export const makeComposer = (changes: Partial<ComposerState> = {}): ComposerState => ({
  model: 'acme/m1',
  modelName: 'Acme: M1',
  draft: '',
  canSend: true,
  isPreparing: false,
  earlierTurns: 0,
  ...changes,
});

/** The message that shows `turns` as one conversation. */
export const showing = (turns: readonly Turn[], composer = makeComposer(), id = 'talk-1'): ToAnswerPage => ({
  type: 'state',
  state: { conversation: { id, turns }, composer },
});

export const happening = (turnId: string, ...events: readonly AnswerEvent[]): ToAnswerPage => ({
  type: 'events',
  turnId,
  events,
});

export const text = (value: string): AnswerEvent => ({ type: 'text', text: value });

export const completed: AnswerEvent = { type: 'ended', ending: { outcome: 'completed', durationMs: 1000 } };

/** The element with that hook. */
export const part = (harness: AnswerHarness, name: string): Locator =>
  harness.page.locator(`[data-part="${name}"]`);

/** What a reader sees of one element, white space as single blanks. */
export const visibleText = async (locator: Locator): Promise<string> =>
  (await locator.allInnerTexts()).join('').replaceAll(/\s+/g, ' ').trim();

/** `text` in pieces of 1 to 12 characters, the same ones every time. */
export function inPieces(value: string, seed = 1): string[] {
  const pieces: string[] = [];
  let state = seed;
  for (let at = 0; at < value.length; ) {
    state = (state * 48_271) % 2_147_483_647;
    const length = 1 + (state % 12);
    pieces.push(value.slice(at, at + length));
    at += length;
  }
  return pieces;
}
