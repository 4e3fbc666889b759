import { showOnOneLine } from '../../base/hiddenCharacters';
import type { RawResponse, RawTexts } from './rawResponse';
import { explainField } from './responseFields';

const unknownField = 'Ask OpenRouter does not know this field.';

/** A response as JSON with comments (JSONC): each field below one sentence that says what it means. */
export function rawResponseText(title: string, response: RawResponse, texts: RawTexts): string {
  const { form, body } = response;
  const value = form === 'stream' ? withTexts(body, texts) : body;
  const about = aboutResponse(title, response).map(line => `// ${showOnOneLine(line)}`);
  return `${[...about, writeValue(value, '', '')].join('\n')}\n`;
}

function aboutResponse(title: string, { form, httpStatus, headers, chunks = 0 }: RawResponse) {
  const told = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [
    `The response to “${title}” as it was received. Each field is explained once.`,
    [`HTTP ${httpStatus}`, ...told].join(' · '),
    ...(form === 'stream'
      ? [`It came in ${chunks === 1 ? 'one chunk' : `${chunks} chunks`}, put together here as one object.`]
      : []),
    ...(form === 'text' ? ['It is no JSON: this is how its text begins.'] : []),
    'No key stands in it, and secrets that were masked stay masked. It is kept in the memory of this window alone.',
  ];
}

/** The completion with what its message said. */
function withTexts(body: unknown, { content, reasoning, toolCalls }: RawTexts): unknown {
  if (!isObject(body) || !Array.isArray(body.choices)) return body;
  const [first, ...others]: readonly unknown[] = body.choices;
  if (!isObject(first) || !isObject(first.message)) return body;
  const { role, ...more } = first.message;
  const message = {
    ...(role !== undefined && { role }),
    content,
    ...(reasoning !== '' && { reasoning }),
    ...(toolCalls.length > 0 && {
      tool_calls: toolCalls.map(call => ({ type: 'function', function: call })),
    }),
    ...more,
  };
  return { ...body, choices: [{ ...first, message }, ...others] };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param path of the value, without comments when undefined: its fields have been explained already. */
function writeValue(value: unknown, path: string | undefined, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value) && value.length > 0) {
    const items = value.map((item, index) => {
      const itemPath = path === undefined || index > 0 ? undefined : `${path}[]`;
      return deeper + writeValue(item, itemPath, deeper);
    });
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    const fields = Object.entries(value).map(([name, field]) => writeField(name, field, path, deeper));
    return `{\n${fields.join(',\n')}\n${indent}}`;
  }
  return literal(value);
}

function writeField(name: string, field: unknown, parent: string | undefined, indent: string): string {
  const path = parent === undefined ? undefined : parent === '' ? name : `${parent}.${name}`;
  const meaning = path === undefined ? undefined : explainField(path);
  const comment =
    meaning === undefined ? '' : `${indent}// ${meaning === 'unknown' ? unknownField : meaning}\n`;
  return `${comment}${indent}${literal(name)}: ${writeValue(field, path, indent)}`;
}

/** As JSON writes it, with everything that would not be seen, or turns what follows, as an escape. */
function literal(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  return json.replace(
    /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udfff]/g,
    text =>
      [...text]
        .flatMap(character => Array.from({ length: character.length }, (_, at) => character.charCodeAt(at)))
        .map(unit => `\\u${unit.toString(16).padStart(4, '0')}`)
        .join(''),
  );
}
