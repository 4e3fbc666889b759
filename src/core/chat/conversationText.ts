import { displayUsd, formatPico, parsePico } from '../money/pico';
import type { AddedPart } from './addedPart';
import { addedLines, addedPlace, addedScope } from './addedText';
import { totalCost, totalTokens } from './answerTotals';
import type { Conversation, SentCode, Turn } from './conversation';
import { conversationCost } from './conversationDraft';
import type { ConversationCost, ConversationSummary } from './conversationHistory';

type Head = Pick<ConversationSummary, 'title' | 'workspace' | 'createdAtMs' | 'changedAtMs'>;

/** The forms a conversation can be exported in, and how each file's name ends. */
export const conversationForms = {
  markdown: {
    label: 'Markdown',
    detail: 'To read: questions, code, answers and what each has cost',
    ending: 'md',
  },
  json: {
    label: 'JSON',
    detail: 'For scripts: everything that is kept, with tokens and costs',
    ending: 'json',
  },
} as const;

export type ConversationForm = keyof typeof conversationForms;

/** A conversation as a whole file. */
export function conversationText(form: ConversationForm, head: Head, conversation: Conversation): string {
  return form === 'json' ? toJson(head, conversation) : toMarkdown(head, conversation);
}

function toJson({ title, workspace, createdAtMs, changedAtMs }: Head, conversation: Conversation): string {
  const { knownPico, isComplete } = conversationCost(conversation.turns);
  const file = {
    title,
    workspace,
    createdAt: isoTime(createdAtMs),
    changedAt: isoTime(changedAtMs),
    costUsd: formatPico(knownPico),
    // False: costs that are pending, estimated or unknown are not in the sum.
    isCostComplete: isComplete,
    conversation,
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

function toMarkdown({ title, workspace, createdAtMs, changedAtMs }: Head, { turns }: Conversation): string {
  const facts = [
    ...(workspace === undefined ? [] : [`Workspace: ${oneLine(workspace)}`]),
    `From ${isoTime(createdAtMs)} to ${isoTime(changedAtMs)}`,
    `Cost: ${costText(conversationCost(turns))}`,
  ];
  const head = `# ${oneLine(title)}\n\n${facts.map(fact => `- ${fact}\n`).join('')}`;
  return [head, ...turns.map(turnText)].join('\n');
}

/** `$0.42`, and what is not in it. */
function costText({ knownPico, isComplete }: ConversationCost): string {
  return isComplete ? displayUsd(knownPico) : `${displayUsd(knownPico)}, and costs that are not known`;
}

function turnText({ title, startedAtMs, sent, answer }: Turn, index: number): string {
  const { code, added = [], prompt, parameters } = sent;
  const who = [answer.servedModel ?? parameters.model, answer.provider].filter(Boolean).join(' · ');
  const sections = [
    `## ${index + 1}. ${oneLine(title)}`,
    quoted(prompt),
    ...(code ? codeBlocks(code) : []),
    ...added.map(addedBlock),
    answer.text.trim() || '(no text)',
    ...(answer.imageCount > 0 ? [imagesText(answer.imageCount)] : []),
    `*${oneLine([who, answer.status, isoTime(startedAtMs), ...figures(answer)].join(' · '))}*`,
  ];
  return `${sections.join('\n\n')}\n`;
}

function figures(answer: Turn['answer']): readonly string[] {
  const cost = totalCost(answer);
  const { promptTokens, completionTokens } = totalTokens(answer) ?? {};
  const pico = parsePico(cost?.usd ?? '');
  return [
    ...(promptTokens === undefined ? [] : [`${promptTokens} tokens in`]),
    ...(completionTokens === undefined ? [] : [`${completionTokens} tokens out`]),
    ...(cost ? [pico === undefined ? `cost ${cost.state}` : `${displayUsd(pico)} (${cost.state})`] : []),
  ];
}

function codeBlocks({ path, languageId, parts }: SentCode): readonly string[] {
  return parts.map(({ text, startLine, endLine }) => {
    const fence = fenceFor(text);
    return `${oneLine(path)}, lines ${startLine}–${endLine}:\n\n${fence}${languageId}\n${text}\n${fence}`;
  });
}

/** An image is named, and not put into a text to read. */
function addedBlock(part: AddedPart): string {
  const lines = addedLines(part);
  const where = `${addedPlace(part)}${lines === '' ? '' : `, lines ${lines}`} (${addedScope(part)})`;
  if (part.kind === 'image') return oneLine(where);
  const fence = fenceFor(part.text);
  return `${oneLine(where)}:\n\n${fence}${part.languageId ?? ''}\n${part.text}\n${fence}`;
}

const imagesText = (count: number): string =>
  count === 1
    ? '(an image, which the export as JSON has)'
    : `(${count} images, which the export as JSON has)`;

/** Longer than every row of backticks in `text`. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  return '`'.repeat(longest + 1);
}

const quoted = (text: string): string =>
  text
    .split(/\r?\n/)
    .map(line => `> ${line}`.trimEnd())
    .join('\n');

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Files of other versions can have any number where a time should be. */
const isoTime = (ms: number): string =>
  Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : 'an unknown time';
