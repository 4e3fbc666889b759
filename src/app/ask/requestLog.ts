import { joinPlain, type PlainText, plain, say } from '../../core/base/plainText';
import type { ChatClient, ChatEvent, ChatRequest } from '../../core/chat/chatClient';
import { type Failure, isUnsent } from '../../core/chat/failure';
import type { Result } from '../../core/chat/result';
import type { OpenRouter } from '../../core/models/openRouter';
import type { Log } from '../ports/log';

/** Where failed requests are written down. */
type RequestLog = Pick<Log, 'warn'>;

/** Milliseconds on a clock that never jumps. */
type Now = () => number;

/** The same clients, but each failed request and each retry leaves a line in `log`. */
export function logRequests(openRouter: OpenRouter, log: RequestLog, now: Now = monotonicMs): OpenRouter {
  return {
    async chat(endpoint) {
      const client = await openRouter.chat(endpoint);
      return {
        stream: (request, signal) => logEvents(client, request, signal, log, now),
      };
    },
    catalogue(endpoint) {
      const catalogue = openRouter.catalogue(endpoint);
      return {
        list: (signal, onSkip) =>
          logResult(say`List of models`, catalogue.list(signal, onSkip), signal, log, now),
        idsOf: (selection, signal) =>
          logResult(say`Models of ${selection}`, catalogue.idsOf(selection, signal), signal, log, now),
        presets: signal => logResult(say`Presets`, catalogue.presets(signal), signal, log, now),
        endpoints: (id, signal) =>
          logResult(say`Providers of ${word(id)}`, catalogue.endpoints(id, signal), signal, log, now),
        zeroRetention: signal =>
          logResult(say`Endpoints that keep nothing`, catalogue.zeroRetention(signal), signal, log, now),
      };
    },
    describe: (endpoint, request) => openRouter.describe(endpoint, request),
    account(endpoint) {
      const account = openRouter.account(endpoint);
      return {
        key: signal => logResult(say`Key check`, account.key(signal), signal, log, now),
        generation: (id, signal) =>
          logResult(say`Cost of ${word(id)}`, account.generation(id, signal), signal, log, now),
      };
    },
    signIn(endpoint) {
      const client = openRouter.signIn(endpoint);
      return {
        exchange: (code, verifier, signal) =>
          logResult(say`Sign-in`, client.exchange(code, verifier, signal), signal, log, now),
      };
    },
  };
}

async function* logEvents(
  client: ChatClient,
  request: ChatRequest,
  signal: AbortSignal,
  log: RequestLog,
  now: Now,
): AsyncGenerator<ChatEvent> {
  const what = say`Request to ${word(request.parameters.model)}`;
  let triedAtMs = now();
  for await (const event of client.stream(request, signal)) {
    if (event.type === 'retrying') {
      const { attempt, delayMs, failure } = event;
      const told = describe(failure, now() - triedAtMs);
      log.warn(
        say`${what}: try ${attempt - 1} failed: ${told}. Try ${attempt} follows in ${Math.round(delayMs)} ms.`,
      );
      triedAtMs = now() + delayMs;
    } else if (event.type === 'ended') {
      const { outcome, failure, durationMs, skippedEvents } = event.ending;
      if (skippedEvents) log.warn(say`${what}: ${skippedEvents} events of the answer were no part of it.`);
      if (failure && !isUnsent(failure.kind))
        log.warn(say`${what} ${outcome}: ${describe(failure, durationMs)}.`);
    }
    yield event;
  }
}

/** A call that was taken back has not failed. */
async function logResult<T>(
  what: PlainText,
  call: Promise<Result<T>>,
  signal: AbortSignal,
  log: RequestLog,
  now: Now,
): Promise<Result<T>> {
  const startedMs = now();
  const result = await call;
  if (!result.ok && !signal.aborted && !isUnsent(result.failure.kind)) {
    log.warn(say`${what} failed: ${describe(result.failure, now() - startedMs)}.`);
  }
  return result;
}

/** The server's own words are left out: they may repeat the prompt. */
function describe(failure: Failure, durationMs: number): PlainText {
  const { kind, httpStatus, errorType, provider, generationId } = failure;
  const facts = [
    plain(kind),
    httpStatus === undefined ? undefined : say`HTTP ${httpStatus}`,
    errorType === undefined ? undefined : say`type ${word(errorType)}`,
    provider === undefined ? undefined : say`provider ${word(provider)}`,
    generationId === undefined ? undefined : say`generation ${word(generationId)}`,
    say`after ${Math.round(durationMs)} ms`,
  ];
  return joinPlain(
    facts.filter(fact => fact !== undefined),
    ', ',
  );
}

const longestWord = 100;

/** A name from outside on one line: whatever could begin a line of its own, or hide, is a space. */
function word(text: string): string {
  return text.slice(0, longestWord).replace(/[^\x21-\x7e]+/g, ' ');
}

const monotonicMs = (): number => performance.now();
