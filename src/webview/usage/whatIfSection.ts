import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { WhatIfRoute } from '../../core/usage/whatIf/routePrices';
import type { FromUsagePage } from '../../protocol/usageMessages';
import type { WhatIfChoice, WhatIfState } from '../../protocol/whatIfState';
import { announce, postToHost } from '../shared/pageEvents';
import { icons } from './icons';
import { whatIfTable, whatIfTotal } from './whatIfTable';

const routeNames: Readonly<Record<WhatIfRoute, string>> = {
  listed: 'at the listed price',
  floor: 'on :floor, the cheapest provider',
  flex: 'on the flex tier, which is slower',
};
const routes = Object.keys(routeNames) as readonly WhatIfRoute[];

/** Choices of the model that are no ids. */
const none = '';
const same = ' same';
const other = ' other';

/** What the requests of the list would have cost with another model, or by another route. */
export class WhatIfSection extends LitElement {
  static override readonly properties = { state: { attribute: false } };
  /** Undefined until the host has sent it. */
  declare state: WhatIfState | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    if (!this.state || !before?.isReading || this.state.isReading) return;
    const { reason, result } = this.state;
    announce(this, reason ?? (result ? whatIfTotal(result) : ''));
  }

  protected override render(): TemplateResult {
    const { offered = [], choice, isReading = false, reason, result } = this.state ?? {};
    return html`<h2 id="what-if-title">What if</h2>
      <p class="note">What the requests below would have cost elsewhere, by your own tokens and answers.</p>
      <div class="what-if-choice">${this.modelChoice(offered, choice)}${this.routeChoice(choice)}${
        isReading ? html`<span class="what-if-reading"><span class="spinner"></span>Reading…</span>` : nothing
      }</div>
      ${reason === undefined ? nothing : html`<p class="problem" data-part="what-if-reason">${icons.warning}<span>${reason}</span></p>`}
      ${
        result
          ? html`<div aria-busy=${isReading ? 'true' : 'false'}>${whatIfTable(result, action => this.post({ type: 'tryWhatIf', action }))}</div>`
          : nothing
      }`;
  }

  private modelChoice(offered: readonly string[], choice: WhatIfChoice | undefined): TemplateResult {
    const chosen = choice ? (choice.model ?? same) : none;
    const option = (value: string, text: string) =>
      html`<option value=${value} ?selected=${value === chosen}>${text}</option>`;
    const change = (event: Event): void => {
      if (!(event.target instanceof HTMLSelectElement)) return;
      const { value } = event.target;
      // Until the user has picked another model, the one before is chosen still.
      if (value === other) event.target.value = chosen;
      this.choose(value, choice?.route ?? 'listed');
    };
    return html`<label class="filter"><span class="filter-name">Model</span>
      <select data-part="what-if-model" @change=${change}>
        ${choice ? nothing : option(none, 'Choose a model…')}
        ${option(same, 'The same models')}
        ${offered.map(id => option(id, id))}
        ${option(other, 'Another model…')}
      </select></label>`;
  }

  private routeChoice(choice: WhatIfChoice | undefined): TemplateResult | typeof nothing {
    if (!choice) return nothing;
    const isSame = choice.model === undefined;
    const change = (event: Event): void => {
      if (!(event.target instanceof HTMLSelectElement)) return;
      const route = routes.find(name => name === (event.target as HTMLSelectElement).value);
      if (route) this.choose(choice.model ?? same, route);
    };
    return html`<label class="filter"><span class="filter-name">Served</span>
      <select data-part="what-if-route" @change=${change}>${routes
        .filter(route => !isSame || route !== 'listed')
        .map(
          route =>
            html`<option value=${route} ?selected=${route === choice.route}>${routeNames[route]}</option>`,
        )}</select></label>`;
  }

  private choose(model: string, route: WhatIfRoute): void {
    if (model === none) return;
    if (model === other) this.post({ type: 'whatIfOther', route });
    // The same models at the listed price are what was paid.
    else if (model === same) this.post({ type: 'whatIf', route: route === 'listed' ? 'floor' : route });
    else this.post({ type: 'whatIf', model, route });
  }

  private post(message: FromUsagePage): void {
    postToHost(this, message);
  }
}
