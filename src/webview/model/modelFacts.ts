import { html, nothing, type TemplateResult } from 'lit';
import type { DescriptionPart } from '../../core/models/page/description';
import type { ModelView } from '../../core/models/page/modelView';
import type { PriceGroup, PriceLine } from '../../core/models/page/priceLines';

/** What its vendor says of a model; a link is opened by the host. */
export function descriptionView(
  { description }: ModelView,
  open: (href: string) => void,
): TemplateResult | typeof nothing {
  if (description.length === 0) return nothing;
  return html`<div class="description" data-part="description">${description.map(
    parts => html`<p>${parts.map(part => descriptionPart(part, open))}</p>`,
  )}</div>`;
}

function descriptionPart(
  { text, href }: DescriptionPart,
  open: (href: string) => void,
): TemplateResult | string {
  if (href === undefined) return text;
  return html`<button type="button" class="link" role="link" title=${href} @click=${() => open(href)}>${text}</button>`;
}

/** Every price, those under a condition below it. */
export function pricesView({ prices, priceNote }: ModelView): TemplateResult {
  return html`<h2 id="prices-title">Prices</h2>
    <p class="note" data-part="price-note">${priceNote ?? 'USD per million tokens, where nothing else is said.'}</p>
    ${prices.length === 0 ? nothing : priceTable(prices, 'Prices')}`;
}

export function priceTable(groups: readonly PriceGroup[], caption: string): TemplateResult {
  return html`<table class="prices" data-part="prices">
    <caption class="visually-hidden">${caption}</caption>
    <thead class="visually-hidden"><tr><th scope="col">What</th><th scope="col">Price</th></tr></thead>
    ${groups.map(group => html`<tbody>${conditionRow(group)}${group.lines.map(priceRow)}</tbody>`)}
  </table>`;
}

function conditionRow({ condition, holdsNow }: PriceGroup): TemplateResult | typeof nothing {
  if (condition === undefined) return nothing;
  const now = holdsNow === undefined ? '' : holdsNow ? ' (now)' : ' (not now)';
  return html`<tr class="condition" data-part="price-condition"><th scope="rowgroup" colspan="2">${condition}${now}</th></tr>`;
}

const priceRow = ({ name, price, unit, usd }: PriceLine): TemplateResult => html`<tr data-part="price">
  <th scope="row">${name}</th>
  <td class="number" data-value=${usd ?? nothing}>${price}${unit === undefined ? nothing : ` ${unit}`}</td>
</tr>`;

export const factsView = ({
  facts,
}: ModelView): TemplateResult => html`<h2 id="facts-title">Limits and abilities</h2>
  <dl class="facts">${facts.map(
    ({ name, value }) => html`<div data-part="fact"><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;

export const parametersView = ({
  parameters,
}: ModelView): TemplateResult => html`<h2 id="parameters-title">Parameters</h2>
  ${
    parameters.length === 0
      ? html`<p class="note">The list names none.</p>`
      : html`<p class="note">Some provider takes each of them. A number is what the model uses by itself.</p>
        <ul class="parameters">${parameters.map(
          ({ name, defaultValue }) =>
            html`<li><code data-part="parameter" data-value=${defaultValue ?? nothing}>${name}${
              defaultValue === undefined ? nothing : ` = ${defaultValue}`
            }</code></li>`,
        )}</ul>`
  }`;

/** Others have measured them: each line names who. */
export function scoresView({ scores }: ModelView): TemplateResult {
  return html`<h2 id="scores-title">Quality, as others measured it</h2>
    ${
      scores.length === 0
        ? html`<p class="note" data-part="no-scores">The list has no measurement of this model.</p>`
        : html`<div class="table-frame"><table class="scores">
          <caption class="visually-hidden">Scores and who measured them</caption>
          <thead><tr><th scope="col">What</th><th scope="col" class="number">Score</th><th scope="col" class="number">Rank</th><th scope="col">Measured by</th></tr></thead>
          <tbody>${scores.map(
            ({
              name,
              score,
              scale,
              rank,
              source,
            }) => html`<tr data-part="score"><th scope="row">${scale === 'Elo' ? name : `${name} index, ${scale}`}</th>
              <td class="number" data-value=${score}>${scale === 'Elo' ? `Elo ${score}` : score}</td>
              <td class="number">${rank ?? '–'}</td><td>${source}</td></tr>`,
          )}</tbody>
        </table></div>`
    }`;
}
