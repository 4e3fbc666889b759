import { html, nothing, type TemplateResult } from 'lit';
import type { AddedPart } from '../../../core/chat/addedPart';
import { addedLines, addedPlace, addedScope } from '../../../core/chat/addedText';

type Part = TemplateResult | typeof nothing;

/** "src/a.ts:1–20" */
function placeOf(part: AddedPart): string {
  const lines = addedLines(part);
  return `${addedPlace(part)}${lines === '' ? '' : `:${lines}`}`;
}

/** What was added, in the line that is always seen. */
export function addedInShort(added: readonly AddedPart[]): Part {
  if (added.length === 0) return nothing;
  const all = added.map(placeOf).join(', ');
  const short = added.length === 1 ? all : `${added.length} things added`;
  return html`<span class="place" title=${all}>${short}</span> `;
}

/** All that was added, as it was sent. */
export function addedView(added: readonly AddedPart[]): Part {
  return added.length === 0 ? nothing : html`${added.map(partView)}`;
}

function partView(part: AddedPart): TemplateResult {
  const head = `${placeOf(part)} (${addedScope(part)})`;
  return html`<div data-part="sent-added" data-value=${part.kind}><div class="fold-note" dir="auto">${head}</div>${
    part.kind === 'image'
      ? imageView(part.url, head)
      : html`<pre class="arguments" dir="ltr" tabindex="0" role="group" aria-label=${head}>${part.text}</pre>`
  }</div>`;
}

function imageView(url: string | undefined, head: string): TemplateResult {
  return url === undefined
    ? html`<div class="fold-note">The image itself is not kept.</div>`
    : html`<img class="sent-image" src=${url} alt=${head}>`;
}
