import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

/** What screen readers were told last. A new object each time, so that the same words are read out again. */
export interface Announcement {
  readonly sentence: string;
}

/** The live region: screen readers read out what is put into it. */
export const liveRegion = (announcement: Announcement | undefined): TemplateResult =>
  html`<div class="visually-hidden" role="status" aria-live="polite" data-part="announcement">${keyed(
    announcement,
    html`<span>${announcement?.sentence}</span>`,
  )}</div>`;
