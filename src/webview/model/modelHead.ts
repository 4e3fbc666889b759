import { html, nothing, type TemplateResult } from 'lit';
import type { ModelSign } from '../../core/models/modelRow';
import type { FromModelPage } from '../../protocol/modelMessages';
import type { ModelPageState } from '../../protocol/modelState';
import { copyText } from '../shared/copied';
import { icons } from './icons';

type Post = (message: FromModelPage) => void;

const signs: Readonly<Record<ModelSign, string>> = {
  vision: 'Reads images',
  reasoning: 'Can reason',
  tools: 'Calls tools',
  free: 'Free',
  varies: 'Price varies',
  zeroRetention: 'Zero retention possible',
  ending: 'Goes away',
};

/** Which model it is, what must be known first, and what can be done with it. */
export function modelHead(state: ModelPageState, post: Post): TemplateResult {
  const { model, isFavourite, listNote } = state;
  const label = isFavourite ? 'No longer a favourite' : 'Make it a favourite';
  return html`<header class="model-head">
    <div class="title-line"><h1 tabindex="-1">${model.name}</h1>
      <button type="button" class="icon-button" data-part="star" aria-label=${label} title=${label} aria-pressed=${isFavourite ? 'true' : 'false'}
        @click=${() => post({ type: 'star', model: model.id })}>${isFavourite ? icons.starred : icons.star}</button></div>
    <p class="id-line"><code data-part="model-id" data-value=${model.id}>${model.id}</code>
      <button type="button" class="icon-button" data-part="copy-id" aria-label="Copy the model id" title="Copy Model Id" @click=${(event: Event) => copyText(event, model.id)}>${icons.copy}</button></p>
    ${signList(state)}
    ${model.warnings.map(warning => html`<p class="problem" data-part="model-warning">${icons.warning}<span>${warning}</span></p>`)}
    ${listNote === undefined ? nothing : html`<p class="problem" role="status" data-part="list-note">${icons.warning}<span>${listNote}</span></p>`}
    ${actions(state, post)}
    ${routingLine(state, post)}
  </header>`;
}

function signList({ model }: ModelPageState): TemplateResult | typeof nothing {
  if (model.signs.length === 0 && !model.isNew) return nothing;
  return html`<ul class="signs" aria-label="In short">
    ${model.signs.map(sign => html`<li data-value=${sign}>${signs[sign]}</li>`)}
    ${model.isNew ? html`<li data-value="new">New</li>` : nothing}
  </ul>`;
}

function actions({ model, inUseAs }: ModelPageState, post: Post): TemplateResult {
  return html`<div class="page-actions">
    ${
      inUseAs === model.id
        ? html`<span class="in-use" data-part="in-use" data-value=${inUseAs}>${icons.check}In use</span>`
        : html`<button type="button" class="button" data-part="use-model" @click=${() => post({ type: 'use', model: model.id })}>Use This Model</button>`
    }
    <button type="button" class="button secondary" data-part="compare-with" @click=${() => post({ type: 'compare', model: model.id })}>${icons.compare}Compare With…</button>
    <button type="button" class="button secondary" data-part="open-on-openrouter" @click=${() => post({ type: 'openLink', href: model.address })}>${icons.linkExternal}Open on openrouter.ai</button>
    ${inUseAs === undefined || inUseAs === model.id ? nothing : html`<span class="note">In use as <code data-part="in-use" data-value=${inUseAs}>${inUseAs}</code></span>`}
  </div>`;
}

/** The rules in force hold for this model, too, once it is used. */
function routingLine({ routing, pin }: ModelPageState, post: Post): TemplateResult | typeof nothing {
  if (routing === undefined) return nothing;
  return html`<p class="routing-line" data-part="routing" data-value=${pin ?? nothing}><span>Your routing for every request: ${routing}</span>
    ${
      pin === undefined
        ? nothing
        : html`<button type="button" class="button secondary" data-part="any-provider" @click=${() => post({ type: 'anyProvider' })}>Any Provider Again</button>`
    }
    <button type="button" class="button secondary" data-part="pick-routing" @click=${() => post({ type: 'pickRouting' })}>Routing…</button></p>`;
}
