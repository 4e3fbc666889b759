import { html, nothing, type TemplateResult } from 'lit';
import type { Turn } from '../../core/chat/conversation';
import type { Passport, Recipient, SentFile } from '../../core/usage/passport/passport';

type Part = TemplateResult | typeof nothing;

/** What left with a turn and who saw it: asked of the host when it is opened. */
export function passportView(
  { answer }: Turn,
  passport: Passport | undefined,
  onToggle: (event: Event) => void,
): Part {
  if (answer.status === 'streaming') return nothing;
  return html`<details class="fold" data-part="passport" @toggle=${onToggle}>
    <summary><span class="fold-name">Who saw this</span></summary>
    <div class="fold-body">${passport === undefined ? 'Looking it up…' : facts(passport)}</div>
  </details>`;
}

function facts(passport: Passport): TemplateResult {
  if (!passport.hasLeft)
    return html`<div data-part="passport-nobody">Nobody: this request was stopped before anything left this machine.</div>`;
  return html`<dl class="routing-facts">
    ${fact('passport-files', 'Code', filesText(passport.files))}
    ${fact('passport-endpoint', 'Sent to', passport.endpoint)}
    ${fact('passport-providers', 'Passed on to', recipientsText(passport.recipients))}
    ${fact('passport-where', 'Served', servedText(passport))}
    ${fact('passport-rules', 'Rules sent', passport.rules.join(', ') || 'none')}
    ${fact('passport-retention', 'Retention', passport.retention)}
    ${fact('passport-training', 'Training', passport.training)}
  </dl>`;
}

const fact = (part: string, label: string, text: string | undefined): Part =>
  text === undefined || text === ''
    ? nothing
    : html`<div><dt>${label}</dt><dd data-part=${part} dir="auto">${text}</dd></div>`;

const filesText = (files: readonly SentFile[]): string =>
  files.length === 0
    ? 'none'
    : files
        .map(
          ({ path, lines, scope, isEarlier }) =>
            `${path}${lines === '' ? ` (${scope})` : `:${lines}`}${isEarlier ? ' (earlier turn)' : ''}`,
        )
        .join(', ');

const recipientsText = (recipients: readonly Recipient[]): string =>
  recipients.length === 0
    ? 'nobody, as far as OpenRouter tells'
    : recipients
        .map(({ provider, answered }) => (answered ? provider : `${provider} (did not answer)`))
        .join(', ');

const servedText = ({ model, quantization, region, serviceTier }: Passport): string =>
  [
    model,
    quantization && `quantization ${quantization}`,
    region && `region ${region}`,
    serviceTier && `tier ${serviceTier}`,
  ]
    .filter(Boolean)
    .join(', ');
