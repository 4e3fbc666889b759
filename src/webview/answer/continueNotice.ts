import { html, nothing, type TemplateResult } from 'lit';
import { canContinue, continueCosts, isStoppedByMoney } from '../../core/chat/continuing';
import type { Turn } from '../../core/chat/conversation';
import { leftPhrase } from '../../core/chat/spending';
import { icons } from '../shared/icons';
import { shortUsd, toCostView } from './figures';
import { notice } from './notice';

type Part = TemplateResult | typeof nothing;

/** Below an answer that is not whole: why, when a limit was the reason, and what going on would cost. */
export function continueNotice(turn: Turn): Part {
  const { answer } = turn;
  const sentence = moneySentence(turn);
  const isOffered = canContinue(turn) && !answer.isKept;
  if (sentence === undefined && !isOffered) return nothing;
  return notice(
    icons.info,
    html`${sentence === undefined ? nothing : html`<div data-part="money-stop">${sentence}</div>`}${
      isOffered ? continueButtons(turn) : nothing
    }`,
    sentence === undefined ? 'info' : 'warning',
  );
}

function continueButtons(turn: Turn): TemplateResult {
  const costs = continueCosts(turn);
  return html`<span class="actions"
    ><button class="button" data-part="continue" title="Go on with this answer where it stopped">${continueLabel(turn)}</button
    ><button class="button secondary" data-part="keep" title="Keep the answer as it is">Keep</button
    >${
      costs
        ? html`<span class="continue-costs" data-part="continue-costs"
            title="If the rest is as long as what is there">finish it ≈ <span data-part="finish-cost" data-value=${costs.finishUsd}>$${shortUsd(costs.finishUsd)}</span> · ask anew ≈ <span
            data-part="anew-cost" data-value=${costs.anewUsd}>$${shortUsd(costs.anewUsd)}</span></span>`
        : nothing
    }</span>`;
}

function continueLabel(turn: Turn): string {
  const cap = capOf(turn);
  return cap === undefined ? 'Continue' : `Continue for up to $${cap}`;
}

/** What the limit per answer allows once more, where it was the reason. */
function capOf({ answer, sent }: Turn): string | undefined {
  const { moneyStop } = answer.ending ?? {};
  if (moneyStop) return moneyStop.kind === 'maxAnswerCost' ? moneyStop.capUsd : undefined;
  return answer.status === 'truncated'
    ? /your limit of \$([\d.]+)/.exec(sent.maxTokensReason ?? '')?.[1]
    : undefined;
}

function moneySentence(turn: Turn): string | undefined {
  const { moneyStop } = turn.answer.ending ?? {};
  if (moneyStop)
    return `Stopped at ${leftPhrase(moneyStop.kind, moneyStop.capUsd)}: $${shortUsd(moneyStop.usd)} so far.`;
  if (!isStoppedByMoney(turn)) return undefined;
  const cost = toCostView(turn.answer);
  const soFar = cost?.usd === undefined ? '' : `: $${shortUsd(cost.usd)} so far`;
  return `Stopped at ${turn.sent.maxTokensReason?.replace(/^by /, '')}${soFar}.`;
}
