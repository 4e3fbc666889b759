import * as v from 'valibot';
import { readParameters } from '../chat/parameterSettings';
import { type ApplyChoice, applyChoices } from './actionChoices';
import { isModelId, type OwnAction } from './ownAction';

/** A prompt file cut into its head and what the model is asked. */
export interface SplitPrompt {
  /** YAML between two lines `---`; undefined when there is none. */
  readonly head?: string;
  readonly body: string;
}

const fence = /^---[ \t]*$/;

export function splitPrompt(text: string): SplitPrompt {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const end = fence.test(lines[0] ?? '')
    ? lines.findIndex((line, index) => index > 0 && fence.test(line))
    : -1;
  if (end < 0) return { body: lines.join('\n').trim() };
  return {
    head: lines.slice(1, end).join('\n'),
    body: lines
      .slice(end + 1)
      .join('\n')
      .trim(),
  };
}

/** Said of fields that VS Code's own chat uses. */
const unusedFields: Readonly<Record<string, string>> = {
  agent: 'agents are not used: a prompt is one visible request',
  mode: 'modes are not used: a prompt is one visible request',
  tools: 'tools are not used: no tool runs',
};

/** Fields that are used. */
const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(10_000));
const fields = {
  name: text,
  title: text,
  description: text,
  'argument-hint': text,
  model: v.union([text, v.array(text)]),
  parameters: v.record(v.string(), v.unknown()),
  systemPrompt: text,
  takesCode: v.union([v.boolean(), v.literal('selection')]),
  apply: v.picklist(applyChoices),
} as const;

type Fields = { -readonly [Name in keyof typeof fields]?: v.InferOutput<(typeof fields)[Name]> };

interface ReadHead {
  readonly head: Fields;
  readonly notes: readonly string[];
}

/** The head of a prompt file, as its YAML was read: what cannot be used is left out and noted. */
export function readHead(value: unknown): ReadHead {
  const head: Record<string, unknown> = {};
  const notes: string[] = [];
  const given = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  if (value !== null && value !== undefined && given !== value) notes.push('The head is no list of fields.');
  for (const [name, field] of Object.entries(given)) {
    const schema = name in fields ? fields[name as keyof typeof fields] : undefined;
    const parsed = schema && v.safeParse(schema, field);
    if (parsed?.success) head[name] = parsed.output;
    else if (schema && (field === null || field === '')) continue;
    else
      notes.push(
        `“${name}” is ignored: ${unusedFields[name] ?? (schema ? 'its value cannot be used' : 'nothing here reads it')}.`,
      );
  }
  return { head, notes };
}

/** What a prompt file asks for. `id` is the file's name without its ending. */
export function toPromptAction(
  id: string,
  { head, notes }: ReadHead,
  body: string,
  source: 'promptFolder' | 'workspace',
): OwnAction {
  const named = [head.model ?? []].flat();
  const model = named.find(isModelId);
  const chosen = readParameters(head.parameters);
  const more = [
    ...(named.length > 0 && model === undefined
      ? [`“${named[0]}” is no model id of OpenRouter: your own model is used.`]
      : []),
    ...chosen.unusable.map(field => `The parameter “${field}” is ignored.`),
  ];
  return {
    id,
    title: head.title ?? head.name ?? id,
    source,
    description: head.description,
    argumentHint: head['argument-hint'],
    instruction: body,
    model,
    isModelOfWorkspace: model !== undefined && source === 'workspace',
    parameters: chosen.parameters,
    systemPrompt: head.systemPrompt,
    takesCode: head.takesCode ?? toTakesCode(head.apply),
    apply: head.apply ?? 'none',
    notes: [...notes, ...more],
  };
}

/** An answer that replaces code needs some; else only what is selected goes along. */
const toTakesCode = (apply: ApplyChoice | undefined): boolean | 'selection' =>
  apply === 'replace' ? true : 'selection';

/** What a new prompt file begins with. */
export function newPromptText(name: string): string {
  return `---
description: What this prompt is for
# model: anthropic/claude-sonnet-4.5   (your own model when left out)
# parameters: { temperature: 0.2, max_tokens: 2000 }
# takesCode: selection   (true: also the symbol or file at the cursor; false: no code)
# apply: none   (replace: the answer replaces the code; newFile: it is a file of its own)
---
${name}: say here what the model is to do.

Variables: \${language} \${file} \${selection} \${diagnostics} \${gitDiff} \${clipboard} \${input:topic:What about?}
`;
}
