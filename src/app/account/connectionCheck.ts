import type { Generation } from '../../core/chat/account';
import { type Answer, type AnswerEvent, emptyAnswer } from '../../core/chat/answer';
import type { Sent } from '../../core/chat/conversation';
import type { Endpoint } from '../../core/chat/endpoint';
import type { Failure } from '../../core/chat/failure';
import { describeFailure } from '../../core/chat/failureText';
import type { Result } from '../../core/chat/result';
import type { Model } from '../../core/models/model';
import { findModel } from '../../core/models/modelId';
import type { OpenRouter } from '../../core/models/openRouter';
import type { AnswerStep } from '../ask/asker';
import { failed, fieldLines, generationLine, keyLine, passed } from './connectionReport';

/** The guide's first request. */
export const helloPrompt = 'Say hello in three languages';
export const helloMaxTokens = 100;

/** `/generation` knows a request after about a second; these are the waits before each look, in ms. */
const lookUpDelaysMs = [500, 1000, 2000, 4000] as const;

const notLookedUp = 'Stopped before the record was looked up; the cost above stands.';
const notFoundYet = failed(
  'OpenRouter has no record of the request at `/generation` yet. That can take a minute; the cost above stands.',
);

export interface ConnectionCheckPorts {
  readonly endpoint: () => Promise<Result<Endpoint>>;
  readonly openRouter: OpenRouter;
  readonly models: (signal: AbortSignal) => Promise<Result<readonly Model[]>>;
  /** Sends the hello as a request like any other, ledger row included. */
  readonly ask: (signal: AbortSignal) => AsyncIterable<AnswerStep>;
  /** Resolves after `ms`, or at once when `signal` is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Checks one thing after the other – host, key, model, a first request, its fields, its record – and tells
 * of each as text of an answer. Stops at the first that fails, with the failure that says how to fix it.
 */
export async function* checkConnection(
  sent: Sent,
  ports: ConnectionCheckPorts,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const startedAt = Date.now();
  const giveUp = (failure: Failure) =>
    endCheck(failure, { model: sent.parameters.model, startedAt, isStopped: signal.aborted });
  const endpoint = await ports.endpoint();
  if (!endpoint.ok) return yield* giveUp(endpoint.failure);

  const models = await ports.models(signal);
  if (!models.ok) return yield* giveUp(models.failure);
  yield say(
    passed(
      `**The host is reached:** ${endpoint.value.origin} answered in ${Date.now() - startedAt} ms and lists ${models.value.length} models.`,
    ),
  );

  if (endpoint.value.apiKey === undefined) return yield* giveUp({ kind: 'noKey' });
  const account = ports.openRouter.account(endpoint.value);
  const key = await account.key(signal);
  if (!key.ok) return yield* giveUp(key.failure);
  if (key.value.isManagementKey) return yield* giveUp({ kind: 'forbidden', obstacle: 'managementKey' });
  yield say(keyLine(key.value));

  const model = findModel(models.value, sent.parameters.model);
  if (!model) return yield* giveUp({ kind: 'modelNotFound' });
  yield say(passed(`**The model exists:** ${model.name} (\`${sent.parameters.model}\`).`));

  yield say(`**Asking:** “${sent.prompt}”, \`max_tokens\` ${sent.parameters.maxTokens}\n\n> `);
  const answer = yield* askAndQuote(ports.ask(signal));
  const ending = answer.ending ?? { outcome: 'interrupted', durationMs: 0 };
  if (ending.outcome === 'cancelled') return yield { type: 'ended', ending };
  if (ending.failure) return yield* giveUp(ending.failure);
  yield say(`\n\n${fieldLines(answer, answer.cost, sent.parameters.model)}`);

  const generation = await lookUp(
    answer.generationId,
    (id, signal) => account.generation(id, signal),
    ports.wait,
    signal,
  );
  if (generation) yield say(generationLine(generation, answer.cost));
  else yield say(signal.aborted ? notLookedUp : notFoundYet);
  yield { type: 'ended', ending };
}

/** Passes the answer on as a quotation, but for its end; returns it whole. */
async function* askAndQuote(steps: AsyncIterable<AnswerStep>): AsyncGenerator<AnswerEvent, Answer> {
  let latest = emptyAnswer;
  for await (const { event, answer } of steps) {
    latest = answer;
    if (event.type === 'text') yield say(event.text.replace(/\n/g, '\n> '));
    else if (event.type !== 'ended') yield event;
  }
  return latest;
}

async function lookUp(
  id: string | undefined,
  ask: (id: string, signal: AbortSignal) => Promise<Result<Generation | undefined>>,
  wait: ConnectionCheckPorts['wait'],
  signal: AbortSignal,
): Promise<Generation | undefined> {
  if (id === undefined) return undefined;
  for (const delayMs of lookUpDelaysMs) {
    await wait(delayMs, signal);
    if (signal.aborted) return undefined;
    const found = await ask(id, signal);
    if (found.ok && found.value) return found.value;
  }
  return undefined;
}

interface CheckSoFar {
  readonly model: string;
  readonly startedAt: number;
  /** A call that was stopped fails like one that could not get through; that is not worth a word. */
  readonly isStopped: boolean;
}

async function* endCheck(
  failure: Failure,
  { model, startedAt, isStopped }: CheckSoFar,
): AsyncGenerator<AnswerEvent> {
  const durationMs = Date.now() - startedAt;
  if (isStopped) return yield { type: 'ended', ending: { outcome: 'cancelled', durationMs } };
  yield say(failed(describeFailure(failure, model).sentence));
  const outcome = failure.kind === 'cutOff' ? 'interrupted' : 'failed';
  yield { type: 'ended', ending: { outcome, failure, durationMs } };
}

const say = (text: string): AnswerEvent => ({ type: 'text', text });
