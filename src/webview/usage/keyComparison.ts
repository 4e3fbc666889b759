import { html, nothing, type TemplateResult } from 'lit';
import { countText } from '../../core/base/formatCount';
import { displayUsd } from '../../core/money/pico';
import type { KeyComparison, KeySpan } from '../../core/usage/keyComparison';
import { toPico } from '../../protocol/usageFigures';
import { exactUsd } from './figures';

const spanNames: Readonly<Record<KeySpan['span'], string>> = {
  day: 'Today',
  week: 'This week, from Monday',
  month: 'This month',
};

/** What OpenRouter counts for the key, beside the ledger's sums, and why the two may differ. */
export function keyComparison({ keyLabel, spans }: KeyComparison): TemplateResult {
  const hasUpstream = spans.some(({ upstreamUsd }) => upstreamUsd !== '0');
  const hasUnsettled = spans.some(({ unsettled }) => unsettled > 0);
  return html`<h3>Usage of the key${keyLabel === undefined ? nothing : html` <code>${keyLabel}</code>`}</h3>
    <div class="table-frame"><table data-part="key-usage">
      <thead><tr><th scope="col">Time (UTC)</th><th scope="col" class="number">Here</th><th scope="col" class="number">At OpenRouter</th><th scope="col" class="number">Difference</th></tr></thead>
      <tbody>${spans.map(row)}</tbody>
    </table></div>
    <p>These may differ, because</p>
    <ul class="reasons">
      <li>other apps, machines and windows without this history may use the same key;</li>
      <li>this history may hold requests made with other keys;</li>
      <li>OpenRouter counts in UTC days, this page otherwise in your own;</li>
      <li>OpenRouter's sums lag behind by a little, and history may have been deleted here;</li>
      ${hasUnsettled ? html`<li>requests without a bill (estimated, pending, unknown) are left out here;</li>` : nothing}
      ${hasUpstream ? html`<li>with your own provider key (BYOK) OpenRouter counts its fee only: your provider's bill is left out here, too;</li>` : nothing}
    </ul>`;
}

function row({ span, oursUsd, theirsUsd, upstreamUsd, unsettled, requests }: KeySpan): TemplateResult {
  const details = [
    countText(requests, 'request'),
    unsettled > 0 ? `${unsettled} without a bill` : '',
    upstreamUsd === '0' ? '' : `beside it ${exactUsd(upstreamUsd)} billed by your provider`,
  ];
  return html`<tr>
    <th scope="row">${spanNames[span]} <span class="note">${details.filter(Boolean).join(', ')}</span></th>
    <td class="number" data-value=${oursUsd}>${exactUsd(oursUsd)}</td>
    <td class="number" data-value=${theirsUsd ?? nothing}>${theirsUsd === undefined ? 'not said' : exactUsd(theirsUsd)}</td>
    <td class="number">${theirsUsd === undefined ? '' : difference(oursUsd, theirsUsd)}</td>
  </tr>`;
}

function difference(oursUsd: string, theirsUsd: string): string {
  const pico = toPico(theirsUsd) - toPico(oursUsd);
  if (pico === 0n) return 'none';
  return pico < 0n ? `${displayUsd(-pico)} less` : `${displayUsd(pico)} more`;
}
