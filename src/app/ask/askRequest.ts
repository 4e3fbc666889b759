import { knownFields } from '../../core/base/knownFields';
import type { AddedPart } from '../../core/chat/addedPart';
import { emptyAnswer } from '../../core/chat/answer';
import type { ChatMessage } from '../../core/chat/chatClient';
import type { ApplyKind, Conversation, Sent, SentCode, Turn } from '../../core/chat/conversation';
import type { EditedRequest } from '../../core/chat/editedBody';
import type { BudgetStop, Failure } from '../../core/chat/failure';
import { historyUpTo, lastAnswered } from '../../core/chat/history';
import type { Settable } from '../../core/chat/parameterSettings';
import type { RequestParameters } from '../../core/chat/requestParameters';
import type { SeamOptions } from '../../core/chat/seam';
import { firstVersionId } from '../../core/chat/versions';
import type { Origin } from '../../core/ledger/ledger';
import type { Pico } from '../../core/money/pico';
import { toMessages } from '../../core/prompts/messages';
import type { CodeSource } from '../ports/editors';
import { type ParameterSettings, parametersFor, rememberedOf, type Settings } from '../settings';
import type { AnswerCap } from './answerCap';

/** What the user asks for, before the settings in force are added. */
export interface AskInput {
  /** Heading of the turn. */
  readonly title: string;
  /** As in {@link Turn.action}. */
  readonly action: string;
  readonly origin: Origin;
  readonly prompt: string;
  readonly code?: SentCode;
  /** As in {@link Sent.added}. */
  readonly added?: readonly AddedPart[];
  /** Where the code comes from. */
  readonly source?: CodeSource;
  readonly apply?: ApplyKind;
  /** The turn it goes on from; undefined when it stands by itself. */
  readonly follows?: string;
  /** As in {@link Turn.group}. */
  readonly group?: string;
  /** As in {@link Turn.versionOf}. */
  readonly versionOf?: string;
  /** As in {@link Turn.promptId}. */
  readonly promptId?: string;
  /** As in {@link Turn.ownParameters}. */
  readonly ownParameters?: Partial<RequestParameters>;
  /** Instead of what the settings say. */
  readonly systemPrompt?: string;
  /** A prompt or setting of the workspace, not the user, has named the model. */
  readonly isModelOfWorkspace?: boolean;
  /**
   * Of this one request: instead of {@link ownParameters}, of what is remembered of the model, and of what the settings
   * say, in this order.
   */
  readonly parameters?: Partial<RequestParameters>;
  /** Goes over the wire in place of what the settings, prompt, code and history would make: the user has edited it. */
  readonly edited?: EditedRequest;
  /** Send it whatever the spending limits say. */
  readonly isForced?: boolean;
}

/** What asking again may do otherwise. */
export interface RetryChanges extends Pick<AskInput, 'parameters' | 'isForced' | 'versionOf' | 'follows'> {
  /** Of the model in force, whatever its prompt has named. */
  readonly isOfModelInForce?: boolean;
}

/** What goes on with an answer: the row of the request before, its own, and how its text joins. */
export interface Continuation {
  readonly from: string;
  readonly requestId: string;
  /** Epoch ms. */
  readonly startedAtMs: number;
  readonly seam: SeamOptions;
}

/** One request: the turn it fills, and what goes over the wire for it. */
export interface AskRequest {
  readonly turn: Turn;
  /** Where its code comes from; never kept, and never told to a page. */
  readonly source?: CodeSource;
  readonly messages: readonly ChatMessage[];
  /** The turns that go along, the oldest first; undefined: none. */
  readonly history?: readonly Turn[];
  /** The same for all requests that go on from each other. */
  readonly sessionId: string;
  readonly origin: Origin;
  /** Name of the workspace, for the ledger. */
  readonly workspace?: string;
  /** Before any correction. */
  readonly estimatedPromptTokens?: number;
  /** Worst-case cost; undefined when the price varies or is not known. */
  readonly reservedPico?: Pico;
  /** The user has said to send it whatever the limits say. */
  readonly isForced?: boolean;
  /** As in {@link AskInput.isModelOfWorkspace}. */
  readonly isModelOfWorkspace?: boolean;
  /** Why it may not be sent, apart from the limits; nothing leaves then. */
  readonly refusal?: Failure;
  /** A limit that stops it before anything is looked up. */
  readonly stop?: BudgetStop;
  /** The answer it goes on with is the turn's; undefined: it begins one. */
  readonly continues?: Continuation;
  /** How the limit per answer is kept while it runs; undefined when there is none. */
  readonly cap?: AnswerCap;
}

/** The ledger row of a request. */
export const rowId = ({ turn, continues }: AskRequest): string => continues?.requestId ?? turn.id;

/** When a request was sent, epoch ms. */
export const sentAtMs = ({ turn, continues }: AskRequest): number =>
  continues?.startedAtMs ?? turn.startedAtMs;

/** How many images go along, those of earlier turns included. */
export const imageCount = ({ messages }: Pick<AskRequest, 'messages'>): number =>
  messages.reduce((count, { images = [] }) => count + images.length, 0);

/** The same request, sent now. */
export function startingNow(request: AskRequest): AskRequest {
  const startedAtMs = Date.now();
  return request.continues
    ? { ...request, continues: { ...request.continues, startedAtMs } }
    : { ...request, turn: { ...request.turn, startedAtMs } };
}

/** Longer headings tell no more. */
const titleChars = 80;

