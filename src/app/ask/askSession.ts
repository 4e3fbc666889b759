import { type Disposable, Emitter, type Event } from '../../core/base/event';
import { startedIterable } from '../../core/base/startedIterable';
import type { AddedPart } from '../../core/chat/addedPart';
import { type AnswerEvent, keepSettled } from '../../core/chat/answer';
import type { Conversation, Turn } from '../../core/chat/conversation';
import { historyUpTo, lastAnswered } from '../../core/chat/history';
import { withinImageBound } from '../../core/chat/keptImages';
import { routingInShort } from '../../core/chat/routingChoices';
import type { ParameterControl } from '../../core/models/parameterControl';
import type { ComposerState } from '../../protocol/answerMessages';
import type { KeyWays } from '../account/keyWays';
import { toChips } from '../context/contextChips';
import type { ContextItem, ContextList } from '../context/contextList';
import type { KeptConversation } from '../conversations/keptConversation';
import type { ModelList } from '../models/modelList';
import type { CodeSource } from '../ports/editors';
import type { JsonStore } from '../ports/jsonStore';
import type { SettingsReader } from '../ports/settingsReader';
import type { Workbench } from '../ports/workbench';
import type { AnswerStep, Asker } from './asker';
import {
  type AskInput,
  type AskRequest,
  type RequestSource,
  type RetryChanges,
  startingNow,
  toAskInput,
  toAskRequest,
} from './askRequest';
import type { EstimateDraft } from './composerEstimate';
import { Drafts } from './drafts';
import type { RequestPreparation } from './requestPreparation';
import { RunningRequests } from './runningRequests';
import { ShownConversation } from './shownConversation';

/** What has changed in a session. */
export type SessionChange =
  /** A turn was added at the end. */
  | { readonly type: 'turn'; readonly turn: Turn }
  | { readonly type: 'events'; readonly turnId: string; readonly events: readonly AnswerEvent[] }
  /** Which answers are kept, or which versions are shown: see {@link Conversation.choices}. */
  | { readonly type: 'choices' }
  /** The whole conversation may be another one. */
  | { readonly type: 'replaced' }
  /** The draft, its estimate, the model, or what runs or waits to be sent: see {@link AskSession.composer}. */
  | { readonly type: 'composer' }
  /** A request is on its way into the conversation: whoever shows it comes to the front. */
  | { readonly type: 'reveal' };

/** What goes along with the next question of the panel. */
export type AddedToDraft = Pick<ContextList, 'items' | 'onDidChange' | 'putBack' | 'restore' | 'toKeep'>;

const nothingAdded: AddedToDraft = {
  items: [] as readonly ContextItem[],
  onDidChange: () => ({ dispose: () => undefined }),
  putBack: () => undefined,
  restore: async () => undefined,
  toKeep: () => [],
};

/** What a session asks, prepares and keeps with. */
export interface AskSessionParts {
  readonly asker: Pick<Asker, 'ask'>;
  readonly preparation: Pick<RequestPreparation, 'prepare'>;
  readonly store: Pick<JsonStore<KeptConversation>, 'read'>;
  readonly models: Pick<ModelList, 'peek' | 'keepFresh' | 'onDidChange'>;
  readonly settings: Pick<SettingsReader, 'current' | 'onDidChange'>;
  readonly workbench: Pick<Workbench, 'workspaceName'>;
  readonly keyWays: Pick<KeyWays, 'offer'>;
  readonly estimateDraft: EstimateDraft;
  /** The parameters of a model that can be set beside the composer; none without it. */
  readonly controlOf?: (model: string) => ParameterControl | undefined;
  /** Nothing can be added without it. */
  readonly context?: AddedToDraft;
  readonly newId: () => string;
  readonly onError: (error: unknown) => void;
}

/** Preparing that takes no longer is not shown. */
const shownAfterMs = 300;

/**
 * The questions and answers of one window: the draft, what waits to be sent, what runs, and the conversation.
 * It owns this state and fires one event; views, the status bar and whoever saves it subscribe.
 */
export class AskSession implements Disposable {
  private readonly shown: ShownConversation;
  private readonly preparing = new RunningRequests();
  private readonly running = new RunningRequests();
  private readonly drafts: Drafts;
  private readonly sources = new Map<string, CodeSource>();
  private restoring: Promise<void> | undefined;
  private readonly changes = new Emitter<SessionChange>();
  private readonly context: AddedToDraft;
  private readonly subscriptions: readonly Disposable[];

