import type { AddedPart } from '../../chat/addedPart';
import { addedPlace } from '../../chat/addedText';
import type { ChatMessage } from '../../chat/chatClient';
import { codeBlocks } from '../../chat/codeParts';
import type { Sent } from '../../chat/conversation';
import type { MaskedSecret } from '../../chat/maskedSecret';
import { maskingNote } from './maskingNote';
import type { SecretVault } from './secretVault';

/** What is about to leave, with placeholders for its secrets. */
export interface MaskedMessages {
  readonly messages: readonly ChatMessage[];
  /** What was masked, and where. */
  readonly masked: readonly MaskedSecret[];
}

/** The secrets of `messages` and what each is called; `vault` holds them afterwards. */
export function secretsIn(messages: readonly ChatMessage[], vault: SecretVault): ReadonlyMap<string, string> {
  vault.takeIn(...messages.map(({ content }) => content));
  const found = messages.flatMap(({ content }) =>
    vault.find(content).map(({ kind, start, end }) => [content.slice(start, end), kind] as const),
  );
  return new Map(found);
}

/** `messages`, the last of which says `sent`, with placeholders for the `secrets` that {@link secretsIn} found. */
export function maskMessages(
  messages: readonly ChatMessage[],
  sent: Sent,
  secrets: ReadonlyMap<string, string>,
  vault: SecretVault,
): MaskedMessages {
  const masked = [...secrets].flatMap(([value, kind]) => placesOf(value, kind, messages, sent));
  return { messages: maskEach(messages, vault), masked: masked.sort(byPlace) };
}

/** `messages` with placeholders for the secrets that `vault` holds. */
export const maskEach = (messages: readonly ChatMessage[], vault: SecretVault): readonly ChatMessage[] =>
  messages.map(message => maskMessage(message, vault));

/** Depends on the message alone: a message that goes along again reads the same, which keeps providers' caches warm. */
function maskMessage(message: ChatMessage, vault: SecretVault): ChatMessage {
  const content = vault.mask(message.content);
  if (content === message.content) return message;
  return { ...message, content: message.role === 'user' ? `${content}\n\n${maskingNote}` : content };
}

/** Where a secret stands: of the code and the prompt each line, of anything else that it does. */
function placesOf(
  value: string,
  kind: string,
  messages: readonly ChatMessage[],
  sent: Sent,
): readonly MaskedSecret[] {
  const inCode = sent.code
    ? codeBlocks(sent.code).flatMap(({ text, startLine }) => linesOf(value, text, startLine))
    : [];
  const inPrompt = linesOf(value, sent.prompt, 1);
  const inAdded = (sent.added ?? []).flatMap(part => placesInAdded(value, kind, part));
  const rest =
    messages.findLast(({ role }) => role === 'user')?.content.includes(value) === true &&
    inCode.length + inPrompt.length + inAdded.length === 0;
  const places: readonly (MaskedSecret['place'] | false)[] = [
    rest && 'context',
    messages[0]?.role === 'system' && messages[0].content.includes(value) && 'systemPrompt',
    messages
      .slice(messages[0]?.role === 'system' ? 1 : 0, -1)
      .some(({ content }) => content.includes(value)) && 'earlierTurn',
  ];
  return [
    ...inCode.map(line => ({ kind, place: 'code' as const, line })),
    ...inPrompt.map(line => ({ kind, place: 'prompt' as const, line })),
    ...inAdded,
    ...places.filter(place => place !== false).map(place => ({ kind, place })),
  ];
}

function placesInAdded(value: string, kind: string, part: AddedPart): readonly MaskedSecret[] {
  const name = addedPlace(part);
  const place = 'added' as const;
  // Told where it stands, the secret would be told as well.
  if (name.includes(value)) return [{ kind, place }];
  // An image is not looked into.
  if (part.kind === 'image') return [];
  return linesOf(value, part.text, part.startLine ?? 1).map(line => ({
    kind,
    place,
    name,
    // Lines of a diff or a terminal are no lines that can be looked up.
    ...(part.startLine !== undefined && { line }),
  }));
}

/** More lines of one secret tell no more. */
const mostLines = 20;

/** The lines of `text` on which `value` begins. */
function linesOf(value: string, text: string, firstLine: number): readonly number[] {
  const lines: number[] = [];
  let line = firstLine;
  let counted = 0;
  for (
    let at = text.indexOf(value);
    at >= 0 && lines.length < mostLines;
    at = text.indexOf(value, at + value.length)
  ) {
    line += text.slice(counted, at).split('\n').length - 1;
    counted = at;
    lines.push(line);
  }
  return [...new Set(lines)];
}

const placeOrder: readonly MaskedSecret['place'][] = [
  'code',
  'prompt',
  'context',
  'added',
  'earlierTurn',
  'systemPrompt',
];

const byPlace = (a: MaskedSecret, b: MaskedSecret): number =>
  placeOrder.indexOf(a.place) - placeOrder.indexOf(b.place) || (a.line ?? 0) - (b.line ?? 0);
