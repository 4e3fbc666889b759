import { html, type TemplateResult } from 'lit';

/** A boxed remark below an answer. */
export const notice = (icon: TemplateResult, content: unknown, kind = 'info'): TemplateResult =>
  html`<div class="notice ${kind}">${icon}<div class="notice-body">${content}</div></div>`;
