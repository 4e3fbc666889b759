import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../core/base/formatCount';
import { outcomeLabels } from '../../core/usage/labels';
import type { UsageRow } from '../../protocol/usageFigures';
import { formatDuration } from '../shared/figures';
import { costText } from './figures';
import type { Times } from './times';

/** Where a row stands in the list. */
export interface RowPlace {
  readonly index: number;
  readonly isActive: boolean;
  readonly nowMs: number;
}

export const rowId = (index: number): string => `usage-row-${index}`;

/** One request in the list. */
export function requestRow(
  row: UsageRow,
  times: Times,
  { index, isActive, nowMs }: RowPlace,
): TemplateResult {
  return html`<div class="row ${isActive ? 'is-active' : ''}" role="row" id=${rowId(index)} data-part="usage-row" data-value=${row.id}
    aria-rowindex=${index + 2} aria-selected=${isActive ? 'true' : 'false'}>
    <span class="cell time" role="gridcell" title=${times.second(row.startedAt)}>${times.short(row.startedAt, nowMs)}</span>
    <span class="cell model" role="gridcell" title=${row.servedModel ?? row.requestedModel} data-part="model">${row.servedModel ?? row.requestedModel}</span>
    <span class="cell action" role="gridcell">${row.action}</span>
    <span class="cell outcome" role="gridcell" data-part="status" data-value=${row.outcome === 'started' ? 'streaming' : row.outcome}>${outcomeLabels[row.outcome]}</span>
    <span class="cell tokens number" role="gridcell">${tokens(row)}</span>
    <span class="cell duration number" role="gridcell">${row.durationMs === undefined ? '' : formatDuration(row.durationMs)}</span>
    <span class="cell cost number" role="gridcell"><span data-part="cost" data-value=${row.costUsd ?? nothing}>${costText(row)}</span>${state(row)}</span>
  </div>`;
}

/** A row that is not loaded yet. */
export function emptyRow({ index, isActive }: RowPlace): TemplateResult {
  return html`<div class="row ${isActive ? 'is-active' : ''}" role="row" id=${rowId(index)} aria-rowindex=${index + 2}
    ><span class="cell time" role="gridcell">…</span></div>`;
}

/** `free`, `pending` and `unknown` stand alone; a figure is followed by its cost state. */
function state({ costState, costUsd }: UsageRow): TemplateResult {
  const isSaid = costState === 'free' || costUsd === undefined;
  return html`<span class=${isSaid ? 'visually-hidden' : 'note'} aria-hidden=${isSaid ? 'true' : nothing}
    data-part="cost-state" data-value=${costState}> ${costState}</span>`;
}

function tokens({ promptTokens, completionTokens }: UsageRow): TemplateResult | typeof nothing {
  if (promptTokens === undefined && completionTokens === undefined) return nothing;
  const text = (count: number | undefined) => (count === undefined ? '?' : formatCount(count));
  return html`<span data-part="tokens-in" data-value=${promptTokens ?? nothing}>${text(promptTokens)}</span
    ><span aria-hidden="true"> → </span><span class="visually-hidden"> in, </span
    ><span data-part="tokens-out" data-value=${completionTokens ?? nothing}>${text(completionTokens)}</span
    ><span class="visually-hidden"> out</span>`;
}
