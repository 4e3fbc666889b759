import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../core/base/formatCount';
import { shortCount } from '../../core/models/modelRow';
import type { EndpointRow } from '../../core/models/page/endpointRow';
import type { PriceLine } from '../../core/models/page/priceLines';
import type { FromModelPage } from '../../protocol/modelMessages';
import type { EndpointsState, ModelPageState } from '../../protocol/modelState';
import { icons } from './icons';
import { priceTable } from './modelFacts';

/** Fewer of a day's requests than this that were answered are worth a word, in percent. */
const poorUptime = 95;

const columns: readonly (readonly [title: string, isNumber: boolean])[] = [
  ['Provider', false],
  ['Input', true],
  ['Output', true],
  ['Context', true],
  ['Quantization', false],
  ['Uptime, 1 day', true],
  ['First token', true],
  ['Tokens/s', true],
  ['Keeps', false],
];

interface Shown {
  readonly state: ModelPageState;
  readonly endpoints: EndpointsState;
  readonly post: (message: FromModelPage) => void;
}

/** Who serves the model, live: at what price, how well, and under which promises. */
export function endpointsView(shown: Shown): TemplateResult {
  const { endpoints, post } = shown;
  return html`<div class="endpoints-head"><h2 id="endpoints-title">Providers, live</h2>
      ${
        endpoints.phase === 'known'
          ? html`<span class="note">USD per million tokens, looked up at ${timeText(endpoints.atMs)}</span>
            <button type="button" class="icon-button" data-part="look-up" aria-label="Look up the providers again" title="Look Up Again" @click=${() => post({ type: 'lookUp' })}>${icons.refresh}</button>`
          : nothing
      }</div>
    ${endpointsBody(shown)}`;
}

function endpointsBody(shown: Shown): TemplateResult {
  const { endpoints, post } = shown;
  switch (endpoints.phase) {
    case 'loading':
      return html`<p class="loading" role="status" data-part="endpoints-loading"><span class="spinner" aria-hidden="true"></span>Looking up who serves it…</p>`;
    case 'failed':
      return html`<div class="problem" role="alert" data-part="endpoints-failed">${icons.warning}<div><p>${endpoints.sentence}</p>
        <button type="button" class="button secondary" data-part="retry" @click=${() => post({ type: 'lookUp' })}>${icons.refresh}Try Again</button></div></div>`;
    case 'known':
      return endpoints.rows.length === 0
        ? html`<p data-part="no-endpoints">Nobody serves it now.</p>`
        : html`${noneLeft(endpoints.rows)}${endpointTable(endpoints.rows, shown)}`;
  }
}

/** A request would be refused: better known before. */
function noneLeft(rows: readonly EndpointRow[]): TemplateResult | typeof nothing {
  if (rows.some(({ excludedBy }) => excludedBy.length === 0)) return nothing;
  return html`<p class="problem" data-part="none-left">${icons.warning}<span>Your routing rules leave none of these providers: a request would be refused.</span></p>`;
}

// Roles are spelt out: in a narrow page a row is laid out as a card, and would be no row any more.
const endpointTable = (
  rows: readonly EndpointRow[],
  shown: Shown,
): TemplateResult => html`<table class="endpoints" role="table" aria-label="Providers of this model">
    <thead role="rowgroup"><tr role="row">${columns.map(
      ([title, isNumber]) =>
        html`<th role="columnheader" scope="col" class=${isNumber ? 'number' : nothing}>${title}</th>`,
    )}<th role="columnheader" scope="col"><span class="visually-hidden">What can be done</span></th></tr></thead>
    <tbody role="rowgroup">${rows.map(row => endpointRow(row, rows, shown))}</tbody>
  </table>`;

