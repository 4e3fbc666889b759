import * as v from 'valibot';
import type { AnswerEvent } from '../core/chat/answer';
import type { Choices, Conversation, Turn } from '../core/chat/conversation';
import { actionLabels } from '../core/chat/failureAction';
import { codeFormatNames } from '../core/chat/requestCode';
import { cacheHintSchema, leftCacheSchema } from '../core/models/caching/cacheHint';
import { controlledNames } from '../core/models/offeredParameters';
import { parameterControlSchema } from '../core/models/parameterControl';
import type { CostExplanation } from '../core/usage/costExplanation';
import type { Passport } from '../core/usage/passport/passport';
import { contextChip, tooMuch } from './contextMessages';
import { count, createGuard, hostList, hostObject, keyOf, type MessageOf, message } from './message';

const composerState = v.object({
  /** Model id the next question goes to. */
  model: v.string(),
  /** Catalogue name of that model, when the catalogue is known. */
  modelName: v.optional(v.string()),
  /** Text typed and not yet sent; the host keeps it so that a reload loses nothing. */
  draft: v.string(),
  /** False while a request of this conversation runs or waits to be sent. */
  canSend: v.boolean(),
  /** A question waits for its estimate, or for the user's yes. */
  isPreparing: v.boolean(),
  /** So many turns go along with the next question. */
  earlierTurns: v.number(),
  /** What the next question would cost, ready to show; undefined when not known. */
  estimate: v.optional(v.string()),
  /** The routing rules in force in a few words; undefined when there are none. */
  routing: v.optional(v.string()),
  /** The parameters that can be chosen for the model, and those that are. */
  parameters: v.optional(parameterControlSchema),
  /** How the limit per answer would be kept for the question typed; undefined when there is none. */
  capNote: v.optional(v.string()),
  /** What the next question is likely to find in its provider's prompt cache. */
  cache: v.optional(cacheHintSchema),
  /** The model in force leaves another one's warm cache. */
  leftCache: v.optional(leftCacheSchema),
  /** What goes along with the next question; undefined: nothing. */
  context: v.optional(v.array(contextChip)),
  /** The next question does not fit into the model. */
  tooMuch: v.optional(tooMuch),
  /** An image goes along, and the model in force reads none. */
  needsVision: v.optional(v.boolean()),
});

/** What somebody can begin with who has asked nothing yet. */
const firstSteps = ['signIn', 'setKey', 'sample', 'walkthrough'] as const;
export type FirstStep = (typeof firstSteps)[number];

/** What the composer at the bottom of the panel shows. */
export type ComposerState = Readonly<v.InferOutput<typeof composerState>>;

/** Host → answer page. The page applies them in order and holds no state of its own that matters. */
const toAnswerPage = v.variant('type', [
  /** Events of one turn, in order, batched. */
  message('events', { turnId: v.string(), events: hostList<AnswerEvent>() }),
  /** Everything, in reply to `ready` and whenever the conversation is replaced. */
  message('state', {
    state: v.object({
      /** Of a long conversation only the last turns; the others follow as `earlierTurns`. */
      conversation: hostObject<Conversation>('turns'),
      /** How many turns are still to follow; undefined: none. */
      missingTurns: v.optional(v.number()),
      composer: composerState,
      /** A new conversation was started, and the one before can be brought back. */
      canUndoNew: v.optional(v.boolean()),
    }),
  }),
  /** Turns that belong right before those the page has; `missingTurns` more are still to follow. */
  message('earlierTurns', {
    conversationId: v.string(),
    turns: hostList<Turn>(),
    missingTurns: v.number(),
  }),
  /** A new turn at the end. */
  message('turn', { turn: hostObject<Turn>('sent', 'answer') }),
  /** Which answers of comparisons are kept, and which versions are shown. */
  message('choices', { choices: hostObject<Choices>('kept', 'shown') }),
  message('composer', { composer: composerState }),
  /** Whether there is a key to ask with; comes as soon as that is known. */
  message('account', { hasKey: v.boolean() }),
  /** Why a turn cost what it did. */
  message('explanation', { turnId: v.string(), explanation: hostObject<CostExplanation>('parts') }),
  /** Who saw what of a turn. */
  message('passport', { passport: hostObject<Passport>('files', 'recipients') }),
  /** Something was chosen in the list that `addContext` opened. */
  message('contextChosen', {}),
  /** An image file that is to be made smaller: it comes back as `addImage` with this id. */
  message('shrinkImage', { id: v.string(), url: v.string() }),
  /** The answer of a turn cannot be applied, and why. */
  message('refused', { turnId: v.string(), reason: v.string() }),
  /** Puts the keyboard focus into the composer. */
  message('focusComposer', {}),
]);

