import { readImageUrl } from '../base/imageData';
import type { ChatMessage, MessageImage } from './chatClient';
import { readParameters } from './parameterSettings';
import { readProviderRules } from './providerRules';
import type { RequestParameters } from './requestParameters';

export interface EditedRequest {
  readonly parameters: RequestParameters;
  readonly messages: readonly ChatMessage[];
}

/** What is wrong with an edited request, as a sentence. */
export interface EditProblem {
  readonly problem: string;
}

/** Fields that are always sent as they are; each may stay or go. */
const fixed = new Set(['stream', 'plugins', 'session_id']);
const roles = ['system', 'user', 'assistant'] as const;

/**
 * The request that the JSON of a body says, as a user edited it. Nothing is sent that "Sent" could not show: a field
 * that is not known is a problem, never dropped.
 */
export function readEditedBody(text: string): EditedRequest | EditProblem {
  const body = parse(text);
  if (typeof body === 'string') return { problem: body };
  const { model, messages, models, provider, ...others } = body;
  if (typeof model !== 'string' || model.trim() === '')
    return { problem: 'The field "model" must name a model.' };
  const read = readMessages(messages);
  if ('problem' in read) return read;
  const named = Object.fromEntries(Object.entries(others).filter(([name]) => !fixed.has(name)));
  const { parameters, unusable } = readParameters(named);
  const [wrong] = unusable;
  if (wrong !== undefined)
    return { problem: `The field "${wrong}" is not known or has a value that cannot be sent.` };
  if (parameters.maxTokens === undefined)
    return {
      problem: 'The field "max_tokens" must be a whole number above 0: no request goes out without a limit.',
    };
  const rules = readProviderRules(withoutMaxPrice(provider));
  if (rules.unusable[0] !== undefined)
    return {
      problem: `The field "provider.${rules.unusable[0]}" is not known or has a value that cannot be sent.`,
    };
  if (models !== undefined && !isTexts(models))
    return { problem: 'The field "models" must be a list of model ids.' };
  return {
    parameters: {
      ...parameters,
      model: model.trim(),
      maxTokens: parameters.maxTokens,
      ...(models && models.length > 0 && { fallbackModels: [...models] }),
      ...(rules.rules && { provider: rules.rules }),
    },
    messages: read.messages,
  };
}

function parse(text: string): Readonly<Record<string, unknown>> | string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    return 'The request must be one JSON object.';
  } catch (error) {
    return `The request is no valid JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`;
  }
}

/** The price bound follows from the limits: it is worked out anew. */
function withoutMaxPrice(provider: unknown): unknown {
  if (typeof provider !== 'object' || provider === null) return provider;
  return Object.fromEntries(Object.entries(provider).filter(([name]) => name !== 'max_price'));
}

function readMessages(value: unknown): { readonly messages: readonly ChatMessage[] } | EditProblem {
  if (!Array.isArray(value) || value.length === 0)
    return { problem: 'The field "messages" must hold messages.' };
  const messages: ChatMessage[] = [];
  for (const [index, entry] of value.entries()) {
    const { role, content } = toRecord(entry);
    const known = roles.find(each => each === role);
    const read = readContent(content);
    if (known === undefined || read === undefined)
      return {
        problem: `Message ${index + 1} must have a "role" (${roles.join(', ')}) and a "content" that is text, or a list of texts and of images as "data:" addresses (PNG, JPEG, WebP, GIF).`,
      };
    messages.push({ role: known, ...read });
  }
  return messages.some(({ role }) => role === 'user')
    ? { messages }
    : { problem: 'One of the messages must have the role "user".' };
}

/** Text, or a list as it stands where a prompt cache is asked for or images go along. */
function readContent(content: unknown): Pick<ChatMessage, 'content' | 'images'> | undefined {
  if (typeof content === 'string') return { content };
  if (!Array.isArray(content)) return undefined;
  const parts = content.map(toRecord);
  const images = parts.filter(({ type }) => type === 'image_url').map(toImage);
  const texts = parts.filter(({ type }) => type !== 'image_url').map(({ text }) => text);
  if (!isTexts(texts) || images.includes(undefined)) return undefined;
  const known = images.filter(image => image !== undefined);
  return { content: texts.join(''), ...(known.length > 0 && { images: known }) };
}

/** What lies on a server could not be counted, nor shown. */
function toImage({ image_url: image }: Readonly<Record<string, unknown>>): MessageImage | undefined {
  const { url } = toRecord(image);
  const facts = typeof url === 'string' ? readImageUrl(url) : undefined;
  return facts && typeof url === 'string' ? { url, width: facts.width, height: facts.height } : undefined;
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(each => typeof each === 'string');

const toRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
