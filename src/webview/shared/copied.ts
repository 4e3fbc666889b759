import check from 'codicon:check';
import { html, render } from 'lit';
import { tellPage } from './pageEvents';
import { toIcon } from './toIcon';

const shownMs = 1500;

/** Says on and beside the pressed `button` that its text is in the clipboard, to the eye for a moment. */
export function showCopied(button: HTMLElement): void {
  tellPage(button, 'announce', 'Copied');
  if (button.querySelector('.copied')) return;
  const mark = document.createElement('span');
  mark.className = 'copied';
  mark.ariaHidden = 'true';
  render(html`${toIcon(check)}Copied`, mark);
  button.append(mark);
  setTimeout(() => mark.remove(), shownMs);
}
