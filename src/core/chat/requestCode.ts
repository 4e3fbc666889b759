import type { ChatBody } from './chatBody';

/** One request as it goes over the wire, without the key. */
export interface WireRequest {
  /** The address of `/chat/completions` is below it. */
  readonly baseUrl: string;
  /** Without `Authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ChatBody;
}

export const codeFormats = ['curl', 'python', 'typescript', 'json'] as const;
export type CodeFormat = (typeof codeFormats)[number];

export const codeFormatNames: Readonly<Record<CodeFormat, string>> = {
  curl: 'cURL',
  python: 'Python (openai)',
  typescript: 'TypeScript (openai)',
  json: 'JSON',
};

/** Code that sends the same body; the key comes from the variable `OPENROUTER_API_KEY`. */
export function requestAsCode(format: CodeFormat, request: WireRequest): string {
  return writers[format](request);
}

const writers: Readonly<Record<CodeFormat, (request: WireRequest) => string>> = {
  curl: toCurl,
  python: toPython,
  typescript: toTypeScript,
  json: ({ body }) => `${toJson(body)}\n`,
};

/** These the clients set themselves. */
const ownHeaders = new Set(['accept', 'content-type']);

const toJson = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** The body comes as a here-document: nothing in it needs to be quoted, and no argument can be too long. */
function toCurl({ baseUrl, headers, body }: WireRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `  -H ${shellQuoted(`${name}: ${value}`)} \\`);
  return [
    `curl -N ${shellQuoted(`${baseUrl}/chat/completions`)} \\`,
    '  -H "Authorization: Bearer $OPENROUTER_API_KEY" \\',
    ...lines,
    "  --data-binary @- <<'JSON'",
    toJson(body),
    'JSON',
    '',
  ].join('\n');
}

const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What `openai` for Python takes as arguments of its own; all else goes into `extra_body`. */
const pythonArguments = new Set([
  'model',
  'messages',
  'stream',
  'max_tokens',
  'temperature',
  'top_p',
  'seed',
  'stop',
  'frequency_penalty',
  'presence_penalty',
]);

function toPython({ baseUrl, headers, body }: WireRequest): string {
  const entries = Object.entries(body);
  const own = entries.filter(([name]) => pythonArguments.has(name));
  const extra = entries.filter(([name]) => !pythonArguments.has(name));
  const fields = own.map(([name, value]) => `    ${name}=${pythonLiteral(value, 4)},`);
  if (extra.length > 0) fields.push(`    extra_body=${pythonLiteral(Object.fromEntries(extra), 4)},`);
  return [
    'import os',
    '',
    'from openai import OpenAI',
    '',
    'client = OpenAI(',
    `    base_url=${pythonText(baseUrl)},`,
    '    api_key=os.environ["OPENROUTER_API_KEY"],',
    `    default_headers=${pythonLiteral(sentHeaders(headers), 4)},`,
    ')',
    '',
    'stream = client.chat.completions.create(',
    ...fields,
    ')',
    'for chunk in stream:',
    '    if chunk.choices:',
    '        print(chunk.choices[0].delta.content or "", end="", flush=True)',
    '    if chunk.usage:',
    '        print(f"\\n\\n{chunk.model}: {chunk.usage}")',
    '',
  ].join('\n');
}

function toTypeScript({ baseUrl, headers, body }: WireRequest): string {
  return [
    `import OpenAI from ${quoted('openai')};`,
    '',
    'const client = new OpenAI({',
    `  baseURL: ${JSON.stringify(baseUrl)},`,
    '  apiKey: process.env.OPENROUTER_API_KEY,',
    `  defaultHeaders: ${indented(toJson(sentHeaders(headers)), 2)},`,
    '});',
    '',
    "// OpenRouter's own fields are not in the types of `openai`.",
    `const body = ${toJson(body)};`,
    'const stream = await client.chat.completions.create(',
    '  body as unknown as OpenAI.ChatCompletionCreateParamsStreaming,',
    ');',
    'for await (const chunk of stream) {',
    "  process.stdout.write(chunk.choices[0]?.delta.content ?? '');",
    "  if (chunk.usage) console.log('\\n', chunk.model, chunk.usage);",
    '}',
    '',
  ].join('\n');
}

function sentHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.has(name.toLowerCase())));
}

/** As JavaScript writes the name of a module. */
const quoted = (text: string): string => `'${text}'`;

const indented = (text: string, spaces: number): string => text.replaceAll('\n', `\n${' '.repeat(spaces)}`);

function pythonLiteral(value: unknown, spaces: number): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return pythonText(value);
  if (typeof value === 'number') return String(value);
  const [pad, end] = [' '.repeat(spaces + 4), ' '.repeat(spaces)];
  const items = Array.isArray(value)
    ? value.map(item => `${pad}${pythonLiteral(item, spaces + 4)},`)
    : Object.entries(value).map(
        ([name, item]) => `${pad}${pythonText(name)}: ${pythonLiteral(item, spaces + 4)},`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return items.length === 0 ? open + close : [open, ...items, end + close].join('\n');
}

/** JSON's escapes are Python's, too. */
const pythonText = (text: string): string => JSON.stringify(text);
