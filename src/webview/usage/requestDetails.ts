import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { formatCount } from '../../core/base/formatCount';
import {
  type FieldKind,
  type FieldName,
  fieldNames,
  ledgerFields,
  outsideName,
} from '../../core/ledger/ledgerFields';
import { costMeanings, outcomeLabels } from '../../core/usage/labels';
import type { UsageRow } from '../../protocol/usageFigures';
import type { FromUsagePage } from '../../protocol/usageMessages';
import type { UsageDetails } from '../../protocol/usageState';
import { copyText } from '../shared/copied';
import { formatDuration } from '../shared/figures';
import { type Announcement, liveRegion } from '../shared/liveRegion';
import { onAnnounce, postToHost } from '../shared/pageEvents';
import { costText, exactUsd } from './figures';
import { icons } from './icons';
import type { Times } from './times';

type Fact = readonly [label: string, text: string | undefined];

/** Everything the ledger knows of one request, in a dialog. */
export class RequestDetails extends LitElement {
  static override readonly properties = {
    details: { attribute: false },
    times: { attribute: false },
    announcement: { state: true },
    isExplained: { state: true },
  };
  declare details: UsageDetails | undefined;
  declare times: Times | undefined;
  /** While the dialog is open nothing outside it is heard. */
  declare announcement: Announcement | undefined;
  /** The reader wants to know why it cost what it did. */
  declare isExplained: boolean;

  constructor() {
    super();
    this.isExplained = false;
    onAnnounce(this, sentence => {
      this.announcement = { sentence };
    });
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues): void {
    const dialog = this.querySelector('dialog');
    if (changed.has('details') && this.details && dialog && !dialog.open) dialog.showModal();
  }

  protected override render(): TemplateResult {
    const { details, times } = this;
    return html`<dialog class="details" data-part="usage-details" aria-labelledby="details-title" @close=${this.onClose}>
      ${details && times ? this.body(details, times) : nothing}
      ${liveRegion(this.announcement)}
    </dialog>`;
  }

  private body({ row, explanation, prompt, answer }: UsageDetails, times: Times): TemplateResult {
    return html`<div class="details-head"><h2 id="details-title">${row.action}: ${row.servedModel ?? row.requestedModel}</h2>
        <button type="button" class="icon-button" data-part="close-details" aria-label="Close" title="Close (Escape)" @click=${() => this.querySelector('dialog')?.close()}>${icons.close}</button></div>
      <p class="details-cost"><strong data-part="cost" data-value=${row.costUsd ?? nothing}>${costText(row)}</strong>
        <span data-part="cost-state" data-value=${row.costState} class=${costText(row) === row.costState ? 'visually-hidden' : ''}>${row.costState}</span>
        <span class="note">${costMeanings[row.costState]}</span></p>
      ${this.costActions(row)}
      <div id="cost-explanation">${this.isExplained ? html`<ask-cost-breakdown .explanation=${explanation}></ask-cost-breakdown>` : nothing}</div>
      ${this.generation(row)}
      <dl class="facts">${facts(row, times)
        .filter(([, value]) => value !== undefined)
        .map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
      ${stored('Prompt', prompt)}${stored('Answer', answer)}`;
  }

  private costActions({ id, generationId }: UsageRow): TemplateResult {
    return html`<p class="cost-actions"><button type="button" class="button secondary" data-part="explain-cost" aria-expanded=${this.isExplained}
        aria-controls="cost-explanation" @click=${() => {
          this.isExplained = !this.isExplained;
        }}>${icons.explainCost}Explain Cost</button>
      ${
        generationId === undefined
          ? nothing
          : html`<button type="button" class="button secondary" data-part="open-in-openrouter" @click=${() =>
              this.post({ type: 'openInOpenRouter', id })}>${icons.linkExternal}Open in OpenRouter</button>`
      }</p>`;
  }

  private generation(row: UsageRow): TemplateResult {
    const { generationId, sessionId } = row;
    if (generationId !== undefined) {
      return html`<p class="generation"><span class="note">Generation id</span> <code data-part="generation-id">${generationId}</code>
        ${copyButton('copy-id', 'Copy the generation id', generationId)}</p>`;
    }
    if (row.costState !== 'unknown') {
      return html`<p class="note">OpenRouter gave no generation id: the request ended before it was accepted.</p>`;
    }
    return html`<p class="note" data-part="no-id">The request left, and ended before its generation id was known: its cost cannot be asked for. If OpenRouter ran it, its logs have it at the time it started${
      sessionId === undefined ? '' : ', under this session'
    }.</p>
      ${sessionId === undefined ? nothing : this.logsButton(sessionId, 'The session id is copied: look for it there.')}`;
  }

  private logsButton(id: string, note: string): TemplateResult {
    return html`<p><button type="button" class="button secondary" data-part="open-logs" @click=${() =>
      this.post({ type: 'openLogs', id })}>${icons.linkExternal}Open OpenRouter's logs</button>
        <span class="note">${note}</span></p>`;
  }

  private readonly onClose = (): void => {
    this.details = undefined;
    this.isExplained = false;
  };

  private post(message: FromUsagePage): void {
    postToHost(this, message);
  }
}

function copyButton(part: string, label: string, text: string): TemplateResult {
  return html`<button type="button" class="icon-button" data-part=${part} aria-label=${label} title="Copy" @click=${(
    event: Event,
  ) => copyText(event, text)}>${icons.copy}</button>`;
}

/** The fields that have a label, as the list of fields orders them. */
function facts(row: UsageRow, times: Times): readonly Fact[] {
  const values = new Map<string, unknown>(Object.entries(row));
  return fieldNames.map(name => {
    const { kind, label } = ledgerFields[name];
    const value = name === 'outcome' ? outcomeLabels[row.outcome] : values.get(outsideName(name));
    const isShown = label !== undefined && value !== undefined;
    return [labelIn(row, name, label), isShown ? factText(kind, value, times) : undefined];
  });
}

function labelIn(row: UsageRow, name: FieldName, label = ''): string {
  return name === 'upstreamPico' && row.isByok ? "of which the provider's own bill" : label;
}

function factText(kind: FieldKind, value: unknown, times: Times): string {
  switch (kind) {
    case 'time':
      return times.second(Number(value));
    case 'count':
      return formatCount(Number(value));
    case 'duration':
      return `${formatDuration(Number(value))} (${formatCount(Number(value))} ms)`;
    case 'usd':
      return exactUsd(String(value));
    case 'flag':
      return value ? 'yes' : 'no';
    case 'code':
    case 'text':
      return String(value);
  }
}

function stored(label: string, text: string | undefined): TemplateResult | typeof nothing {
  if (text === undefined) return nothing;
  return html`<details class="fold"><summary>${label}</summary><pre class="stored" tabindex="0">${text}</pre></details>`;
}
