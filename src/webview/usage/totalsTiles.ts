import { html, nothing, type TemplateResult } from 'lit';
import { periodLabels, type UsagePeriod, usagePeriods } from '../../core/ledger/usagePeriod';
import type { TotalsFigures } from '../../protocol/usageFigures';
import type { UsageSummary } from '../../protocol/usageMessages';
import { formatCount } from '../shared/figures';
import { besidesText, countOf, exactUsd, shortUsd } from './figures';

/** The four sums. Choosing one makes the rest of the page speak of its stretch of time. */
export function totalsTiles(summary: UsageSummary, choose: (period: UsagePeriod) => void): TemplateResult {
  return html`<div class="tiles" role="group" aria-label="Spent, and the time the page is about">${usagePeriods.map(
    name => html`<button type="button" class="tile" data-part="total-${name}" data-value=${summary.totals[name].spentUsd}
      aria-pressed=${summary.period === name ? 'true' : 'false'} @click=${() => choose(name)}>
      ${tile(periodLabels[name], summary.totals[name])}</button>`,
  )}</div>`;
}

function tile(label: string, totals: TotalsFigures): TemplateResult {
  const besides = besidesText(totals);
  const tokens = totals.promptTokens + totals.completionTokens;
  return html`<span class="tile-label">${label}</span>
    <span class="tile-cost" title="Billed and settled, exactly ${exactUsd(totals.spentUsd)}">${shortUsd(totals.spentUsd)}</span>
    ${besides ? html`<span class="tile-besides">${besides}</span>` : nothing}
    <span class="tile-count">${countOf(totals.requests, 'request')}, ${formatCount(tokens)} tokens</span>`;
}
