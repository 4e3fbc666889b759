import type { FailureAction } from '../../core/chat/failureAction';
import { detailsText } from '../../core/chat/failureDetails';
import type { CodeFormat } from '../../core/chat/requestCode';
import type { FromAnswerPage } from '../../protocol/answerMessages';
import { codeBlockOf } from './markdown/codeBlock';
import { toSafeHref } from './markdown/links';
import type { TurnView } from './turnView';

/** The message for the host when a button or link inside a turn is pressed; `undefined` for anything else. */
export function turnCommand(pressed: Element, turn: TurnView): FromAnswerPage | undefined {
  const href = pressed.closest('a[href]')?.getAttribute('href');
  if (href) return toSafeHref(href) === undefined ? undefined : { type: 'openLink', href };
  const button = pressed.closest<HTMLElement>('button[data-part]');
  if (!button) return undefined;
  const turnId = turn.shownTurn.id;
  switch (button.dataset.part) {
    case 'stop':
      return { type: 'stop', turnId };
    case 'rerun':
      return { type: 'rerun', turnId };
    case 'continue':
      return { type: 'continue', turnId };
    case 'keep':
      return { type: 'keep', turnId };
    case 'error-action':
      return {
        type: 'errorAction',
        turnId,
        action: button.dataset.value as FailureAction,
        ...(button.dataset.model === undefined ? {} : { model: button.dataset.model }),
      };
    case 'copy-error':
      return copyError(turn);
    case 'explain-cost':
      turn.toggleExplanation();
      return undefined;
    case 'open-in-openrouter':
      return { type: 'openInOpenRouter', turnId };
    case 'save-image':
      return { type: 'saveImage', turnId, index: Number(button.dataset.value) };
    case 'raw-response':
      return { type: 'showResponse', turnId };
    case 'copy-request':
      return { type: 'copyRequest', turnId, format: button.dataset.value as CodeFormat };
    default:
      return textCommand(button, turn);
  }
}

function copyError({ shownTurn }: TurnView): FromAnswerPage | undefined {
  const failure = shownTurn.answer.ending?.failure;
  return failure && { type: 'copy', text: detailsText(failure) };
}

/** Copy, insert, replace and new file act on the code block that holds the button, else on the whole answer. */
function textCommand(button: HTMLElement, turn: TurnView): FromAnswerPage | undefined {
  const code = codeBlockOf(button.closest('.code') ?? undefined);
  const text = code ? code.text : turn.shownTurn.answer.text;
  switch (button.dataset.part) {
    case 'copy':
      return { type: 'copy', text };
    case 'insert':
      return { type: 'insert', text };
    case 'new-file': {
      const language = code ? code.language || undefined : 'markdown';
      return { type: 'newFile', text, language, turnId: turn.shownTurn.id, isCode: code !== undefined };
    }
    case 'replace':
      turn.showRefusal(undefined);
      return { type: 'replace', turnId: turn.shownTurn.id, ...(code && { code: code.text }) };
    default:
      return undefined;
  }
}
