import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { columnName } from '../../../core/chat/comparison';
import type { Turn } from '../../../core/chat/conversation';
import { firstVersionId, shownVersion } from '../../../core/chat/versions';
import { icons } from '../../shared/icons';
import { postToHost } from '../../shared/pageEvents';
import { TurnView } from '../turnView';
import { comparisonSummary } from './comparisonSummary';
import { type PassageContext, versionsView } from './versionsView';

/** The answers of several models to the same question, side by side; below each other where there is no room. */
export function comparisonView(
  columns: readonly (readonly Turn[])[],
  context: PassageContext,
): TemplateResult {
  const shown = columns.flatMap(versions => shownVersion(versions, context.choices) ?? []);
  const [first] = columns[0] ?? [];
  const group = first?.group ?? '';
  const current = shown.map(context.shownTurn);
  const isRunning = current.some(({ answer }) => answer.status === 'streaming');
  return html`<section class="compare" data-part="compare" aria-labelledby="compare-${group}">
    <header class="compare-head"><h2 id="compare-${group}" dir="auto">${first?.title ?? ''}</h2>
      <span class="compare-count">${columns.length} answers</span>${isRunning ? stopAll(group) : nothing}</header>
    <div class="compare-columns">${repeat(
      columns,
      ([turn]) => (turn ? firstVersionId(turn) : ''),
      versions => column(versions, current, context),
    )}</div>
    ${comparisonSummary(current)}
  </section>`;
}

/** The turns in a child of the page's list of passages. */
export function turnViewsIn(child: Element): TurnView[] {
  if (child instanceof TurnView) return [child];
  if (!child.matches('.compare')) return [];
  return [...child.querySelectorAll(':scope > .compare-columns > .compare-column > ask-turn')].filter(
    element => element instanceof TurnView,
  );
}

function column(
  versions: readonly Turn[],
  current: readonly Turn[],
  context: PassageContext,
): TemplateResult {
  const shown = current.find(turn => versions.some(({ id }) => id === turn.id));
  return html`<div class="compare-column">${versionsView(versions, context)}${shown ? controls(shown, current, context) : nothing}</div>`;
}

/** What can be done with one answer beside the others, once it has ended. */
function controls(
  turn: Turn,
  current: readonly Turn[],
  { choices }: PassageContext,
): TemplateResult | typeof nothing {
  if (turn.answer.status === 'streaming' || turn.answer.text === '') return nothing;
  const isKept = choices?.kept.includes(turn.id) === true;
  const others = current.filter(other => other !== turn && other.answer.text !== '');
  const keep = (event: Event): void => {
    if (event.currentTarget) postToHost(event.currentTarget, { type: 'keepAnswer', turnId: turn.id });
  };
  return html`<div class="compare-controls">
    <button class="button secondary" data-part="keep" aria-pressed=${isKept} @click=${keep}
      aria-label="${isKept ? 'Kept' : 'Keep this one'}: ${columnName(turn)}" title="Follow-up questions go on from this answer; the others stay here"
      >${isKept ? html`${icons.check}Kept` : 'Keep this one'}</button>
    ${others.length === 0 ? nothing : html`<ask-answer-diff .shown=${turn} .others=${others}></ask-answer-diff>`}
  </div>`;
}

function stopAll(group: string): TemplateResult {
  const stop = (event: Event): void => {
    if (event.currentTarget) postToHost(event.currentTarget, { type: 'stop', turnId: group });
  };
  return html`<button class="button secondary" data-part="stop-all" @click=${stop}>${icons.stop}Stop all</button>`;
}
