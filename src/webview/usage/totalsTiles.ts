import { html, nothing, type TemplateResult } from 'lit';
import { countText, formatCount } from '../../core/base/formatCount';
import { periodLabels, type UsagePeriod, usagePeriods } from '../../core/ledger/usagePeriod';
import type { TotalsFigures } from '../../protocol/usageFigures';
import type { UsageSummary } from '../../protocol/usageState';
import { besidesText, exactUsd, shortUsd } from './figures';

/** The sums of the four periods. Choosing one makes the rest of the page show that period. */
export function totalsTiles(summary: UsageSummary, choose: (period: UsagePeriod) => void): TemplateResult {
  return html`<div class="tiles" role="group" aria-label="Spent, and the time the page is about">${usagePeriods.map(
    name => html`<button type="button" class="tile" data-part="total-${name}" data-value=${summary.totals[name].spentUsd}
      aria-pressed=${summary.period === name ? 'true' : 'false'} @click=${() => choose(name)}>
      ${tile(periodLabels[name], summary.totals[name])}</button>`,
  )}</div>`;
}

/** Requests whose cost could not be found out, apart from all sums; their details say how to find them at OpenRouter. */
export function unknownNote(count: number, show: () => void): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  return html`<p class="note" data-part="unknown-requests" data-value=${count}>The cost of ${countText(count, 'request')} could not be found out, and no sum includes ${count === 1 ? 'it' : 'them'}.
    <button type="button" class="link" data-part="show-unknown" @click=${show}>Show ${count === 1 ? 'it' : 'them'}</button></p>`;
}

function tile(label: string, totals: TotalsFigures): TemplateResult {
  const besides = besidesText(totals);
  const tokens = totals.promptTokens + totals.completionTokens;
  return html`<span class="tile-label">${label}</span>
    <span class="tile-cost" title="Billed and settled, exactly ${exactUsd(totals.spentUsd)}">${shortUsd(totals.spentUsd)}</span>
    ${besides ? html`<span class="tile-besides">${besides}</span>` : nothing}
    <span class="tile-count">${countText(totals.requests, 'request')}, ${formatCount(tokens)} tokens</span>`;
}