  readonly onDidChange: Event<SessionChange> = this.changes.event;

  constructor(private readonly parts: AskSessionParts) {
    const { models, settings, newId, onError, context = nothingAdded } = parts;
    this.context = context;
    this.shown = new ShownConversation(newId);
    this.drafts = new Drafts(parts.estimateDraft, () => this.changes.fire({ type: 'composer' }), onError);
    this.subscriptions = [
      models.onDidChange(() => this.changeComposer()),
      settings.onDidChange(() => this.changeComposer()),
      context.onDidChange(() => this.changeComposer()),
    ];
  }

  get conversation(): Conversation {
    return this.shown.current;
  }

  get isRunning(): boolean {
    return this.running.size > 0;
  }

  /** True while a request waits for its estimate, or for the user's yes. */
  get isPreparing(): boolean {
    return this.preparing.size > 0;
  }

  /** Text typed into the composer and not yet sent. */
  get draft(): string {
    return this.drafts.text;
  }

  /** The turns that go along with a question typed into the panel. */
  get followUpHistory(): readonly Turn[] {
    return historyUpTo(this.conversation, lastAnswered(this.conversation)?.id);
  }

  get composer(): ComposerState {
    const { parameters } = this.parts.settings.current;
    const { model } = parameters;
    const { text, cache, left, cap, tooMuch, needsVision } = this.drafts.estimate;
    const known = this.parts.models.peek(model);
    const { items } = this.context;
    return {
      model,
      modelName: known?.name,
      draft: this.draft,
      canSend: !this.isRunning && !this.isPreparing,
      isPreparing: this.isPreparing,
      earlierTurns: this.followUpHistory.length,
      estimate: text,
      routing: routingInShort(parameters) || undefined,
      parameters: this.parts.controlOf?.(model),
      cache,
      leftCache: left,
      capNote: cap,
      ...(items.length > 0 && { context: [...toChips(items, model, known)] }),
      ...(tooMuch && { tooMuch: { ...tooMuch, drop: [...tooMuch.drop], larger: [...tooMuch.larger] } }),
      ...(needsVision && { needsVision }),
    };
  }

  find(turnId: string): Turn | undefined {
    return this.shown.find(turnId);
  }

  /** The conversation that has the turn: the one in the panel, or the one before it. */
  conversationOf(turnId: string): Conversation | undefined {
    return this.shown.holderOf(turnId);
  }

  /** Where the code of a turn comes from; undefined for a turn without code, and for those of an earlier session. */
  sourceOf(turnId: string): CodeSource | undefined {
    return this.sources.get(turnId);
  }

  setDraft(text: string): void {
    if (text.trim() !== '') void this.parts.models.keepFresh();
    this.drafts.text = text;
    this.changeComposer();
  }

  /** True when the model in force takes `prompt` with all that goes along; the composer says why when not. */
  async takes(prompt: string): Promise<boolean> {
    const { tooMuch, needsVision } =
      (await this.drafts.estimateNow(prompt, this.followUpHistory, this.context.items)) ?? {};
    return !tooMuch && !needsVision;
  }

  /** What the user has added to the draft; another list after every change. */
  get addedItems(): readonly ContextItem[] {
    return this.context.items;
  }

  /** The parts of it. */
  get added(): readonly AddedPart[] {
    return this.context.items.map(({ part }) => part);
  }

  /** What was typed for `action` into a box of VS Code and not sent. */
  unsentPrompt(action: string): string {
    return this.drafts.prompt(action);
  }

  /** Has `text` there again the next time that `action` asks for a prompt. */
  keepPrompt(action: string, text: string): void {
    this.drafts.keepPrompt(action, text);
  }

  /** Resolves when the answer has ended, however it ended. */
  async ask(input: AskInput): Promise<void> {
    let request: AskRequest | undefined;
    try {
      request = await this.prepare(source => toAskRequest(input, source));
    } finally {
      if (!request) this.keepUnsent(input);
    }
    if (request) await this.run(request);
  }

  /** Asks again what `turn` asked, of the model in force. A turn that was never sent gives way. */
  async retry(turn: Turn, changes?: RetryChanges): Promise<void> {
    const input = { ...toAskInput(turn, changes), source: this.sources.get(turn.id) };
    const request = await this.prepare(source => toAskRequest(input, source));
    if (!request) return;
    this.removeUnsent(turn);
    await this.run(request);
  }

