import { html, nothing, type TemplateResult } from 'lit';
import type { UsageRow } from '../../protocol/usageFigures';
import { costText } from './figures';
import type { Times } from './times';

/** The most expensive requests of the period. */
export function mostExpensiveList(
  rows: readonly UsageRow[],
  times: Times,
  nowMs: number,
  open: (row: UsageRow) => void,
): TemplateResult {
  const priced = rows.filter(({ costUsd }) => costUsd !== undefined && costUsd !== '0');
  return html`<h2>Most expensive requests</h2>
    ${priced.length === 0 ? html`<p class="note">None has cost anything yet.</p>` : nothing}
    <ol class="most-expensive">${priced.map(
      row => html`<li><button type="button" class="most-expensive-row" data-part="most-expensive" @click=${() => open(row)}>
        <span class="most-expensive-name">${row.action}: ${row.servedModel ?? row.requestedModel}</span>
        <span class="most-expensive-cost" data-value=${row.costUsd ?? nothing}>${costText(row)}</span>
        <span class="note">${times.short(row.startedAt, nowMs)}</span>
        <span class="note most-expensive-state">${row.costState}</span>
      </button></li>`,
    )}</ol>`;
}
