import { html, type TemplateResult } from 'lit';
import { costMeanings } from '../../core/usage/labels';

/** What the words beside figures mean. */
export function glossary(): TemplateResult {
  return html`<details class="fold" data-part="meanings"><summary>What billed, settled, pending, estimated, free and unknown mean</summary>
    <dl class="meanings">${Object.entries(costMeanings).map(
      ([state, meaning]) => html`<div><dt>${state}</dt><dd>${meaning}</dd></div>`,
    )}</dl></details>`;
}
