import { html, nothing, type TemplateResult } from 'lit';
import type { FirstStep } from '../../protocol/answerMessages';
import { icons } from '../shared/icons';
import { postToHost } from '../shared/pageEvents';

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

const button = (step: FirstStep, part: string, label: string, kind = ' secondary'): TemplateResult =>
  html`<button class="button${kind}" data-part=${part}
    @click=${({ currentTarget }: Event) => currentTarget && postToHost(currentTarget, { type: 'firstStep', step })}>${label}</button>`;

/** What to do without a key comes first of all; nothing is offered while that is not known. */
const withoutKey = html`<div class="empty-start" data-part="no-key">
    <p>Answers need an OpenRouter account. Free models cost nothing.</p>
    <span class="actions">${button('signIn', 'sign-in', 'Sign In', '')}${button('setKey', 'set-key', 'Set API Key')}</span>
  </div>`;

/** Shown while a conversation has no turns: how to begin. */
export function emptyState(isMac: boolean, hasKey: boolean | undefined): TemplateResult {
  return html`<section class="empty" data-part="empty" aria-labelledby="empty-title">
    <h2 id="empty-title">Ask any model about your code</h2>${hasKey === false ? withoutKey : nothing}
    <ol class="empty-steps">
      <li>Select code in the editor.</li>
      <li>Right-click it and choose <strong>OpenRouter</strong>, then what to do.</li>
      <li>The answer streams in here, with what it really cost.</li>
    </ol>
    <p>Or type a question below.</p>
    <p class="actions">${button('sample', 'open-sample', 'Open a Sample')}${button('walkthrough', 'first-steps', 'First Steps')}</p>
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