export type ToAnswerPage = MessageOf<typeof toAnswerPage>;
export const isToAnswerPage = createGuard(toAnswerPage);

/** Answer page → host. Checked before use: the page is not trusted. */
const fromAnswerPage = v.variant('type', [
  /** The page is there and knows nothing yet. */
  message('ready', {}),
  message('send', { text: v.string() }),
  /** The composer's text changed (debounced by the page). */
  message('draft', { text: v.string() }),
  /** Without a turn: the question that waits to be sent. A comparison's id ends all of it. */
  message('stop', { turnId: v.optional(v.string()) }),
  message('copy', { text: v.string() }),
  /** Put `text` at the cursor of the last active editor. */
  message('insert', { text: v.string() }),
  /**
   * Open `text` in a new untitled document. `language` is the code fence's info word; `isCode`: `text` is one code block
   * of the turn's answer and not the whole of it.
   */
  message('newFile', {
    text: v.string(),
    language: v.optional(v.string()),
    turnId: v.optional(v.string()),
    isCode: v.optional(v.boolean()),
  }),
  /** Show what the answer of a turn would change; `code` is one code block of it. */
  message('replace', { turnId: v.string(), code: v.optional(v.string()) }),
  /** `model`: the one that `useModel` means. */
  message('errorAction', {
    turnId: v.string(),
    action: keyOf(actionLabels),
    model: v.optional(v.string()),
  }),
  /** Asks the user for models, and all of them the question in the composer. */
  message('compare', { text: v.string() }),
  /** Asks again what a turn asked, in another way that the user is asked about. */
  message('rerun', { turnId: v.string() }),
  /** Goes on with this answer of its comparison. */
  message('keepAnswer', { turnId: v.string() }),
  /** Shows this one of a turn's versions. */
  message('showVersion', { turnId: v.string() }),
  /** Go on with an answer that was cut off. */
  message('continue', { turnId: v.string() }),
  /** Be content with what there is of it. */
  message('keep', { turnId: v.string() }),
  message('openLink', { href: v.string() }),
  /** Why did this turn cost what it did? */
  message('explainCost', { turnId: v.string() }),
  /** Open OpenRouter's record of the turn. */
  message('openInOpenRouter', { turnId: v.string() }),
  /** What left with this turn, and to whom? */
  message('showPassport', { turnId: v.string() }),
  /** Puts what the turn sent into the clipboard as code. */
  message('copyRequest', { turnId: v.string(), format: keyOf(codeFormatNames) }),
  /** Open the list of what can be added to the question. */
  message('addContext', {}),
  message('removeContext', { ids: v.array(v.string()) }),
  /** Files that were dropped, by their addresses. */
  message('addFiles', { uris: v.pipe(v.array(v.string()), v.maxLength(1000)) }),
  /** An image that was pasted or dropped, or comes back from `shrinkImage`; `url` is a `data:` address. */
  message('addImage', {
    url: v.pipe(v.string(), v.maxLength(6_000_000)),
    name: v.optional(v.string()),
    id: v.optional(v.string()),
  }),
  /** Make one of the larger models that the composer offers the model in force. */
  message('useLargerModel', { model: v.string() }),
  message('pickVisionModel', {}),
  /** Write an image of the answer into a file. */
  message('saveImage', { turnId: v.string(), index: count() }),
  /** Shows the response to a turn as it came. */
  message('showResponse', { turnId: v.string() }),
  message('pickModel', {}),
  /** Show the page of the model that answered a turn, or was asked. */
  message('showModel', { turnId: v.string() }),
  /** The control of the model's parameters was opened: what is not known of the model is to be found out. */
  message('lookUpParameters', { model: v.string() }),
  /** Chooses a parameter for the model, numbers as text; without a value what was chosen holds no more. */
  message('setParameter', {
    model: v.string(),
    name: v.picklist(controlledNames),
    value: v.optional(v.string()),
  }),
  /** Takes back all that was chosen for the model. */
  message('resetParameters', { model: v.string() }),
  message('pickRouting', {}),
  /** One of the first steps that the empty page offers. */
  message('firstStep', { step: v.picklist(firstSteps) }),
  message('newConversation', {}),
  message('undoNewConversation', {}),
  /** An unexpected error in the page, for the log. */
  message('pageError', { message: v.string() }),
]);

export type FromAnswerPage = MessageOf<typeof fromAnswerPage>;
export const isFromAnswerPage = createGuard(fromAnswerPage);