function endpointRow(row: EndpointRow, rows: readonly EndpointRow[], shown: Shown): TemplateResult {
  const { contextTokens, quantization, uptimePercent, latencyMs, tokensPerSecond, keepsNothing } = row;
  const isPoor = uptimePercent !== undefined && uptimePercent < poorUptime;
  const values: readonly (TemplateResult | string | undefined)[] = [
    priceCell(row.input),
    priceCell(row.output),
    contextTokens === undefined
      ? undefined
      : html`<span title="${formatCount(contextTokens)} tokens">${shortCount(contextTokens)}</span>`,
    quantization,
    uptimePercent === undefined
      ? undefined
      : html`${isPoor ? html`<span class="poor" title="Below ${poorUptime} %">${icons.warning}</span>` : nothing}${uptimePercent.toFixed(1)} %`,
    latencyMs === undefined ? undefined : `${(latencyMs / 1000).toFixed(2)} s`,
    tokensPerSecond === undefined ? undefined : `${Math.round(tokensPerSecond)}`,
    keepsNothing === undefined ? undefined : keepsNothing ? 'nothing' : 'may keep prompts',
  ];
  return html`<tr role="row" data-part="endpoint" data-value=${row.tag ?? nothing}>
    ${nameCell(row, shown.state)}
    ${values.map((value, index) => {
      const [title, isNumber] = columns[index + 1] ?? ['', false];
      return html`<td role="cell" class="${isNumber ? 'number' : ''} ${value === undefined ? 'untold' : ''}" data-label=${title}>${value ?? '–'}</td>`;
    })}
    <td role="cell" class="endpoint-actions">${endpointActions(row, rows, shown)}</td>
  </tr>`;
}

const priceCell = (line: PriceLine | undefined): TemplateResult | undefined =>
  line && html`<span data-value=${line.usd ?? nothing}>${line.price}</span>`;

function nameCell(row: EndpointRow, { pin }: ModelPageState): TemplateResult {
  const { provider, tag, otherPrices, excludedBy } = row;
  const count = otherPrices.reduce((sum, { lines }) => sum + lines.length, 0);
  return html`<th role="rowheader" scope="row">
    <span class="endpoint-name">${provider}</span>
    ${tag === undefined || tag === provider ? nothing : html`<code>${tag}</code>`}
    ${tag !== undefined && tag === pin ? html`<span class="endpoint-note" data-part="pinned">${icons.check}Only this one may serve</span>` : nothing}
    ${
      excludedBy.length > 0 && tag !== pin
        ? html`<span class="endpoint-note" data-part="excluded">Left out by your routing (${excludedBy.join(', ')})</span>`
        : nothing
    }
    ${
      count === 0
        ? nothing
        : html`<details class="fold"><summary>${count === 1 ? '1 more price' : `${count} more prices`}</summary>${priceTable(otherPrices, `More prices of ${provider}`)}</details>`
    }</th>`;
}

function endpointActions(
  row: EndpointRow,
  rows: readonly EndpointRow[],
  { state, post }: Shown,
): TemplateResult | typeof nothing {
  const { tag, provider, canBePinned } = row;
  const model = state.model.id;
  if (tag === undefined) return nothing;
  const isUsed = tag === state.pin && state.inUseAs !== undefined;
  const canCompare = new Set(rows.flatMap(each => each.tag ?? [])).size > 1;
  return html`${
    isUsed || !canBePinned
      ? nothing
      : html`<button type="button" class="button secondary" data-part="use-endpoint" aria-label="Use Only This: ${provider}, ${tag}"
        title="Use this model, and let only this endpoint serve" @click=${() => post({ type: 'useEndpoint', model, tag })}>Use Only This</button>`
  }${
    canCompare
      ? html`<button type="button" class="icon-button" data-part="compare-endpoints" aria-label="Compare ${provider}, ${tag}, with other endpoints"
        title="Compare With Other Endpoints…" @click=${() => post({ type: 'compareEndpoints', model, tag })}>${icons.compare}</button>`
      : nothing
  }`;
}

const timeText = (atMs: number): string =>
  new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
