import check from 'codicon:check';
import { html, render } from 'lit';
import { announce, postToHost } from './pageEvents';
import { toIcon } from './toIcon';

const shownMs = 1500;

/** Asks the host to copy `text`, and shows "Copied" on the button that was pressed. */
export function copyText({ currentTarget }: Event, text: string): void {
  if (!(currentTarget instanceof HTMLElement)) return;
  postToHost(currentTarget, { type: 'copy', text });
  showCopied(currentTarget);
}

/** Shows "Copied" over `button` for a moment, and tells screen readers. */
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
