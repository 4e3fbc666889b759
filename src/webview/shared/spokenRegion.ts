import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

/** What a screen reader was told last; a new object each time, so that the same words are heard again. */
export interface Spoken {
  readonly sentence: string;
}

/** The place screen readers listen to. */
export const spokenRegion = (spoken: Spoken | undefined): TemplateResult =>
  html`<div class="visually-hidden" role="status" aria-live="polite" data-part="announcement">${keyed(
    spoken,
    html`<span>${spoken?.sentence}</span>`,
  )}</div>`;
