import { html, nothing, type TemplateResult } from 'lit';
import type { Turn } from '../../core/chat/conversation';
import type { Failure, ModelOffer } from '../../core/chat/failure';
import { type FailureAction, labelOf } from '../../core/chat/failureAction';
import { failureDetails } from '../../core/chat/failureDetails';
import { describeFailure } from '../../core/chat/failureText';
import { icons } from '../shared/icons';

type Part = TemplateResult | typeof nothing;

/** Why a turn failed: one sentence, the buttons that help, the best one first, and the details folded. */
export function failureContent({ sent }: Turn, failure: Failure): TemplateResult {
  const { sentence, actions } = describeFailure(failure, sent.parameters.model);
  return html`<div data-part="error" data-value=${failure.kind} dir="auto">${sentence}</div>
    ${actionButtons(actions, failure)}${details(failure)}`;
}

/** `useModel` has a button for each model. */
export function actionButtons(
  actions: readonly FailureAction[],
  failure: Failure = { kind: 'unknown' },
): TemplateResult {
  const buttons = actions.flatMap(action =>
    action === 'useModel' ? (failure.alternatives ?? []).map(offerButton) : [button(action, failure)],
  );
  return html`<span class="actions">${buttons.map((toButton, index) =>
    toButton(index === 0 ? '' : 'secondary'),
  )}</span>`;
}

type ToButton = (kind: string) => TemplateResult;

const button =
  (action: FailureAction, failure: Failure): ToButton =>
  kind =>
    html`<button class="button ${kind}" data-part="error-action" data-value=${action}>${labelOf(action, failure)}</button>`;

const offerButton =
  ({ id, price }: ModelOffer): ToButton =>
  kind =>
    html`<button class="button ${kind}" data-part="error-action" data-value="useModel" data-model=${id}
      title=${price ?? nothing}>Use ${id}</button>`;

function details(failure: Failure): Part {
  const known = failureDetails(failure);
  if (known.length === 0) return nothing;
  return html`<details class="fold" data-part="error-details">
    <summary><span class="fold-name">Details</span></summary>
    <div class="fold-body">
      <dl class="routing-facts">${known.map(
        ({ label, value }) => html`<div><dt>${label}</dt><dd dir="auto">${value}</dd></div>`,
      )}</dl>
      <button class="icon-button" data-part="copy-error" aria-label="Copy details" title="Copy Details">${icons.copy}</button>
    </div>
  </details>`;
}
