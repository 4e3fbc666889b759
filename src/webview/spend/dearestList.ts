import { html, nothing, type TemplateResult } from 'lit';
import type { UsageRow } from '../../protocol/spendFigures';
import { costText } from './figures';
import type { Times } from './times';

/** The dearest requests of the period. */
export function dearestList(
  rows: readonly UsageRow[],
  times: Times,
  nowMs: number,
  open: (row: UsageRow) => void,
): TemplateResult {
  const priced = rows.filter(({ costUsd }) => costUsd !== undefined && costUsd !== '0');
  return html`<h2>Dearest requests</h2>
    ${priced.length === 0 ? html`<p class="note">None has cost anything yet.</p>` : nothing}
    <ol class="dearest">${priced.map(
      row => html`<li><button type="button" class="dearest-row" data-part="dearest" @click=${() => open(row)}>
        <span class="dearest-name">${row.action}: ${row.servedModel ?? row.requestedModel}</span>
        <span class="dearest-cost" data-value=${row.costUsd ?? nothing}>${costText(row)}</span>
        <span class="note">${times.short(row.startedAt, nowMs)}</span>
        <span class="note dearest-state">${row.costState}</span>
      </button></li>`,
    )}</ol>`;
}