  /**
   * Makes the requests of several `inputs` ready by one `prepare`, which asks the user once. Undefined when it was
   * stopped, or the user said no.
   */
  async prepareTogether<T>(
    inputs: readonly AskInput[],
    prepare: (requests: readonly AskRequest[], signal: AbortSignal) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    return this.whilePreparing(signal => {
      const requests = inputs.map(input => toAskRequest(input, this.source(this.parts.newId())));
      return prepare(requests, signal);
    });
  }

  /** Sends a request that is ready, beside others that run; resolves with the ended turn. Rejects only for surprises. */
  async send(ready: AskRequest): Promise<Turn> {
    const request = startingNow(ready);
    const { turn, source } = request;
    if (source) this.sources.set(turn.id, source);
    const steps = (signal: AbortSignal): AsyncIterable<AnswerStep> => this.parts.asker.ask(request, signal);
    return this.follow(turn, steps, ({ event, answer }) => {
      // The asker has reduced the answer for the ledger already; a price may have come for the turn meanwhile.
      const shown = this.shown.find(turn.id) ?? turn;
      this.shown.replace({ ...shown, answer: keepSettled(answer, shown.answer) });
      this.changes.fire({ type: 'events', turnId: turn.id, events: [event] });
    });
  }

  /** Runs several requests as one thing that `stop` ends: `id` names it beside the requests' own ids. */
  async runTogether(id: string, task: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const signal = this.running.begin(id);
    try {
      await task(signal);
    } finally {
      this.running.end(id);
      this.changeComposer();
    }
  }

  /** Keeps `turn` of its comparison, so that the conversation goes on from it, or shows it of its versions. */
  choose(turn: Turn, how: 'keep' | 'show'): void {
    this.shown.choose(turn, how);
    this.changes.fire({ type: 'choices' });
    this.changeComposer();
  }

  /** Goes on with the answer of a turn by the request that `toRequest` makes; undefined when it was not sent. */
  async goOn(toRequest: (source: RequestSource) => AskRequest): Promise<Turn | undefined> {
    const request = await this.prepare(toRequest);
    return request && this.run(request);
  }

  /** Adds `turn` and fills it with `events`; resolves with the ended turn. Rejects only for surprises. */
  async fill(turn: Turn, events: (signal: AbortSignal) => AsyncIterable<AnswerEvent>): Promise<Turn> {
    return this.follow(turn, events, event => this.apply(turn.id, event));
  }

  /** Applies an event that came from elsewhere, such as a settled cost. `turnId` may be any of the turn's ledger rows. */
  apply(turnId: string, event: AnswerEvent): void {
    const turn = this.shown.apply(turnId, event);
    if (turn) this.changes.fire({ type: 'events', turnId: turn.id, events: [event] });
  }

  /** Ends one request, those of one comparison, or all and what waits to be sent; the text so far stays. */
  stop(id?: string): void {
    if (id === undefined) this.stopPreparing();
    this.running.abort(id);
    if (id === undefined) return;
    for (const { id: turnId, group } of this.conversation.turns) if (group === id) this.running.abort(turnId);
  }

  stopPreparing(): void {
    this.preparing.abort();
  }

  removeUnsent(turn: Turn): void {
    if (this.shown.removeUnsent(turn)) this.changes.fire({ type: 'replaced' });
  }

  /** Ends what runs and begins an empty conversation. */
  startNew(): void {
    this.running.abort();
    this.shown.startNew();
    this.changes.fire({ type: 'replaced' });
  }

  /** Ends what runs and shows `conversation`. */
  open(conversation: Conversation): void {
    this.running.abort();
    this.shown.open(conversation);
    this.changes.fire({ type: 'replaced' });
    this.changeComposer();
  }

  /** Makes a conversation one of its own, whose id is `newId`: another window went on with the one that was `id`. */
  splitOff(id: string, newId: string): void {
    if (this.shown.changeId(id, newId)) this.changes.fire({ type: 'replaced' });
  }

  /** The conversation that the last `startNew` put away can be brought back. */
  get canUndoStartNew(): boolean {
    return this.shown.canUndoStartNew;
  }

