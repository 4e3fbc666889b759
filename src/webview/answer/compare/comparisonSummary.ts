import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../../core/base/formatCount';
import { columnName, speedOf, summarize } from '../../../core/chat/comparison';
import type { Turn } from '../../../core/chat/conversation';
import { formatDuration } from '../../shared/figures';

/** The row below the answers: which is the cheapest, the fastest and the longest, and what all of them cost. */
export function comparisonSummary(turns: readonly Turn[]): TemplateResult {
  const { running, completed, failed, totalUsd, openCosts, cheapest, fastest, longest } = summarize(turns);
  const counts = [
    running > 0 ? `${running} running` : '',
    `${completed} completed`,
    failed > 0 ? `${failed} failed` : '',
  ].filter(Boolean);
  return html`<dl class="compare-summary" data-part="compare-summary">
    <div><dt>Answers</dt><dd data-part="compare-counts">${counts.join(', ')}</dd></div>
    <div><dt>Cost of all</dt><dd data-part="compare-total" data-value=${totalUsd}>$${totalUsd}${
      openCosts > 0 ? ` + ${openCosts} not known yet` : nothing
    }</dd></div>
    ${cheapest ? fact('compare-cheapest', 'Cheapest', cheapest, cheapest.answer.cost?.usd ?? '0', costText(cheapest)) : nothing}
    ${fastest ? fact('compare-fastest', 'Fastest', fastest, fastest.answer.ending?.durationMs ?? 0, timeText(fastest)) : nothing}
    ${longest ? fact('compare-longest', 'Longest', longest, longest.answer.text.length, lengthText(longest)) : nothing}
  </dl>`;
}

const fact = (
  part: string,
  label: string,
  turn: Turn,
  value: string | number,
  text: string,
): TemplateResult =>
  html`<div><dt>${label}</dt><dd data-part=${part} data-value=${value} data-turn=${turn.id}>${columnName(turn)}: ${text}</dd></div>`;

const costText = ({ answer }: Turn): string =>
  answer.cost?.state === 'free' ? 'free' : `$${answer.cost?.usd ?? ''}`;

function timeText(turn: Turn): string {
  const { durationMs = 0, ttftMs } = turn.answer.ending ?? {};
  const speed = speedOf(turn);
  return [
    formatDuration(durationMs),
    ttftMs === undefined ? '' : `first token ${formatDuration(ttftMs)}`,
    speed === undefined ? '' : `${formatCount(Math.round(speed))} tokens/s`,
  ]
    .filter(Boolean)
    .join(', ');
}

const lengthText = ({ answer }: Turn): string => {
  const { completionTokens } = answer.usage ?? {};
  const characters = `${formatCount(answer.text.length)} characters`;
  return completionTokens === undefined
    ? characters
    : `${characters}, ${formatCount(completionTokens)} tokens`;
};
