import type { Prompt } from '../answers/prompt';
import type { WireModel } from '../catalogue/wireModel';
import { errorReply, type Reply } from '../http/reply';
import type { ChatBody } from './requestBody';

const sentencesByEffort: Readonly<Record<string, number>> = {
  none: 0,
  minimal: 1,
  low: 2,
  medium: 4,
  high: 8,
  xhigh: 12,
  max: 16,
};

export interface Thinking {
  readonly text: string;
  /** Whether any of it may be shown. */
  readonly visible: boolean;
}

/** How the model thinks about this request; the refusal when it cannot stop thinking but is told to. */
export function think(model: WireModel, body: ChatBody, prompt: Prompt): Thinking | Reply {
  const { reasoning: ability } = model;
  const { effort, enabled, exclude } = body.reasoning;
  if (!ability) return { text: '', visible: true };
  if (effort === 'none' || enabled === false) {
    return ability.mandatory
      ? errorReply(400, 'Reasoning is mandatory for this endpoint and cannot be disabled.', {
          metadata: { error_type: 'invalid_request' },
        })
      : { text: '', visible: true };
  }
  const isOn = ability.mandatory || ability.default_enabled || body.asksForReasoning;
  if (!isOn) return { text: '', visible: true };
  const sentences = sentencesByEffort[String(effort ?? ability.default_effort ?? 'medium')] ?? 4;
  return { text: thoughts(prompt, sentences), visible: exclude !== true };
}

export const isObjection = (value: Thinking | Reply): value is Reply => 'status' in value;

function thoughts(prompt: Prompt, sentences: number): string {
  const lineCount = prompt.code.split('\n').length;
  const stock = [
    `The user wants me to ${prompt.action === 'answer' ? 'answer' : `${prompt.action} something`}.`,
    `There are ${lineCount} lines to look at.`,
    'I start with the names, because they say what the author meant.',
    'Then I follow the data from the arguments to the result.',
    'Edge cases: empty input, very large input, input of the wrong type.',
    'A short answer with a list and one code block will do.',
    'I should not change what was not asked for.',
    'Let me check that once more.',
  ];
  return Array.from({ length: sentences }, (_, index) => stock[index % stock.length]).join(' ');
}

/** The `format` of a vendor's `reasoning_details`. */
export function reasoningFormat(modelId: string): string {
  if (/^~?anthropic\//.test(modelId)) return 'anthropic-claude-v1';
  if (modelId.startsWith('openai/')) return 'openai-responses-v1';
  if (modelId.startsWith('google/')) return 'google-gemini-v1';
  if (modelId.startsWith('x-ai/')) return 'xai-responses-v1';
  return 'unknown';
}
