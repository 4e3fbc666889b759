import { type Json, parseJson, toList, toRecord } from '../wire/json';

/** A delta in which no others are filled says nothing but its text. */
const fieldsOfText = new Set(['role', 'content']);

/**
 * Reads chunks that are, letter by letter, the one before with another text: nearly all of a stream. Their text is all
 * that is new, so that most of what a token is wrapped in need not be parsed.
 */
export class RepeatedChunk {
  private start = '';
  private end = '';

  /** Has the next ones compared with `payload`, which was read as `chunk`. */
  learn(payload: string, chunk: Json): void {
    this.start = '';
    const text = onlyText(chunk);
    if (text === undefined) return;
    // As the server wrote it; one that escapes more than it must is not recognised.
    const literal = `"content":${JSON.stringify(text)}`;
    const at = payload.indexOf(literal);
    if (at < 0 || at !== payload.lastIndexOf('"content":')) return;
    this.start = payload.slice(0, at + '"content":"'.length);
    this.end = payload.slice(at + literal.length - 1);
  }

  /** The text of a chunk that is otherwise the learnt one; undefined for every other. */
  textOf(payload: string): string | undefined {
    const { start, end } = this;
    if (start === '' || payload.length <= start.length + end.length) return undefined;
    // Comparing slices is twice as quick as `startsWith`.
    if (payload.slice(0, start.length) !== start || payload.slice(-end.length) !== end) return undefined;
    const written = payload.slice(start.length, -end.length);
    if (!mayNeedParsing.test(written)) return written;
    // Text that would end the string is no JSON by itself.
    const text = parseJson(`"${written}"`);
    return typeof text === 'string' ? text : undefined;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows none within a string.
const mayNeedParsing = /["\\\u0000-\u001f]/;

/** The text of a chunk that is read for nothing else: no count, no end, no thought, no call. */
function onlyText(chunk: Json): string | undefined {
  const choices = toList(chunk.choices);
  const choice = toRecord(choices[0]);
  const delta = toRecord(choice.delta);
  const { content } = delta;
  const saysMore =
    choices.length !== 1 ||
    [chunk.usage, chunk.error, chunk.openrouter_metadata].some(isSaid) ||
    [choice.message, choice.error, choice.finish_reason, choice.native_finish_reason].some(isSaid) ||
    Object.keys(delta).some(field => !fieldsOfText.has(field) && !isEmpty(delta[field]));
  return !saysMore && typeof content === 'string' && content !== '' ? content : undefined;
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

const isSaid = (value: unknown): boolean => value !== undefined && value !== null;
