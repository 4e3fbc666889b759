import { html, nothing, type TemplateResult } from 'lit';
import { countText, formatCount } from '../../core/base/formatCount';
import type { Difference } from '../../core/usage/compareRow';
import type { UsageRow } from '../../protocol/usageFigures';
import type { FromUsagePage } from '../../protocol/usageMessages';
import type { ReconcileState } from '../../protocol/usageState';
import { exactUsd } from './figures';
import { icons } from './icons';
import { keyComparison } from './keyComparison';
import type { Times } from './times';

export interface ReconcileEvents {
  readonly post: (message: FromUsagePage) => void;
  readonly open: (row: UsageRow) => void;
}

const fieldNames: Readonly<Record<Difference['field'], string>> = {
  cost: 'Cost',
  promptTokens: 'Tokens in',
  cachedTokens: 'Cached tokens',
  completionTokens: 'Tokens out',
  reasoningTokens: 'Reasoning tokens',
  provider: 'Provider',
};

/** What screen readers announce. Not the count: it changes all the time. */
const phaseTexts: Readonly<Record<ReconcileState['phase'], string>> = {
  running: 'Checking requests',
  done: 'All requests are checked',
  cancelled: 'Stopped',
  stopped: 'Stopped by a problem',
};

/** The ledger beside OpenRouter's own records: progress, sums, and every row that differs. */
export function reconcileView(state: ReconcileState, times: Times, events: ReconcileEvents): TemplateResult {
  return html`<section class="card" data-part="reconcile" data-value=${state.phase} aria-labelledby="reconcile-title">
    <div class="details-head"><h2 id="reconcile-title" tabindex="-1">Reconciled with OpenRouter: ${state.periodText}</h2>
      <button type="button" class="icon-button" data-part="close-reconcile" aria-label="Close the reconciliation" title="Close"
        @click=${() => events.post({ type: 'closeReconcile' })}>${icons.close}</button></div>
    ${progress(state, events.post)}
    ${findings(state)}
    ${adoption(state, events.post)}
    ${state.differing.length === 0 ? nothing : differences(state, times, events.open)}
    ${state.key ? keyComparison(state.key) : nothing}
    ${state.keyProblem === undefined ? nothing : html`<p class="note">${state.keyProblem}</p>`}
  </section>`;
}

function progress(state: ReconcileState, post: ReconcileEvents['post']): TemplateResult {
  const { phase, checked, total, problem } = state;
  const isRunning = phase === 'running';
  const text = `${formatCount(checked)} of ${countText(total, 'request')} checked`;
  return html`<div class="progress-line">
      ${phase === 'done' ? nothing : html`<progress max=${Math.max(1, total)} value=${checked} aria-label="Requests checked"></progress>`}
      <span class="visually-hidden" role="status">${phaseTexts[phase]}</span>
      <span>${phase === 'done' ? `All ${countText(checked, 'request')} checked.` : text}</span>
      ${
        isRunning
          ? html`<button type="button" class="button secondary" data-part="stop-reconcile" @click=${() => post({ type: 'stopReconcile' })}>${icons.stop}Stop</button>`
          : nothing
      }
      ${
        phase === 'cancelled' || phase === 'stopped'
          ? html`<button type="button" class="button" data-part="resume-reconcile" @click=${() => post({ type: 'resumeReconcile' })}>${icons.play}Go on</button>`
          : nothing
      }
    </div>
    ${problem === undefined ? nothing : html`<p class="problem">${icons.warning}<span>${problem}</span></p>`}`;
}

function findings(state: ReconcileState): TemplateResult {
  const { same, differingCount, notFound, withoutId, failed, oursUsd, theirsUsd } = state;
  const others = [
    notFound > 0
      ? `${formatCount(notFound)} not in OpenRouter's records under this key (another key, or too recent)`
      : '',
    withoutId > 0
      ? `${formatCount(withoutId)} without a generation id or still running: nothing to look up`
      : '',
    failed > 0 ? `${formatCount(failed)} could not be read` : '',
  ].filter(Boolean);
  return html`<dl class="figures wide">
      <div><dt>Agree</dt><dd data-part="reconcile-same" data-value=${same}>${formatCount(same)}</dd></div>
      <div><dt>Differ</dt><dd data-part="reconcile-differ" data-value=${differingCount}>${formatCount(differingCount)}</dd></div>
      <div><dt>Cost here</dt><dd data-part="reconcile-ours" data-value=${oursUsd}>${exactUsd(oursUsd)}</dd></div>
      <div><dt>Cost at OpenRouter</dt><dd data-part="reconcile-theirs" data-value=${theirsUsd}>${exactUsd(theirsUsd)}</dd></div>
    </dl>
    <p class="note">The two costs are of the requests whose cost both sides know.</p>
    ${others.length === 0 ? nothing : html`<ul class="note">${others.map(text => html`<li>${text}</li>`)}</ul>`}`;
}

function adoption(
  { adoptable, phase }: ReconcileState,
  post: ReconcileEvents['post'],
): TemplateResult | typeof nothing {
  if (adoptable === 0 || phase === 'running') return nothing;
  return html`<p><button type="button" class="button" data-part="adopt" @click=${() => post({ type: 'adoptFigures' })}>Take OpenRouter's figures for ${countText(adoptable, 'request')}…</button>
    <span class="note">They were estimated, pending or unknown here.</span></p>`;
}

function differences(state: ReconcileState, times: Times, open: ReconcileEvents['open']): TemplateResult {
  const { differing, differingCount } = state;
  const lines = differing.flatMap(({ row, differences: all }) =>
    all.map(difference => ({ row, difference })),
  );
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="Requests that differ"><table>
      <thead><tr><th scope="col">Request</th><th scope="col">What</th><th scope="col" class="number">Here</th><th scope="col" class="number">At OpenRouter</th></tr></thead>
      <tbody>${lines.map(
        ({ row, difference }) => html`<tr data-part="reconcile-row">
          <th scope="row"><button type="button" class="link" @click=${() => open(row)}>${times.minute(row.startedAt)}</button>
            <span class="note">${row.servedModel ?? row.requestedModel}</span></th>
          <td>${fieldNames[difference.field]}</td>
          <td class="number">${ours(row, difference)}</td>
          <td class="number">${shown(difference, difference.theirs)}</td></tr>`,
      )}</tbody></table></div>
    ${differingCount > differing.length ? html`<p class="note">The first ${formatCount(differing.length)} of ${formatCount(differingCount)}.</p>` : nothing}`;
}

function ours({ costState }: UsageRow, difference: Difference): string {
  if (difference.field !== 'cost') return shown(difference, difference.ours);
  if (difference.ours === undefined) return costState;
  return `${shown(difference, difference.ours)} ${costState}`;
}

function shown({ field }: Difference, value: string | undefined): string {
  if (value === undefined) return 'unknown';
  if (field === 'cost') return exactUsd(value);
  return field === 'provider' ? value : formatCount(Number(value));
}
