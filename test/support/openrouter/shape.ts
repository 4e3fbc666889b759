import type { Recording } from '../simulator/replay/traffic';

/** Fields whose value, not only its type, decides how an answer is read. */
const namedValues = new Set(['finish_reason', 'object', 'type']);

/**
 * What a client has to cope with in an exchange, without its words and numbers: status, framing, and of
 * every event (or of the body) which fields it has and of which types. Exchanges of equal text have one shape.
 */
export function shapeOf({ response }: Recording): string {
  const { status, headers, body } = response;
  const events = jsonOf(body).map(fieldsOf);
  return [
    `${status} ${String(headers['content-type']).split(';')[0]}`,
    ...framingOf(body),
    ...new Set(events.sort()),
  ].join('\n');
}

function framingOf(body: string): readonly string[] {
  const lines = body.split('\n').filter(line => line !== '' && line !== '\r');
  const isStream = lines.some(line => line.startsWith('data:'));
  const firstEvent = lines.findIndex(line => line.startsWith('data:'));
  const lastComment = lines.findLastIndex(line => line.startsWith(':'));
  return [
    ...(/^\s/.test(body) ? ['white space first'] : []),
    ...(body.includes('\r') ? ['CR'] : []),
    ...(/:\s?[\d.]+e-/.test(body) ? ['amounts with an exponent'] : []),
    ...(isStream && firstEvent > 0 ? ['comments before'] : []),
    ...(isStream && lastComment > firstEvent ? ['comments between'] : []),
    ...(isStream && !lines.includes('data: [DONE]') ? ['no [DONE]'] : []),
  ];
}

function jsonOf(body: string): readonly unknown[] {
  const lines = body.split('\n').filter(line => line.startsWith('data: {'));
  return lines.length ? lines.map(line => JSON.parse(line.slice('data: '.length))) : [JSON.parse(body)];
}

/** The fields of one event; items of a list are taken together. */
function fieldsOf(event: unknown): string {
  const fields = new Set<string>();
  addFields(fields, '', event);
  return [...fields].sort().join(', ');
}

function addFields(fields: Set<string>, path: string, value: unknown): void {
  if (Array.isArray(value)) {
    fields.add(`${path}: ${value.length ? 'list' : 'empty list'}`);
    for (const item of value) addFields(fields, `${path}[]`, item);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) addFields(fields, `${path}.${name}`, inner);
  } else {
    fields.add(`${path}: ${typeOf(path, value)}`);
    if (/\.(raw|message)$/.test(path)) addFields(fields, `${path} as JSON`, jsonIn(String(value)));
  }
}

function typeOf(path: string, value: unknown): string {
  if (value === null) return 'null';
  if (value === '') return 'empty text';
  return namedValues.has(path.split('.').at(-1) ?? '') ? String(value) : typeof value;
}

/** The object that a text is, as errors of providers are; `null` for any other text. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
