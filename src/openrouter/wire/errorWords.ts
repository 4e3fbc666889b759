import { isRecord, type Json, parseJson, toList, toRecord, toScalarText, toText } from './json';

/** Where servers put what a person shall read; the first that has words counts. */
const wordFields = [
  'message',
  'msg',
  'detail',
  'error_description',
  'error_message',
  'description',
  'title',
  'reason',
  'raw',
  'data',
];
const deepest = 8;
/** More of a list than this is not read out. */
const mostIssues = 5;

/**
 * The words in what a server sent as an error: a text, a list of texts or issues, an object that has them in
 * some field, however deep, or JSON of that within a text, whatever stands around it. Undefined when there
 * are none.
 */
export function wordsIn(value: unknown, depth = 0): string | undefined {
  if (depth > deepest) return undefined;
  if (typeof value === 'string') return wordsInText(value, depth);
  if (Array.isArray(value)) {
    const issues = value.slice(0, mostIssues).map(item => issueWords(item, depth + 1));
    return [...new Set(issues.filter(issue => issue !== undefined))].join('; ') || undefined;
  }
  return isRecord(value) ? wordsInRecord(value, depth) : undefined;
}

/** The words of an object: those of an error within it, else its own, else its code. */
function wordsInRecord(record: Json, depth: number): string | undefined {
  const inner = [record.error, record.errors].find(field => isRecord(field) || Array.isArray(field));
  return (
    wordsIn(inner, depth + 1) ??
    wordsOfField(record, depth) ??
    (typeof record.error === 'string' ? wordsIn(record.error, depth + 1) : undefined) ??
    wordsByField(record.errors, depth + 1) ??
    toText(record.code)
  );
}

function wordsOfField(record: Json, depth: number): string | undefined {
  for (const field of wordFields) {
    const words = wordsIn(record[field], depth + 1);
    if (words !== undefined) return words;
  }
  return undefined;
}

/** One problem of a list: its words, after the place in the request that they are about. */
function issueWords(issue: unknown, depth: number): string | undefined {
  const words = wordsIn(issue, depth);
  const { path, loc } = toRecord(issue);
  const place = [...toList(path), ...toList(loc)].map(toScalarText).filter(part => part !== 'body');
  return words === undefined ? undefined : [place.join('.'), words].filter(Boolean).join(': ');
}

/** `{ "temperature": ["must be below 2"] }`: problems by the field that has them. */
function wordsByField(value: unknown, depth: number): string | undefined {
  if (!isRecord(value)) return undefined;
  const issues = Object.entries(value)
    .slice(0, mostIssues)
    .map(([field, problem]) => [field, wordsIn(problem, depth)])
    .filter(([, words]) => words !== undefined);
  return issues.map(issue => issue.join(': ')).join('; ') || undefined;
}

/** JSON within the text gives way to its words; what stands behind it are ids and copies. */
function wordsInText(text: string, depth: number): string | undefined {
  const trimmed = text.trim();
  if (isMarkup(trimmed)) return wordsInMarkup(trimmed);
  const start = trimmed.search(/\{|\[(?=\s{0,20}[[{"])/);
  if (start === -1) return trimmed || undefined;
  const before = trimmed.slice(0, start).replace(ssePrefix, '');
  const parsed = parseJson(trimmed.slice(start, endOfJson(trimmed, start)));
  if (parsed !== undefined) {
    const words = wordsIn(parsed, depth + 1);
    return words === undefined ? before.trimEnd().replace(/[:,]$/, '') || undefined : before + words;
  }
  const cut = wordsInBrokenJson(trimmed.slice(start));
  return cut === undefined ? trimmed : before + cut;
}

/** The fields of a server-sent event before its data. */
const ssePrefix = /^(?:event:[^\n]{0,100}\n)?\s*data:\s*$/i;

/** The JSON value in `text`, with or without the frame of a server-sent event; undefined when there is none. */
export function jsonIn(text: string): unknown {
  const trimmed = text.trim();
  const whole = parseJson(trimmed);
  if (whole !== undefined) return whole;
  const start = trimmed.search(/[{[]/);
  if (start === -1 || !ssePrefix.test(trimmed.slice(0, start))) return undefined;
  return parseJson(trimmed.slice(start, endOfJson(trimmed, start)));
}

/** Where the object or list that begins at `start` ends; the end of the text when it does not. */
function endOfJson(text: string, start: number): number {
  let depth = 0;
  let isQuoted = false;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (isQuoted) {
      if (character === '\\') index++;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') {
      isQuoted = true;
    } else if (character === '{' || character === '[') {
      depth++;
    } else if (character === '}' || character === ']') {
      depth--;
      if (depth === 0) return index + 1;
    }
  }
  return text.length;
}

/** The message in JSON that was cut off or is otherwise broken. */
function wordsInBrokenJson(text: string): string | undefined {
  const [, words] = /"(?:message|msg|detail)"\s{0,9}:\s{0,9}"((?:[^"\\]|\\.)+)/.exec(text) ?? [];
  return words?.replaceAll('\\"', '"').replaceAll('\\n', ' ');
}

export function isMarkup(text: string): boolean {
  return /^\s*(?:<!doctype|<html|<\?xml|<head|<body)/i.test(text);
}

/** The title of a page, else its text. */
function wordsInMarkup(page: string): string | undefined {
  const title = between(page, '<title', '</title');
  const text = title === undefined ? page : title.slice(title.indexOf('>') + 1);
  return (
    text
      .replace(/<[^<>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim() || undefined
  );
}

function between(text: string, start: string, end: string): string | undefined {
  const lower = text.toLowerCase();
  const from = lower.indexOf(start);
  const to = lower.indexOf(end, from);
  return from === -1 || to === -1 ? undefined : text.slice(from + start.length, to);
}

const uuid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
const longHash = /\b[0-9a-f]{24,}\b/gi;
const namedId =
  /\b(?:user|org|organization|team|member|key|workspace|ws|account|acct|project|proj|request|req)[_-](?=[a-z]{0,40}\d)[a-z0-9]{6,}\b/gi;
const requestId =
  / ?[([]?\b(?:request|req|trace|error)[ _-]?id\b(?: ?[:=] ?["']?[\w-]{1,100}["']?| (?=[\w-]{0,40}\d)[\w-]{6,100})[)\]]?/gi;

/** Words for people: on one line, without the ids of requests, users, teams and keys, which help nobody. */
export function readableWords(words: string): string {
  return words
    .replace(/\s+/g, ' ')
    .replace(requestId, '')
    .replace(uuid, '…')
    .replace(namedId, '…')
    .replace(longHash, '…')
    .trim();
}
