import type { Redactor } from '../../core/base/redact';
import type { RawBody, RawResponse } from '../../core/chat/rawResponse/rawResponse';
import { isRecord, parseJson } from '../wire/json';

/** What is beyond these bounds is left out: nobody reads it, and it is kept in memory. */
const longestText = 200_000;
const longestPlain = 20_000;
const mostItems = 500;
const mostFields = 200;
const deepest = 16;
/** Of a picture's data so much is shown. */
const shownData = 60;

const toldHeaders = ['content-type', 'x-generation-id', 'x-request-id', 'cf-ray', 'retry-after'] as const;

/** The response as it may be shown: without the key, and without the account's id. */
export function toRawResponse(response: Response, body: RawBody, redactor: Redactor): RawResponse {
  const headers = toldHeaders.flatMap(name => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, redactor.redactStart(value, 200)]];
  });
  return {
    ...body,
    httpStatus: response.status,
    headers: Object.fromEntries(headers),
    body: toShown(body.form === 'text' ? withoutAccount(body.body) : body.body, redactor),
  };
}

/** The body of a response that came whole. */
export function toRawBody(text: string): RawBody {
  const json = parseJson(text);
  if (typeof json === 'object' && json !== null) return { form: 'json', body: json };
  return { form: 'text', body: text.slice(0, longestPlain) };
}

function toShown(value: unknown, redactor: Redactor, depth = 0): unknown {
  if (typeof value === 'string') return shownText(value, redactor);
  if (depth >= deepest) return undefined;
  if (Array.isArray(value)) return value.slice(0, mostItems).map(item => toShown(item, redactor, depth + 1));
  if (!isRecord(value)) return value;
  const fields = Object.entries(value)
    .slice(0, mostFields)
    .map(([name, field]) => [
      redactor.redactStart(name, 1000),
      isAccountId(name, field)
        ? 'user_…'
        : toShown(name === 'raw' ? withoutAccount(field) : field, redactor, depth + 1),
    ]);
  return Object.fromEntries(fields);
}

function shownText(text: string, redactor: Redactor): string {
  const isData = text.startsWith('data:') && text.length > shownData;
  if (isData) return `${redactor.redactStart(text, shownData)}… (${text.length} characters)`;
  const shown = redactor.redactStart(text, longestText);
  return text.length > longestText ? `${shown}… (${text.length} characters)` : shown;
}

/** What providers say is JSON in a text, and may name the account, too. */
const withoutAccount = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/(user_id\\?"\s*:\s*\\?")[^"\\]+/g, '$1user_…') : value;

const isAccountId = (name: string, value: unknown): boolean =>
  /^(?:creator_)?user_id$/.test(name) && typeof value === 'string' && value !== '';
