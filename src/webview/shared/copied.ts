import check from 'codicon:check';
import { html, render } from 'lit';
import { announce, postToHost } from './pageEvents';
import { toIcon } from './toIcon';

const shownMs = 1500;

/** Has the host copy `text`, and says so on the button that was pressed. */
export function copyText({ currentTarget }: Event, text: string): void {
  if (!(currentTarget instanceof HTMLElement)) return;
  postToHost(currentTarget, { type: 'copy', text });
  showCopied(currentTarget);
}

/** Says on and beside the pressed `button` that its text is in the clipboard, to the eye for a moment. */
export function showCopied(button: HTMLElement): void {
  announce(button, 'Copied');
  if (button.querySelector('.copied')) return;
  const mark = document.createElement('span');
  mark.className = 'copied';
  mark.ariaHidden = 'true';
  render(html`${toIcon(check)}Copied`, mark);
  button.append(mark);
  setTimeout(() => mark.remove(), shownMs);
}
