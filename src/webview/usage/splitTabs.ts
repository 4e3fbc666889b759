import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../core/base/formatCount';
import type { SplitBy } from '../../core/ledger/ledgerQueries';
import { percentOf, percentText } from '../../core/usage/share';
import { fromTotalsFigures } from '../../protocol/usageFigures';
import type { PartFigures, SplitFigures, UsageSummary } from '../../protocol/usageState';
import { totalsText } from './figures';
import { moveInTabs } from './tabKeys';

export const splitNames: Readonly<Record<SplitBy, string>> = {
  model: 'Model',
  provider: 'Provider',
  action: 'Action',
  workspace: 'Workspace',
  language: 'Language',
};
const splits = Object.keys(splitNames) as readonly SplitBy[];

/** Fired with the part that was chosen. */
export const partEvent = 'pick-part';
export interface PartPick {
  readonly by: SplitBy;
  readonly value: string;
}

const shortCount = 8;

/** What was spent, split by model, provider and so on, one tab each. */
export class SplitTabs extends LitElement {
  static override readonly properties = {
    splits: { attribute: false },
    by: { state: true },
    showsAll: { state: true },
  };
  declare splits: UsageSummary['splits'] | undefined;
  declare by: SplitBy;
  declare showsAll: boolean;

  constructor() {
    super();
    this.by = 'model';
    this.showsAll = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { by } = this;
    return html`<h2>Where it went</h2>
      <div class="tabs" role="tablist" aria-label="Split by" @keydown=${moveInTabs}>${splits.map(
        name => html`<button type="button" role="tab" id="tab-${name}" data-part="split-${name}" aria-controls="split-panel"
          aria-selected=${name === by ? 'true' : 'false'} tabindex=${name === by ? 0 : -1}
          @click=${() => this.select(name)}>${splitNames[name]}</button>`,
      )}</div>
      <div role="tabpanel" id="split-panel" aria-labelledby="tab-${by}" tabindex="0">${
        this.splits ? this.table(this.splits[by]) : nothing
      }</div>`;
  }

  private select(by: SplitBy): void {
    this.by = by;
    this.showsAll = false;
  }

  private table({ parts, moreParts }: SplitFigures): TemplateResult {
    const whole = parts.reduce((sum, part) => sum + weight(part), 0n);
    const shown = this.showsAll ? parts : parts.slice(0, shortCount);
    const hidden = parts.length - shown.length;
    return html`<div class="table-frame"><table class="split">
        <thead><tr><th scope="col">${splitNames[this.by]}</th><th scope="col" class="number">Cost</th>
          <th scope="col" title="Of billed and estimated cost together">Share</th>
          <th scope="col" class="number">Requests</th><th scope="col" class="number">Tokens in</th><th scope="col" class="number">Tokens out</th></tr></thead>
        <tbody>${shown.map(part => this.row(part, whole))}</tbody>
      </table></div>
      ${
        hidden > 0
          ? html`<button type="button" class="link" data-part="split-more" @click=${() => {
              this.showsAll = true;
            }}>Show ${hidden} more</button>`
          : nothing
      }
      ${this.showsAll && moreParts > 0 ? html`<p class="note">${formatCount(moreParts)} cheaper ones are not listed.</p>` : nothing}`;
  }

  private row(part: PartFigures, whole: bigint): TemplateResult {
    const { by } = this;
    const { value } = part;
    const percent = percentOf(weight(part), whole);
    return html`<tr data-part="split-row">
      <th scope="row">${
        value === undefined
          ? html`<span class="none">none</span>`
          : html`<button type="button" class="link" title="List the requests of ${value}" @click=${() =>
              this.dispatchEvent(
                new CustomEvent<PartPick>(partEvent, { bubbles: true, detail: { by, value } }),
              )}>${value}</button>`
      }</th>
      <td class="number" data-value=${part.spentUsd}>${totalsText(part)}</td>
      <td class="share-cell"><span class="share" .style=${`--share:${percent}%`}></span>${percentText(weight(part), whole)}</td>
      <td class="number">${formatCount(part.requests)}</td>
      <td class="number">${formatCount(part.promptTokens)}</td>
      <td class="number">${formatCount(part.completionTokens)}</td>
    </tr>`;
  }
}

function weight(part: PartFigures): bigint {
  const { spentPico, estimatedPico } = fromTotalsFigures(part);
  return spentPico + estimatedPico;
}
