import type { KeyInfo } from '../../core/chat/account';
import type { ChatClient, ChatEvent, ChatRequest } from '../../core/chat/chatClient';
import type { Failure } from '../../core/chat/failure';
import { isFreeId } from '../../core/chat/modelSuffix';
import type { RequestParameters } from '../../core/chat/requestParameters';
import type { OpenRouter } from '../../core/models/openRouter';
import type { AskRequest } from '../ask/askRequest';
import type { FailureExplainer } from '../ask/failureExplainer';
import type { MaskedPreparation } from '../ask/secretMasking';
import type { Endpoints } from './endpoints';

/** Nothing free is left before `untilMs`. */
interface UsedUp {
  readonly untilMs: number;
  /** The account has the higher quota already. */
  readonly isRaised: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;
/** The quota of an account without credits; any other is the higher one. */
const lowestQuota = 50;
/** So few are left that it is worth a look after each. */
const few = 5;

/**
 * Knows when today's free requests of an account are used up, from what the server says anyway: a request to a free
 * model would only fail, so it is not sent before the user has chosen.
 */
export class FreeQuota {
  /** By origin. */
  private readonly usedUp = new Map<string, UsedUp>();
  private readonly low = new Set<string>();

  constructor(
    private readonly endpoints: Pick<Endpoints, 'current'>,
    private readonly now: () => number,
  ) {}

  /** Whether few are left, so that an answer of a free model may have been the last. */
  async isLow(): Promise<boolean> {
    const endpoint = await this.endpoints.current();
    return endpoint.ok && this.low.has(endpoint.value.origin);
  }

  /** The user wants to ask all the same: nothing is known until the server says it again. */
  forget(): void {
    this.usedUp.clear();
  }

  /** The same clients; what they are told of the quota is remembered. */
  watching(openRouter: OpenRouter): OpenRouter {
    return {
      ...openRouter,
      chat: async endpoint => {
        const client = await openRouter.chat(endpoint);
        return { stream: (request, signal) => this.watch(client, request, signal, endpoint.origin) };
      },
      account: endpoint => {
        const account = openRouter.account(endpoint);
        return {
          ...account,
          key: async signal => {
            const key = await account.key(signal);
            if (key.ok) this.learn(endpoint.origin, key.value);
            return key;
          },
        };
      },
    };
  }

  /** Has requests to free models refused by what is known, before `preparation` makes them ready. */
  before(preparation: MaskedPreparation, explainer: Pick<FailureExplainer, 'explain'>): MaskedPreparation {
    const refusal = async (request: AskRequest, signal: AbortSignal) => {
      const failure = await this.failureOf(request.turn.sent.parameters);
      return failure && explainer.explain(failure, request, signal);
    };
    return {
      prepare: async (request, signal) => {
        const refused = await refusal(request, signal);
        return refused ? { ...request, refusal: refused } : preparation.prepare(request, signal);
      },
      priceOnly: async (request, signal) => {
        const refused = await refusal(request, signal);
        const priced = await preparation.priceOnly(request, signal);
        return refused && priced ? { ...priced, request: { ...priced.request, refusal: refused } } : priced;
      },
    };
  }

  private async *watch(
    client: ChatClient,
    request: ChatRequest,
    signal: AbortSignal,
    origin: string,
  ): AsyncGenerator<ChatEvent> {
    for await (const event of client.stream(request, signal)) {
      const failure = event.type === 'ended' ? event.ending.failure : undefined;
      if (failure?.kind === 'freeDailyLimit') {
        const untilMs = failure.retryAtMs ?? nextMidnight(this.now());
        this.usedUp.set(origin, { untilMs, isRaised: failure.limit === 'freePerDayRaised' });
      }
      yield event;
    }
  }

  private learn(origin: string, { freeRequests }: KeyInfo): void {
    const { remaining = Number.POSITIVE_INFINITY, limit = 0 } = freeRequests ?? {};
    if (remaining <= few) this.low.add(origin);
    else this.low.delete(origin);
    if (remaining > 0) this.usedUp.delete(origin);
    else this.usedUp.set(origin, { untilMs: nextMidnight(this.now()), isRaised: limit > lowestQuota });
  }

  private async failureOf({ model, fallbackModels = [] }: RequestParameters): Promise<Failure | undefined> {
    // A paid fallback would answer.
    if (this.usedUp.size === 0 || ![model, ...fallbackModels].every(isFreeId)) return undefined;
    const endpoint = await this.endpoints.current();
    const known = endpoint.ok ? this.usedUp.get(endpoint.value.origin) : undefined;
    if (known === undefined || known.untilMs <= this.now()) return undefined;
    return {
      kind: 'freeQuotaUsed',
      retryAtMs: known.untilMs,
      limit: known.isRaised ? 'freePerDayRaised' : undefined,
    };
  }
}

/** The quota is one of a day in UTC. */
const nextMidnight = (nowMs: number): number => (Math.floor(nowMs / dayMs) + 1) * dayMs;
