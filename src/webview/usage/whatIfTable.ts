import { html, nothing, type TemplateResult } from 'lit';
import { countText, formatCount } from '../../core/base/formatCount';
import { percentText } from '../../core/usage/share';
import { toPico } from '../../protocol/usageFigures';
import type { WhatIfFigures, WhatIfRow, WhatIfState } from '../../protocol/whatIfState';
import { exactUsd, shortUsd } from './figures';
import { icons } from './icons';

type Result = NonNullable<WhatIfState['result']>;

/** The figures by action, what they rest on, and what they do not say. */
export function whatIfTable(result: Result, tryIt: (action: string) => void): TemplateResult {
  const { rows, total, notes } = result;
  if (rows.length === 0)
    return html`<p class="note" data-part="what-if-empty">No request below has a cost and tokens that are known.</p>
      ${noteList(notes)}`;
  return html`<p class="what-if-total" data-part="what-if-total" data-value=${total.likelyUsd}>${whatIfTotal(result)}</p>
    <div class="table-frame"><table class="what-if">
      <caption class="visually-hidden">What each action cost and would have cost</caption>
      <thead><tr><th scope="col">Action</th><th scope="col" class="number">Requests</th><th scope="col" class="number">Cost</th>
        <th scope="col" class="number">Would have cost</th><th scope="col" class="number">Difference</th></tr></thead>
      <tbody>${rows.map(row => actionRow(row, result, tryIt))}</tbody>
      <tfoot><tr><th scope="row">All</th>${figureCells(total, result)}</tr></tfoot>
    </table></div>
    <p data-part="what-if-quality">How good the answers would be is not in these figures, and how long they would be is only an estimate.</p>
    ${noteList(notes)}`;
}

/** In one sentence. */
export function whatIfTotal({ total, isFree, rows }: Result): string {
  if (rows.length === 0) return 'No request has a cost and tokens that are known.';
  const paid = `instead of ${shortUsd(total.costUsd)} for ${countText(total.requests, 'request')}`;
  if (isFree) return `Free ${paid}.`;
  return `About ${shortUsd(total.likelyUsd)}, between ${shortUsd(total.lowUsd)} and ${shortUsd(total.highUsd)}, ${paid}: ${lessOrMore(total)}.`;
}

function lessOrMore({ costUsd, differenceUsd }: WhatIfFigures): string {
  const difference = toPico(differenceUsd);
  if (difference === 0n) return 'the same';
  const size = difference < 0n ? -difference : difference;
  return `${percentText(size, toPico(costUsd))} ${difference < 0n ? 'less' : 'more'}`;
}

function actionRow(row: WhatIfRow, result: Result, tryIt: (action: string) => void): TemplateResult {
  const { action, models, otherTier } = row;
  const tier = otherTier === undefined ? '' : ` on the ${otherTier} tier`;
  return html`<tr data-part="what-if-row" data-action=${action}>
    <th scope="row">${action}${
      models
        ? html`<button type="button" class="link what-if-try" data-part="try-what-if"
            title="Compare ${models[0]} with ${models[1]}${tier}" aria-label="Try it: compare both models on ${action}"
            @click=${() => tryIt(action)}>${icons.compare}Try it</button>`
        : nothing
    }</th>${figureCells(row, result)}</tr>`;
}

function figureCells(figures: WhatIfFigures, { isFree }: Pick<Result, 'isFree'>): TemplateResult {
  const { requests, costUsd, lowUsd, likelyUsd, highUsd, differenceUsd } = figures;
  const range = `${shortUsd(lowUsd)} – ${shortUsd(highUsd)}`;
  return html`<td class="number">${formatCount(requests)}</td>
    <td class="number" data-part="what-if-cost" data-value=${costUsd} title=${exactUsd(costUsd)}>${shortUsd(costUsd)}</td>
    <td class="number" data-part="what-if-would" data-value=${likelyUsd} data-low=${lowUsd} data-high=${highUsd}>${
      isFree ? 'free' : html`≈${shortUsd(likelyUsd)} <span class="note what-if-range">${range}</span>`
    }</td>
    <td class="number" data-part="what-if-difference" data-value=${differenceUsd}>${signed(differenceUsd)}</td>`;
}

function signed(usd: string): string {
  if (toPico(usd) === 0n) return '$0';
  return usd.startsWith('-') ? `−${shortUsd(usd.slice(1))}` : `+${shortUsd(usd)}`;
}

const noteList = (notes: readonly string[]): TemplateResult | typeof nothing =>
  notes.length === 0
    ? nothing
    : html`<ul class="note" data-part="what-if-notes">${notes.map(note => html`<li>${note}</li>`)}</ul>`;