  /** Brings back the conversation that the last `startNew` put away, unless the new one has begun. */
  undoStartNew(): void {
    if (this.shown.undoStartNew()) this.changes.fire({ type: 'replaced' });
  }

  /** Brings back what the last session kept, once, unless a conversation has begun already. */
  restore(): Promise<void> {
    this.restoring ??= this.load().catch(this.parts.onError);
    return this.restoring;
  }

  /** Asks whoever shows the conversation to come to the front, and resolves when there is something to show. */
  reveal(): Promise<void> {
    this.changes.fire({ type: 'reveal' });
    return this.restore();
  }

  /** What a later session needs. */
  toKeep(): KeptConversation {
    const added = [...this.context.toKeep()];
    const draft = { draft: this.draft, ...(added.length > 0 && { added }) };
    return { conversation: withinImageBound(this.conversation), ...draft };
  }

  /** Tells of the composer anew: something that it shows has changed elsewhere. */
  changeComposer(): void {
    this.drafts.updateEstimate(this.followUpHistory, this.context.items);
    this.changes.fire({ type: 'composer' });
  }

  dispose(): void {
    this.stop();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changes.dispose();
  }

  private async run(request: AskRequest): Promise<Turn> {
    const ended = await this.send(request);
    if (ended.answer.ending?.failure?.kind !== 'noKey' || request.continues) return ended;
    // The turn stays in the panel, with its buttons, should the user not set a key now.
    if (await this.parts.keyWays.offer()) await this.retry(ended);
    return ended;
  }

  private async follow<T>(
    turn: Turn,
    steps: (signal: AbortSignal) => AsyncIterable<T>,
    take: (step: T) => void,
  ): Promise<Turn> {
    const signal = this.running.begin(turn.id);
    // What leads to the request begins before anybody is told: showing the turn takes longer than that.
    const answering = startedIterable(steps(signal));
    if (this.shown.find(turn.id)) this.shown.replace(turn);
    else {
      this.shown.add(turn);
      this.changes.fire({ type: 'turn', turn });
    }
    this.changeComposer();
    try {
      for await (const step of answering) take(step);
    } catch (error) {
      this.apply(turn.id, { type: 'ended', ending: surprise });
      throw error;
    } finally {
      this.running.end(turn.id);
      this.changeComposer();
    }
    return this.shown.find(turn.id) ?? turn;
  }

  /** Undefined when it was stopped, or the user said no. */
  private prepare(toRequest: (source: RequestSource) => AskRequest): Promise<AskRequest | undefined> {
    return this.whilePreparing((signal, id) =>
      this.parts.preparation.prepare(toRequest(this.source(id)), signal),
    );
  }

  private source(id: string): RequestSource {
    return {
      id,
      conversation: this.conversation,
      inForce: this.parts.settings.current,
      workspace: this.parts.workbench.workspaceName,
    };
  }

  private async whilePreparing<T>(
    prepare: (signal: AbortSignal, id: string) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const id = this.parts.newId();
    const signal = this.preparing.begin(id);
    const showing = setTimeout(() => this.changeComposer(), shownAfterMs);
    try {
      const [prepared] = await Promise.all([prepare(signal, id), this.reveal()]);
      return signal.aborted ? undefined : prepared;
    } finally {
      clearTimeout(showing);
      this.preparing.end(id);
      this.changeComposer();
    }
  }

  /** Keeps a prompt that was not sent where the user finds it again. */
  private keepUnsent({ origin, action, prompt, added }: AskInput): void {
    this.context.putBack(added);
    // What an action says of itself need not be kept, and a question about code is none without it.
    if (origin === 'command') this.keepPrompt(action, prompt);
    else {
      this.drafts.putBack(prompt);
      this.changeComposer();
    }
  }

  private async load(): Promise<void> {
    if (!this.parts.settings.current.historyEnabled) return;
    const kept = await this.parts.store.read();
    if (!kept || this.conversation.turns.length > 0) return;
    if (this.draft === '') this.drafts.text = kept.draft;
    this.shown.show(kept.conversation);
    this.changes.fire({ type: 'replaced' });
    this.changeComposer();
    // Nothing waits for a language server that is just starting.
    this.context.restore(kept.added ?? []).catch(this.parts.onError);
  }
}

const surprise = { outcome: 'failed', failure: { kind: 'unknown' }, durationMs: 0 } as const;
