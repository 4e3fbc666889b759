import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import type { AnswerStep } from '../../src/app/ask/asker';
import type { AskInput, AskRequest } from '../../src/app/ask/askRequest';
import { AskSession, type SessionChange } from '../../src/app/ask/askSession';
import type { DraftEstimate } from '../../src/app/ask/composerEstimate';
import type { KeptConversation } from '../../src/app/conversations/keptConversation';
import { type AnswerEvent, emptyAnswer, reduceAnswer } from '../../src/core/chat/answer';
import type { FailureKind } from '../../src/core/chat/failure';
import type { Model } from '../../src/core/models/model';
import { ContextParts } from './context/contextParts';
import { FakeSettings } from './fakeSettings';
import { ScriptedUser } from './pageHarness/scriptedUser';

export const input: AskInput = { title: 'Why?', action: 'ask', origin: 'command', prompt: 'Why?' };

/** Each event with the answer after it, as the asker gives them. */
export async function* toSteps(events: AsyncIterable<AnswerEvent>): AsyncGenerator<AnswerStep> {
  let answer = emptyAnswer;
  for await (const event of events) {
    answer = reduceAnswer(answer, event);
    yield { event, answer };
  }
}

/** A session with everything around it played by the test. */
export class AskWorld {
  readonly settings = new FakeSettings();
  readonly sent: AskRequest[] = [];
  readonly changes: SessionChange[] = [];
  /** How the next request fails; undefined: it is answered. */
  failure: FailureKind | undefined;
  /** What happens to a request before it is sent. */
  prepare: (request: AskRequest, signal: AbortSignal) => Promise<AskRequest | undefined> = async request =>
    request;
  /** The answer to a request. */
  answer: (request: AskRequest, signal: AbortSignal) => AsyncIterable<AnswerEvent> = () => this.reply();
  kept: KeptConversation | undefined;
  /** How often what was kept was read. */
  loads = 0;
  /** Whether the user sets a key when asked to. */
  setsKey = false;

  /** A user outside the page. */
  readonly user = new ScriptedUser();
  /** What was added to the question. */
  readonly context = new ContextParts(this.user);
  /** The model in force, as far as the list knows it. */
  model: Model | undefined;
  /** What the composer says of the draft beside its length. */
  estimate: DraftEstimate = {};

  readonly session = new AskSession({
    asker: {
      ask: (request, signal) => {
        this.sent.push(request);
        return toSteps(this.answer(request, signal));
      },
    },
    preparation: { prepare: (request, signal) => this.prepare(request, signal) },
    store: {
      read: async () => {
        this.loads += 1;
        return this.kept;
      },
    },
    models: {
      peek: () => this.model,
      keepFresh: async () => undefined,
      onDidChange: () => ({ dispose: () => undefined }),
    },
    settings: this.settings,
    workbench: { workspaceName: 'shop' },
    keyWays: {
      offer: async () => {
        if (this.setsKey) this.failure = undefined;
        return this.setsKey;
      },
    },
    estimateDraft: async draft => ({ text: `about ${draft.length}`, ...this.estimate }),
    newId: monotonicFactory(),
    onError: error => assert.fail(String(error)),
    context: this.context.list,
  });

  constructor() {
    this.session.onDidChange(change => this.changes.push(change));
  }

  get turns() {
    return this.session.conversation.turns;
  }

  /** What went over the wire for a request, without the system prompt. */
  wire(index: number): readonly string[] {
    return (this.sent[index]?.messages ?? []).slice(1).map(message => String(message.content));
  }

  private async *reply(): AsyncGenerator<AnswerEvent> {
    const { failure } = this;
    if (failure) {
      yield { type: 'ended', ending: { outcome: 'failed', failure: { kind: failure }, durationMs: 1 } };
      return;
    }
    yield { type: 'text', text: `Answer ${this.sent.length}` };
    yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } };
  }
}
