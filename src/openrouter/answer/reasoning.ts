import { isRecord, type Json, toText } from '../wire/json';

/** Fields in which models are known to send what they think, the commonest first. */
const reasoningFields = [
  'reasoning',
  'reasoning_content',
  'reasoning_text',
  'thinking',
  'thinking_content',
  'thought',
];

/** What a delta tells of the model's thinking. Servers repeat the same text in several fields: one counts. */
export function readReasoning(delta: Json): string | undefined {
  for (const field of reasoningFields) {
    const value = delta[field];
    const text = value === undefined || value === null ? undefined : textOfThought(value);
    if (text !== undefined) return text;
  }
  return (
    readableDetails(delta.reasoning_details) ?? readableDetails(delta.thinking_blocks) ?? thoughtParts(delta)
  );
}

/** Content may be a list of parts, some of which are thoughts. */
function thoughtParts({ content }: Json): string | undefined {
  if (!Array.isArray(content)) return undefined;
  const thoughts = content.filter(isThought);
  return toText(thoughts.map(part => textOfThought(part) ?? '').join(''));
}

/** The text of a part that is a thought: of one kind or another, or marked as such. */
export function isThought(part: unknown): part is Json {
  if (!isRecord(part)) return false;
  const { type } = part;
  return part.thought === true || (typeof type === 'string' && /^(thinking|reasoning|thought)/.test(type));
}

/** A thought holds its text in `text`, `thinking`, `summary` or `content`, or in a list of parts that do. */
function textOfThought(value: unknown, depth = 0): string | undefined {
  if (depth > 4) return undefined;
  if (typeof value === 'string') return toText(value);
  if (Array.isArray(value)) return toText(value.map(part => textOfThought(part, depth + 1) ?? '').join(''));
  if (!isRecord(value)) return undefined;
  const { text, thinking, reasoning, summary, content } = value;
  return [text, thinking, reasoning, summary, content]
    .map(field => textOfThought(field, depth + 1))
    .find(found => found !== undefined);
}

/** The text of reasoning blocks that carry any; encrypted ones are not for reading. */
function readableDetails(details: unknown): string | undefined {
  if (!Array.isArray(details)) return undefined;
  return toText(details.map(detail => textOfThought(detail) ?? '').join(''));
}
