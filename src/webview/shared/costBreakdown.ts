import copy from 'codicon:copy';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { displayUsd, parsePico } from '../../core/money/pico';
import type { CostExplanation, ExplainedPart } from '../../core/usage/costExplanation';
import { copyText } from './copied';
import { announce } from './pageEvents';
import { toIcon } from './toIcon';

/** Why a request cost what it did: the main cause, and every part of the bill. */
export class CostBreakdown extends LitElement {
  static override readonly properties = { explanation: { attribute: false } };
  /** Undefined until the host has sent it. */
  declare explanation: CostExplanation | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('explanation') && this.explanation) announce(this, this.explanation.sentence);
  }

  protected override render(): TemplateResult {
    const { explanation } = this;
    return html`<section class="cost-breakdown" data-part="cost-breakdown" aria-label="Why it cost this">${
      explanation ? breakdown(explanation) : html`<p>Reading…</p>`
    }</section>`;
  }
}

function breakdown(explanation: CostExplanation): TemplateResult {
  const { sentence, mainKind, parts, comparisons, note, evidence, requests = [] } = explanation;
  return html`<p class="cost-cause" data-part="cost-cause" data-value=${mainKind ?? nothing}>${sentence}</p>
    ${comparisons.map(text => html`<p class="cost-comparison" data-part="cost-comparison">${text}</p>`)}
    ${parts.length === 0 ? nothing : partTable(explanation)}
    ${note === undefined ? nothing : html`<p class="cost-note" data-part="cost-note">${note}</p>`}
    ${requests.map((request, index) => requestBreakdown(request, index + 1))}
    <p><button type="button" class="button secondary" data-part="copy-evidence"
      title="Copy ids, prices, tokens and parts of the bill; no key, prompt or answer" @click=${(
        event: Event,
      ) => copyText(event, evidence)}>${toIcon(copy)}Copy Evidence</button></p>`;
}

/** One of several requests that are explained together. */
function requestBreakdown({ requests: _, ...explanation }: CostExplanation, number: number): TemplateResult {
  const { sentence, parts, comparisons, note } = explanation;
  return html`<section class="cost-request" data-part="cost-request" aria-label=${`Request ${number}`}>
    <p><strong>Request ${number}.</strong> ${sentence}</p>
    ${comparisons.map(text => html`<p class="cost-comparison">${text}</p>`)}
    ${parts.length === 0 ? nothing : partTable(explanation)}
    ${note === undefined ? nothing : html`<p class="cost-note">${note}</p>`}
  </section>`;
}

function partTable({ parts, totalUsd = '0', costState }: CostExplanation): TemplateResult {
  return html`<table>
    <caption class="visually-hidden">Parts of the cost</caption>
    <thead><tr><th scope="col">Part</th><th scope="col" class="amount">Cost</th><th scope="col" class="amount">Share</th></tr></thead>
    <tbody>${parts.map(partRow)}</tbody>
    <tfoot><tr data-part="cost-total" data-value=${totalUsd}><th scope="row">Total, ${costState}</th><td class="amount">${exact(totalUsd)}</td><td class="amount">100 %</td></tr></tfoot>
  </table>`;
}

function partRow({ kind, label, detail, usd, percent }: ExplainedPart): TemplateResult {
  const width = Math.min(100, Math.max(0, percent));
  return html`<tr data-part="cost-part" data-kind=${kind} data-value=${usd}>
    <th scope="row">${label}${detail === undefined ? nothing : html` <span class="cost-detail">${detail}</span>`}</th>
    <td class="amount">${exact(usd)}</td>
    <td class="amount"><span class="cost-bar" .style=${`--share:${width}%`}></span>${percent === 0 ? '<0.1' : percent} %</td>
  </tr>`;
}

/** To the last digit. */
const exact = (usd: string): string => displayUsd(parsePico(usd) ?? 0n);
