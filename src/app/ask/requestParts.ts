import { type PlainText, plain, say } from '../../core/base/plainText';
import type { AddedPart } from '../../core/chat/addedPart';
import { linesText, placeText } from '../../core/chat/codeParts';
import type { CodeContext, Conversation, SentCode } from '../../core/chat/conversation';
import { historyUpTo } from '../../core/chat/history';
import type { AskInput } from './askRequest';

/** A part of a request that the user can leave out. */
export interface RequestPart {
  /** The same however often the parts are listed. */
  readonly id: string;
  readonly label: PlainText;
  /** How it begins. */
  readonly detail: PlainText;
  without(input: AskInput): AskInput;
}

const contextNames: Readonly<Record<CodeContext['kind'], string>> = {
  enclosing: 'Signatures around the code',
  imports: 'Imports that the code uses',
  problems: 'Problems reported in the code',
};

/** All that goes along with the question of `input`, which stays; `systemPrompt` is that of the settings. */
export function partsOf(
  input: AskInput,
  conversation: Conversation,
  systemPrompt: string,
): readonly RequestPart[] {
  return [
    ...systemPart(input.systemPrompt ?? systemPrompt),
    ...earlierPart(historyUpTo(conversation, input.follows).length),
    ...(input.code ? codeParts(input.code) : []),
    ...(input.added ?? []).map(addedPart),
  ];
}

/** `input` without the parts of these ids. */
export const withoutParts = (
  input: AskInput,
  parts: readonly RequestPart[],
  leftOut: ReadonlySet<string>,
): AskInput => parts.reduce((left, part) => (leftOut.has(part.id) ? part.without(left) : left), input);

function systemPart(text: string): readonly RequestPart[] {
  if (text === '') return [];
  const without = (input: AskInput): AskInput => ({ ...input, systemPrompt: '' });
  return [{ id: 'systemPrompt', label: plain('System prompt'), detail: beginning(text), without }];
}

function earlierPart(count: number): readonly RequestPart[] {
  if (count === 0) return [];
  const label = count === 1 ? plain('1 earlier turn') : say`${count} earlier turns`;
  const without = (input: AskInput): AskInput => ({ ...input, follows: undefined });
  const detail = plain('The questions and answers that this one goes on from');
  return [{ id: 'earlierTurns', label, detail, without }];
}

function codeParts(code: SentCode): readonly RequestPart[] {
  const whole: RequestPart = {
    id: 'code',
    label: say`Code: ${placeText(code)}, ${linesText(code)}`,
    detail: beginning(code.parts[0]?.text ?? ''),
    // There is nothing to replace then.
    without: input => ({ ...input, code: undefined, source: undefined, apply: undefined }),
  };
  const around = (code.context ?? []).map((context): RequestPart => {
    const { kind, text } = context;
    return {
      id: kind,
      label: plain(contextNames[kind]),
      detail: beginning(text),
      without: input => ({ ...input, code: input.code && withoutContext(input.code, kind) }),
    };
  });
  return [whole, ...around];
}

/** What the user added to the question: it is listed in the order of its chips. */
function addedPart(added: AddedPart, index: number): RequestPart {
  return {
    id: `added ${index}`,
    label: say`Added: ${added.name}`,
    detail: added.kind === 'image' ? say`${added.width} × ${added.height} pixels` : beginning(added.text),
    without: input => ({ ...input, added: input.added?.filter(each => each !== added) }),
  };
}

const withoutContext = (code: SentCode, kind: CodeContext['kind']): SentCode => ({
  ...code,
  context: code.context?.filter(each => each.kind !== kind),
});

const beginning = (text: string): PlainText => {
  const [first = ''] = text.trim().split('\n', 1);
  return say`${first.slice(0, 100)}`;
};
