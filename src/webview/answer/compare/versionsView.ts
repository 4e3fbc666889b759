import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Choices, Turn } from '../../../core/chat/conversation';
import { shownVersion } from '../../../core/chat/versions';
import { icons } from '../../shared/icons';
import { postToHost } from '../../shared/pageEvents';

/** What the views of turns that belong together need from the page. */
export interface PassageContext {
  readonly choices: Choices | undefined;
  /** The turn with all that has happened to it. */
  readonly shownTurn: (turn: Turn) => Turn;
  readonly turnView: (turn: Turn, isShown: boolean) => TemplateResult;
}

/** A turn, and when it was asked again, a control that goes through its versions. */
export function versionsView(versions: readonly Turn[], context: PassageContext): TemplateResult {
  const shown = shownVersion(versions, context.choices);
  return html`${repeat(
    versions,
    ({ id }) => id,
    turn => context.turnView(turn, turn === shown),
  )}${shown && versions.length > 1 ? versionBar(versions, shown, context) : nothing}`;
}

function versionBar(versions: readonly Turn[], shown: Turn, { shownTurn }: PassageContext): TemplateResult {
  const at = versions.indexOf(shown);
  const others = versions.filter(turn => turn !== shown);
  return html`<nav class="versions" aria-label="Versions of this answer">
    ${step('version-previous', 'Previous version', icons.chevronLeft, versions[at - 1])}
    <span data-part="version" data-value=${at + 1} aria-live="polite">${at + 1} of ${versions.length}</span>
    ${step('version-next', 'Next version', icons.chevronRight, versions[at + 1])}
    <ask-answer-diff .shown=${shownTurn(shown)} .others=${others.map(shownTurn)}></ask-answer-diff>
  </nav>`;
}

function step(part: string, label: string, icon: TemplateResult, to: Turn | undefined): TemplateResult {
  const show = (event: Event): void => {
    if (to && event.currentTarget) postToHost(event.currentTarget, { type: 'showVersion', turnId: to.id });
  };
  return html`<button class="icon-button" data-part=${part} aria-label=${label} title=${label}
    ?disabled=${to === undefined} @click=${show}>${icon}</button>`;
}
