import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { costMeanings, outcomeLabels } from '../../core/usage/labels';
import type { UsageRow } from '../../protocol/usageFigures';
import type { FromUsagePage, UsageDetails } from '../../protocol/usageMessages';
import { copyText } from '../shared/copied';
import { formatCount, formatDuration } from '../shared/figures';
import { type Announcement, liveRegion } from '../shared/liveRegion';
import { onPageEvent, tellPage } from '../shared/pageEvents';
import { costText, exactUsd } from './figures';
import { icons } from './icons';
import type { Times } from './times';

type Fact = readonly [label: string, value: unknown];

/** Everything the ledger knows of one request, in a dialog. */
export class RequestDetails extends LitElement {
  static override readonly properties = {
    details: { attribute: false },
    times: { attribute: false },
    announcement: { state: true },
  };
  declare details: UsageDetails | undefined;
  declare times: Times | undefined;
  /** While the dialog is open nothing outside it is heard. */
  declare announcement: Announcement | undefined;

  constructor() {
    super();
    onPageEvent(this, 'announce', sentence => {
      this.announcement = { sentence: String(sentence) };
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

  private body({ row, prompt, answer }: UsageDetails, times: Times): TemplateResult {
    return html`<div class="details-head"><h2 id="details-title">${row.action}: ${row.servedModel ?? row.requestedModel}</h2>
        <button type="button" class="icon-button" data-part="close-details" aria-label="Close" title="Close (Escape)" @click=${() => this.querySelector('dialog')?.close()}>${icons.close}</button></div>
      <p class="details-cost"><strong data-part="cost" data-value=${row.costUsd ?? nothing}>${costText(row)}</strong>
        <span data-part="cost-state" data-value=${row.costState} class=${costText(row) === row.costState ? 'visually-hidden' : ''}>${row.costState}</span>
        <span class="note">${costMeanings[row.costState]}</span></p>
      ${this.generation(row)}
      <dl class="facts">${facts(row, times)
        .filter(([, value]) => value !== undefined)
        .map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
      ${stored('Prompt', prompt)}${stored('Answer', answer)}`;
  }

  private generation({ generationId }: UsageRow): TemplateResult {
    if (generationId === undefined) {
      return html`<p class="note">OpenRouter gave no generation id: the request ended before it was accepted.</p>`;
    }
    return html`<p class="generation"><span class="note">Generation id</span> <code data-part="generation-id">${generationId}</code>
        <button type="button" class="icon-button" data-part="copy-id" aria-label="Copy the generation id" title="Copy" @click=${(
          event: Event,
        ) => copyText(event, generationId)}>${icons.copy}</button></p>
      <p><button type="button" class="button secondary" data-part="open-logs" @click=${() =>
        this.post({ type: 'openLogs', generationId })}>${icons.linkExternal}Open OpenRouter's logs</button>
        <span class="note">The id is copied: paste it into the filter there.</span></p>`;
  }

  private readonly onClose = (): void => {
    this.details = undefined;
  };

  private post(message: FromUsagePage): void {
    tellPage(this, 'post', message);
  }
}

function facts(row: UsageRow, times: Times): readonly Fact[] {
  const usd = (text: string | undefined) => (text === undefined ? undefined : exactUsd(text));
  const count = (value: number | undefined) => (value === undefined ? undefined : formatCount(value));
  const ms = (value: number | undefined) =>
    value === undefined ? undefined : `${formatDuration(value)} (${formatCount(value)} ms)`;
  return [
    ['Started', times.second(row.startedAt)],
    ['Ended', row.endedAt === undefined ? undefined : times.second(row.endedAt)],
    ['Outcome', outcomeLabels[row.outcome]],
    ['Model asked for', row.requestedModel],
    ['Model that served', row.servedModel],
    ['Provider', row.provider],
    ['Action', row.action],
    ['Prompt file', row.promptId],
    ['Asked from', row.origin],
    ['Workspace', row.workspace],
    ['Language', row.languageId],
    ['Tokens in', count(row.promptTokens)],
    ['of which read from a cache', count(row.cachedTokens)],
    ['of which written to a cache', count(row.cacheWriteTokens)],
    ['estimated before sending', count(row.estimatedPromptTokens)],
    ['Tokens out', count(row.completionTokens)],
    ['of which reasoning', count(row.reasoningTokens)],
    ['at most (max_tokens)', count(row.maxTokens)],
    ['Own provider key (BYOK)', row.isByok === undefined ? undefined : row.isByok ? 'yes' : 'no'],
    [row.isByok ? "of which the provider's own bill" : "Provider's price", usd(row.upstreamUsd)],
    ['Reserved against limits', usd(row.reservedUsd)],
    ['First word after', ms(row.ttftMs)],
    ['Duration', ms(row.durationMs)],
    ['Finish reason', row.finishReason],
    ["Provider's finish reason", row.nativeFinishReason],
    ['HTTP status', row.httpStatus],
    ['Failure', row.errorKind],
    ['Comparison', row.compareGroup],
    ['Id', row.id],
  ];
}

function stored(label: string, text: string | undefined): TemplateResult | typeof nothing {
  if (text === undefined) return nothing;
  return html`<details class="fold"><summary>${label}</summary><pre class="stored" tabindex="0">${text}</pre></details>`;
}
