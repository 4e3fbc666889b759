import { html, type TemplateResult } from 'lit';
import { icons } from '../shared/icons';

/** The keybindings of package.json; on a Mac they begin with Command. */
const keys = (isMac: boolean): readonly (readonly [key: string, what: string])[] => {
  const first = isMac ? '⌘K' : 'Ctrl+K';
  return [
    [`${first} X`, 'Explain the selection'],
    [`${first} B`, 'Fix the selection'],
    [`${first} Q`, 'Ask about the selection'],
    [`${first} L`, 'Select the model'],
  ];
};

/** Shown while a conversation has no turns: how to begin. */
export function emptyState(isMac: boolean): TemplateResult {
  return html`<section class="empty" data-part="empty" aria-labelledby="empty-title">
    <h2 id="empty-title">Ask any model about your code</h2>
    <ol class="empty-steps">
      <li>Select code in the editor.</li>
      <li>Right-click it and choose <strong>OpenRouter</strong>, then what to do.</li>
      <li>The answer streams in here, with what it really cost.</li>
    </ol>
    <p>Or type a question below.</p>
    <dl class="keys">${keys(isMac).map(
      ([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`,
    )}</dl>
  </section>`;
}

export const startedNew = 'Started a new conversation.';

/** What stands above a conversation that was just started, with the way back to the one before. */
export const undoNew = (onUndo: () => void): TemplateResult =>
  html`<div class="notice" data-part="started-new">${icons.info}<div class="notice-body">${startedNew}
    <span class="actions"><button class="button secondary" data-part="undo-new" @click=${onUndo}>Undo</button></span></div></div>`;
