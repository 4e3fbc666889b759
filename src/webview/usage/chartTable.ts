import { html, type TemplateResult } from 'lit';
import { countText, formatCount } from '../../core/base/formatCount';
import type { UsageChart } from '../../protocol/usageState';
import { totalsText } from './figures';
import type { Times } from './times';

/** The chart's figures as a table, newest first; stretches without requests are left out. */
export function chartTable(chart: UsageChart, times: Times, pick: (index: number) => void): TemplateResult {
  const used = chart.spans
    .map((totals, index) => ({ totals, index, name: times.span(chart.boundariesMs[index] ?? 0, chart.unit) }))
    .filter(({ totals }) => totals.requests > 0)
    .reverse();
  return html`<details class="fold" data-part="chart-table">
    <summary>Show as table</summary>
    <div class="table-frame"><table>
      <caption class="visually-hidden">Spent per ${chart.unit}; ${countText(chart.spans.length - used.length, chart.unit)} without requests left out</caption>
      <thead><tr><th scope="col">${chart.unit === 'hour' ? 'From' : 'Time'}</th><th scope="col" class="number">Cost</th>
        <th scope="col" class="number">Requests</th><th scope="col" class="number">Tokens in</th><th scope="col" class="number">Tokens out</th></tr></thead>
      <tbody>${used.map(
        ({ totals, index, name }) => html`<tr data-part="chart-row">
          <th scope="row"><button type="button" class="link" aria-label="List the requests of ${name}" @click=${() => pick(index)}>${name}</button></th>
          <td class="number" data-value=${totals.spentUsd}>${totalsText(totals)}</td>
          <td class="number">${formatCount(totals.requests)}</td>
          <td class="number">${formatCount(totals.promptTokens)}</td>
          <td class="number">${formatCount(totals.completionTokens)}</td>
        </tr>`,
      )}</tbody>
    </table></div>
  </details>`;
}
