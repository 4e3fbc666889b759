import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../core/base/formatCount';
import type { Answer } from '../../core/chat/answer';
import { isStoppedByMoney } from '../../core/chat/continuing';
import type { Turn } from '../../core/chat/conversation';
import { stageNotices } from '../../core/chat/routingText';
import { servedInstead } from '../../core/chat/servedText';
import { stopsBilling } from '../../core/money/stopBilling';
import { icons } from '../shared/icons';
import { answerImages } from './context/answerImages';
import { continueNotice } from './continueNotice';
import { actionButtons, failureContent } from './failureView';
import { toSafeHref } from './markdown/links';
import { notice } from './notice';

type Part = TemplateResult | typeof nothing;

/** Everything a turn shows besides the answer itself. */
export function turnNotices(turn: Turn): TemplateResult {
  const { answer } = turn;
  return html`${answerImages(answer)}${toolCalls(answer)}${citations(answer)}${noText(answer)}${instead(turn)}${onTheWay(answer)}${lowered(turn)}${limit(turn)}${stopped(answer)}${failure(turn)}${continueNotice(turn)}`;
}

function toolCalls({ toolCalls: calls }: Answer): Part {
  return calls.length === 0
    ? nothing
    : html`${calls.map(call =>
        notice(
          icons.tools,
          html`The model asked to run a tool (<code>${call.name}</code>). Ask OpenRouter runs none.
          <details class="fold"><summary>Arguments</summary><pre class="arguments" dir="ltr" tabindex="0" role="group" aria-label="Arguments">${call.arguments}</pre></details>`,
        ),
      )}`;
}

function citations({ citations: sources }: Answer): Part {
  if (sources.length === 0) return nothing;
  return html`<section class="citations" aria-label="Sources"><div class="citations-title">Sources</div><ol class="citations-list">${sources.map(
    ({ url, title }) => {
      const href = toSafeHref(url);
      const text = title || url;
      return html`<li dir="auto">${href ? html`<a href=${href} title=${href} rel="noreferrer noopener">${text}</a>` : text}</li>`;
    },
  )}</ol></section>`;
}

function noText({ status, text, reasoning, toolCalls: calls, imageCount }: Answer): Part {
  const isEmpty = text.trim() === '' && calls.length === 0 && imageCount === 0;
  if (!isEmpty || (status !== 'completed' && status !== 'truncated')) return nothing;
  return notice(
    icons.info,
    reasoning === '' ? 'The model sent no text.' : 'The model sent its reasoning (above) but no answer text.',
  );
}

/** That a fallback answered. */
function instead(turn: Turn): Part {
  const other = servedInstead(turn);
  if (!other) return nothing;
  return notice(
    icons.info,
    html`<div data-part="served-instead" data-value=${other.served} dir="auto">${other.sentence}</div>`,
  );
}

/** What OpenRouter did to the texts on their way: never left to who opens the details. */
function onTheWay({ routing }: Answer): Part {
  return html`${stageNotices(routing).map(({ type, sentence, words, kind }) =>
    notice(
      icons.info,
      html`<div data-part="stage-notice" data-value=${type} dir="auto">${sentence}${
        words === undefined ? nothing : ` OpenRouter: “${words}”`
      }</div>`,
      kind,
    ),
  )}`;
}

function limit(turn: Turn): Part {
  const { sent, answer } = turn;
  if (answer.status !== 'truncated' || isStoppedByMoney(turn)) return nothing;
  const used = answer.usage?.completionTokens;
  // Some providers stop a few tokens early; an answer that stopped well below this limit hit another one.
  const isOwnLimit = used === undefined || used >= sent.parameters.maxTokens * 0.9;
  return notice(
    icons.info,
    html`${
      isOwnLimit
        ? `The answer hit the limit of ${formatCount(sent.parameters.maxTokens)} tokens (maxTokens).`
        : `The answer stopped at ${formatCount(used)} tokens, below maxTokens (${formatCount(sent.parameters.maxTokens)}): the model's own limit was reached.`
    } ${isOwnLimit ? actionButtons(['openMaxTokensSetting']) : nothing}`,
    'warning',
  );
}

function stopped({ status, cost, text, provider, ending }: Answer): Part {
  if (status !== 'cancelled' || ending?.moneyStop) return nothing;
  const kept =
    text === '' ? 'You stopped this request.' : 'You stopped this answer; what had arrived is kept.';
  const isOpen = cost?.state === 'pending' || cost?.state === 'unknown';
  return notice(icons.info, isOpen ? `${kept} ${billingAfterStop(provider)}` : kept);
}

function billingAfterStop(provider: string | undefined): string {
  const stops = stopsBilling(provider);
  if (stops === undefined) return `${provider ?? 'The provider'} may still bill all of it.`;
  return stops
    ? `${provider} stops billing when it is stopped.`
    : `${provider} bills the whole answer all the same.`;
}

/** Shown when the answer was allowed fewer tokens than the setting says. */
function lowered({ sent }: Turn): Part {
  return sent.maxTokensReason === undefined
    ? nothing
    : notice(
        icons.info,
        `The answer was limited to ${formatCount(sent.parameters.maxTokens)} tokens ${sent.maxTokensReason}.`,
      );
}

function failure(turn: Turn): Part {
  const failed = turn.answer.ending?.failure;
  return failed ? notice(icons.error, failureContent(turn, failed), 'error') : nothing;
}
