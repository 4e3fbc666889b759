import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../../core/base/formatCount';
import type { ComposerState } from '../../../protocol/answerMessages';
import type { ContextChip } from '../../../protocol/contextMessages';
import { postToHost } from '../../shared/pageEvents';

/** More names in a button are not read. */
const mostNamed = 2;

/** Why the question cannot be sent with what goes along, in words; '' when it can. */
export function noticeText(composer: ComposerState): string {
  const { tooMuch, needsVision, context = [] } = composer;
  const model = composer.modelName ?? composer.model;
  const problems = context.flatMap(({ problem }) => problem ?? []);
  return [
    tooMuch
      ? `This is about ${formatCount(tooMuch.overTokens)} tokens too much for ${model}, whose context is ${formatCount(tooMuch.contextTokens)} tokens.`
      : '',
    needsVision ? visionText(model, context) : '',
    ...problems,
  ]
    .filter(sentence => sentence !== '')
    .join(' ');
}

function visionText(model: string, context: readonly ContextChip[]): string {
  return context.some(({ kind }) => kind === 'image')
    ? `${model} does not read images.`
    : `${model} does not read images, and an image of an earlier turn goes along.`;
}

/** What stands in the way of sending, with what helps. */
export function contextNotice(
  composer: ComposerState,
  remove: (ids: readonly string[]) => void,
): TemplateResult | typeof nothing {
  const text = noticeText(composer);
  if (text === '') return nothing;
  const { tooMuch, needsVision, context = [] } = composer;
  const images = context.filter(({ kind }) => kind === 'image').map(({ id }) => id);
  const broken = context.filter(({ problem }) => problem !== undefined).map(({ id }) => id);
  const drop = tooMuch?.drop ?? [];
  return html`<div class="context-notice" data-part=${tooMuch ? 'too-much' : needsVision ? 'needs-vision' : 'context-problem'}
    data-value=${tooMuch?.overTokens ?? nothing}>${text}<span class="context-ways">${
      drop.length > 0 ? wayOut('drop-context', dropText(drop, context), () => remove(drop)) : nothing
    }${(tooMuch?.larger ?? []).map(offer => largerModel(offer))}${
      needsVision
        ? [
            visionModel,
            images.length > 0 ? wayOut('drop-images', 'Leave Images Out', () => remove(images)) : nothing,
          ]
        : nothing
    }${broken.length > 0 ? wayOut('drop-broken', dropText(broken, context), () => remove(broken)) : nothing}</span></div>`;
}

const wayOut = (part: string, label: string, act: () => void): TemplateResult =>
  html`<button type="button" class="button secondary" data-part=${part} @click=${act}>${label}</button>`;

/** "Drop big.ts", "Drop big.ts and 3 more" */
function dropText(ids: readonly string[], context: readonly ContextChip[]): string {
  const names = context.filter(({ id }) => ids.includes(id)).map(({ label }) => label);
  const rest = names.length - mostNamed;
  return rest > 0
    ? `Drop ${names.slice(0, mostNamed).join(', ')} and ${rest} more`
    : `Drop ${names.join(' and ')}`;
}

function largerModel({
  id,
  price,
  contextTokens,
}: NonNullable<ComposerState['tooMuch']>['larger'][number]): TemplateResult {
  const facts = [price, contextTokens === undefined ? undefined : `context ${formatCount(contextTokens)}`];
  const told = facts.filter(fact => fact !== undefined).join(', ');
  return html`<button type="button" class="button secondary" data-part="larger-model" data-value=${id} @click=${(
    event: Event,
  ) => {
    if (event.target) postToHost(event.target, { type: 'useLargerModel', model: id });
  }}>Use ${id}${told === '' ? '' : ` (${told})`}</button>`;
}

const visionModel = html`<button type="button" class="button secondary" data-part="pick-vision-model" @click=${(
  event: Event,
) => {
  if (event.target) postToHost(event.target, { type: 'pickVisionModel' });
}}>Pick a Model With Vision</button>`;
