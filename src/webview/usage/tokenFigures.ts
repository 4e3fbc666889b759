import { html, nothing, type TemplateResult } from 'lit';
import { countText, formatCount } from '../../core/base/formatCount';
import { percentText } from '../../core/usage/share';
import type { TotalsFigures } from '../../protocol/usageFigures';
import type { SavingsFigures } from '../../protocol/usageState';
import { shortUsd } from './figures';

/** Tokens in and out, their parts, and what caching saved. */
export function tokenFigures(totals: TotalsFigures, savings: SavingsFigures): TemplateResult {
  return html`<h2>Tokens</h2>
    <dl class="figures">
      ${figure('tokens-in', 'In', totals.promptTokens)}
      ${ofWhich('tokens-cached', 'of which read from a cache', totals.cachedTokens, totals.promptTokens)}
      ${ofWhich('tokens-cache-write', 'of which written to a cache', totals.cacheWriteTokens, totals.promptTokens)}
      ${figure('tokens-out', 'Out', totals.completionTokens)}
      ${ofWhich('tokens-reasoning', 'of which reasoning', totals.reasoningTokens, totals.completionTokens)}
    </dl>
    ${savingsText(totals, savings)}`;
}

function figure(part: string, label: string, tokens: number): TemplateResult {
  return html`<div><dt>${label}</dt><dd data-part=${part} data-value=${tokens}>${formatCount(tokens)}</dd></div>`;
}

function ofWhich(part: string, label: string, tokens: number, whole: number): TemplateResult {
  const share =
    tokens === 0 ? nothing : html` <span class="note">(${percentText(BigInt(tokens), BigInt(whole))})</span>`;
  return html`<div class="of-which"><dt>${label}</dt><dd><span data-part=${part} data-value=${tokens}>${formatCount(tokens)}</span>${share}</dd></div>`;
}

function savingsText(
  { cachedTokens, cacheWriteTokens }: TotalsFigures,
  savings: SavingsFigures,
): TemplateResult {
  const { savedUsd, writeExtraUsd, unpricedModels } = savings;
  if (cachedTokens === 0 && cacheWriteTokens === 0) {
    return html`<p class="note">Nothing was read from a cache. Asking on in the same conversation lets providers reuse its beginning, at a lower price.</p>`;
  }
  return html`<p>Caching saved <strong data-part="cache-savings" data-value=${savedUsd}>≈${shortUsd(savedUsd)}</strong>${
    writeExtraUsd === '0' ? nothing : html`; writing to caches cost ≈${shortUsd(writeExtraUsd)} more`
  }. <span class="note">Estimated from today's price list${
    unpricedModels === 0 ? nothing : html`, without ${countText(unpricedModels, 'model')} it does not name`
  }.</span></p>`;
}
