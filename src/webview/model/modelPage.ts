import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { assertNever } from '../../core/base/assertNever';
import type { PriceQuality } from '../../core/models/page/priceQuality';
import type { FromModelPage, ToModelPage } from '../../protocol/modelMessages';
import type { EndpointsState, ModelPageState, SavedModelPage } from '../../protocol/modelState';
import { keepFocus } from '../shared/keepFocus';
import { type Announcement, liveRegion } from '../shared/liveRegion';
import { onAnnounce, postToHost } from '../shared/pageEvents';
import { endpointsView } from './endpointsView';
import { icons } from './icons';
import { descriptionView, factsView, parametersView, pricesView, scoresView } from './modelFacts';
import { modelHead } from './modelHead';

interface Visited {
  readonly id: string;
  readonly name: string;
}

/** The whole page of a model: shows what the host sends, and posts what the user does. */
export class ModelPage extends LitElement {
  static override readonly properties = {
    state: { state: true },
    endpoints: { state: true },
    chart: { state: true },
    missing: { state: true },
    announcement: { state: true },
  };
  declare state: ModelPageState | undefined;
  declare endpoints: EndpointsState;
  declare chart: PriceQuality | undefined;
  declare missing: string | undefined;
  declare announcement: Announcement | undefined;
  /** Keeps for a reload of the window which model is shown. */
  save: (saved: SavedModelPage) => void = () => undefined;
  /** The models shown before this one, for the way back. */
  private readonly visited: Visited[] = [];

  constructor() {
    super();
    this.endpoints = { phase: 'loading' };
    onAnnounce(this, sentence => {
      this.announcement = { sentence };
    });
    keepFocus(this, () =>
      ['[data-part="compare-with"]', 'h1'].map(selector => this.querySelector<HTMLElement>(selector)),
    );
  }

  /** Applies one message of the host; they must come in order. */
  receive(message: ToModelPage): void {
    switch (message.type) {
      case 'model':
        this.showModel(message.state);
        return;
      case 'missing':
        this.missing = message.sentence;
        return;
      case 'endpoints':
        this.endpoints = message.endpoints;
        return;
      case 'chart':
        this.chart = message.chart;
        return;
      default:
        assertNever(message);
    }
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { state } = this;
    return html`<main data-part="model-page" data-value=${state?.model.id ?? nothing}>${state ? this.body(state) : this.nothingYet()}</main>
      ${liveRegion(this.announcement)}`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before: ModelPageState | undefined = changed.get('state');
    if (!before || !this.state || before.model.id === this.state.model.id) return;
    // Another model: reading begins at its top.
    scrollTo(0, 0);
    this.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }

  private nothingYet(): TemplateResult {
    if (this.missing === undefined)
      return html`<h1 class="visually-hidden">Model</h1><p class="loading" role="status"><span class="spinner" aria-hidden="true"></span>Reading the list of models…</p>`;
    return html`<h1>Model</h1><div class="problem" role="alert" data-part="missing">${icons.warning}<div><p>${this.missing}</p>
      <button type="button" class="button secondary" data-part="retry" @click=${() => this.post({ type: 'lookUp' })}>${icons.refresh}Try Again</button></div></div>`;
  }

  private body(state: ModelPageState): TemplateResult {
    const { model } = state;
    const post = (message: FromModelPage): void => this.post(message);
    const card = (title: string, content: TemplateResult, isWide = false): TemplateResult =>
      html`<section class="card ${isWide ? 'wide' : ''}" aria-labelledby="${title}-title">${content}</section>`;
    return html`${this.wayBack()}${modelHead(state, post)}
      ${descriptionView(model, href => post({ type: 'openLink', href }))}
      <div class="columns">
        ${card('prices', pricesView(model))}
        ${card('facts', factsView(model))}
        ${card('endpoints', endpointsView({ state, endpoints: this.endpoints, post }), true)}
        ${this.chart ? card('chart', html`<ask-price-chart .chart=${this.chart}></ask-price-chart>`, true) : nothing}
        ${card('scores', scoresView(model))}
        ${card('parameters', parametersView(model))}
      </div>`;
  }

  private wayBack(): TemplateResult | typeof nothing {
    const last = this.visited.at(-1);
    if (!last) return nothing;
    return html`<p><button type="button" class="link back" data-part="back" @click=${() => this.post({ type: 'show', model: last.id })}>← Back to ${last.name}</button></p>`;
  }

  private showModel(state: ModelPageState): void {
    const before = this.state;
    const { id, name } = state.model;
    if (before && before.model.id !== id) {
      if (this.visited.at(-1)?.id === id) this.visited.pop();
      else this.visited.push({ id: before.model.id, name: before.model.name });
      this.chart = undefined;
    } else if (before && before.inUseAs !== state.inUseAs && state.inUseAs === id) {
      this.announcement = { sentence: `${name} is in use now` };
    }
    this.missing = undefined;
    this.state = state;
    this.save({ model: id });
  }

  private post(message: FromModelPage): void {
    postToHost(this, message);
  }
}
