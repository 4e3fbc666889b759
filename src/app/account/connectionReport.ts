import type { Generation, KeyInfo } from '../../core/chat/account';
import type { Answer } from '../../core/chat/answer';
import type { Cost } from '../../core/money/cost';
import type { Usage } from '../../core/money/usage';
import { dayOf } from './describeKey';

/** Lines of the connection check's report, in Markdown. Whatever a server wrote is shown as code. */
export const passed = (text: string): string => `✓ ${text}\n\n`;
export const failed = (text: string): string => `✗ ${text}\n\n`;

const code = (value: string | number | undefined): string =>
  value === undefined ? 'not sent' : `\`${String(value).replaceAll('`', "'")}\``;

export function keyLine(key: KeyInfo): string {
  const cap =
    key.limitUsd === undefined
      ? 'no spending limit of its own'
      : `limit $${key.limitUsd}, $${key.limitRemainingUsd ?? '?'} left`;
  const used = key.usageUsd === undefined ? '' : `, $${key.usageUsd} used so far`;
  return passed(`**The key is valid:** ${code(key.label)}, ${cap}${used}; ${belongings(key)}.`);
}

/** How long the key holds, and what it belongs to. */
function belongings({ expiresAt, workspaceId, allowedRegions }: KeyInfo): string {
  return [
    expiresAt === undefined ? 'no expiry date' : `expires ${code(dayOf(expiresAt))}`,
    ...(allowedRegions ? [`data regions ${code(allowedRegions.join(', ') || 'none')}`] : []),
    ...(workspaceId === undefined ? [] : [`workspace ${code(workspaceId)}`]),
  ].join(', ');
}

/** The response's fields one by one, each with what it is good for. */
export function fieldLines(answer: Answer, cost: Cost | undefined, asked: string): string {
  const { usage } = answer;
  const lines = [
    `- \`id\`: ${code(answer.generationId)} – names this request for ever; its cost can be looked up with it.`,
    `- \`model\`: ${code(answer.servedModel)} – what really answered${
      answer.servedModel === asked ? '' : `; you asked for ${code(asked)}`
    }${answer.provider === undefined ? '' : `, served by ${code(answer.provider)}`}.`,
    `- \`finish_reason\`: ${code(answer.finishReason)} – \`stop\` is a complete answer, \`length\` one cut off by \`max_tokens\`.`,
    `- \`usage\`: ${usageWords(usage)}.`,
    `- cost: ${costWords(cost)}.`,
  ];
  return `${passed('**The response, field by field:**')}${lines.join('\n')}\n\n`;
}

function usageWords(usage: Usage | undefined): string {
  if (usage === undefined) return 'not sent';
  return `${code(usage.promptTokens)} tokens in and ${code(usage.completionTokens)} tokens out, as the model's own tokenizer counts them`;
}

function costWords(cost: Cost | undefined): string {
  if (cost?.usd === undefined) return 'not known yet';
  return cost.state === 'free' ? '$0: this was free' : `**$${cost.usd}**, ${cost.state}`;
}

export function generationLine(generation: Generation, cost: Cost | undefined): string {
  const { costUsd } = generation.usage;
  const agrees =
    costUsd !== undefined && (costUsd === cost?.usd || (costUsd === '0' && cost?.state === 'free'));
  return passed(
    `**Looked up again at \`/generation\`:** OpenRouter's own record says $${costUsd ?? '?'}${
      agrees ? ', the same as above' : ''
    }.`,
  );
}