/** The heading of a turn that asks `prompt`: its first line. */
export function titleOf(prompt: string): string {
  const [line = ''] = prompt.trim().split('\n', 1);
  const chars = [...line];
  return chars.length <= titleChars ? line : `${chars.slice(0, titleChars).join('').trimEnd()}…`;
}

/** A question typed in the panel, with what was added to it; it goes on with `conversation`. */
export function toTypedInput(
  prompt: string,
  added: readonly AddedPart[],
  conversation: Conversation,
): AskInput {
  const follows = lastAnswered(conversation)?.id;
  return { title: titleOf(prompt), action: 'ask', origin: 'panel', prompt, added, follows };
}

/**
 * The input that asks again what `turn` asked. A version, and a turn of a comparison, is asked again of the same model
 * in the same place.
 */
export function toAskInput(turn: Turn, { isOfModelInForce, ...changes }: RetryChanges = {}): AskInput {
  const { title, action, follows, apply, group, promptId, ownParameters: own, sent } = turn;
  const { prompt, code, added } = sent;
  const { model: _, ...withoutModel } = own ?? {};
  const ownParameters = isOfModelInForce ? withoutModel : own;
  // A text of the settings may be another one by now; a prompt's own is not, nor one that was left out.
  const isOwnText = promptId !== undefined || sent.systemPrompt === '';
  const systemPrompt = isOwnText ? sent.systemPrompt : undefined;
  const input = {
    title,
    action,
    prompt,
    code,
    added,
    follows,
    apply,
    group,
    promptId,
    ownParameters,
    systemPrompt,
  } as const;
  if (group === undefined && turn.versionOf === undefined) return { ...input, origin: 'panel', ...changes };
  return {
    ...input,
    origin: group === undefined ? 'panel' : 'compare',
    ...changes,
    versionOf: firstVersionId(turn),
    parameters: {
      ...(changes.parameters?.model === undefined && !isOfModelInForce && chosenFor(turn)),
      ...(group !== undefined && alone),
      ...changes.parameters,
    },
  };
}

/** What of a turn's parameters was chosen for it, and is not worked out anew for each request. */
export function chosenFor({ sent, group, remembered = [] }: Turn): Partial<RequestParameters> {
  const { model, provider, reasoningEffort, serviceTier, temperature } = sent.parameters;
  return knownFields({
    model,
    provider,
    // A comparison may be one of tiers.
    ...(group !== undefined && !remembered.includes('serviceTier') && { serviceTier }),
    // What is remembered of one model is not another one's, and may be another value by now.
    ...(!remembered.includes('reasoningEffort') && { reasoningEffort }),
    ...(!remembered.includes('temperature') && { temperature }),
  });
}

/** Whoever is compared answers itself or fails: nobody stands in for it. */
export const alone: Partial<RequestParameters> = { fallbackModels: undefined };

/** What the settings say of every request, and what is remembered of models. */
type InForce = ParameterSettings & Pick<Settings, 'systemPrompt'>;

type Chosen = Pick<AskInput, 'parameters' | 'ownParameters' | 'edited'>;

/** The model that `input` asks. */
const modelOf = ({ parameters, ownParameters }: Chosen, inForce: InForce): string =>
  parameters?.model ?? ownParameters?.model ?? inForce.parameters.model;

/** Which parameters of a request are those that are remembered of its model. */
export function rememberedFor(input: Chosen, inForce: InForce): readonly Settable[] {
  if (input.edited) return [];
  const names = Object.keys(rememberedOf(inForce, modelOf(input, inForce))) as Settable[];
  const chosen = { ...input.ownParameters, ...input.parameters };
  return names.filter(name => !(name in chosen));
}

/** What is sent for `input` after `history`, with the parameters in force. */
export function toSent(
  input: Pick<
    AskInput,
    'prompt' | 'code' | 'added' | 'parameters' | 'ownParameters' | 'systemPrompt' | 'edited'
  >,
  history: readonly Turn[],
  inForce: InForce,
): Sent {
  const { prompt, code, added = [], parameters, ownParameters, edited } = input;
  const base = edited?.parameters ?? parametersFor(inForce, modelOf(input, inForce));
  const own = edited?.messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  return {
    systemPrompt: own?.join('\n\n') ?? input.systemPrompt ?? inForce.systemPrompt,
    earlierTurns: history.length,
    prompt,
    code,
    ...(added.length > 0 && { added }),
    parameters: { ...base, ...ownParameters, ...parameters },
    isCompressionOff: true,
  };
}

/** What a request is made from. */
export interface RequestSource {
  /** Of its ledger row, and of the turn that it begins. */
  readonly id: string;
  readonly conversation: Conversation;
  readonly inForce: InForce;
  readonly workspace?: string;
}

/** The request that asks `input`. */
export function toAskRequest(
  input: AskInput,
  { id, conversation, inForce, workspace }: RequestSource,
): AskRequest {
  const history = historyUpTo(conversation, input.follows);
  const sent = toSent(input, history, inForce);
  const remembered = rememberedFor(input, inForce);
  const turn: Turn = {
    id,
    action: input.action,
    title: input.title,
    startedAtMs: Date.now(),
    follows: input.follows,
    apply: input.apply,
    group: input.group,
    versionOf: input.versionOf,
    promptId: input.promptId,
    ownParameters: input.ownParameters,
    ...(remembered.length > 0 && { remembered }),
    sent,
    answer: emptyAnswer,
  };
  return {
    turn,
    source: input.source,
    messages: input.edited?.messages ?? toMessages(history, sent),
    history,
    sessionId: history[0]?.id ?? id,
    origin: input.origin,
    workspace,
    isForced: input.isForced,
    isModelOfWorkspace: input.isModelOfWorkspace,
  };
}
